import type { IpAddress } from '@rserpool/wire';
import type { MemoryAssociation } from './memory-association.ts';
import { type ChannelEntry, MemoryChannel } from './memory-channel.ts';
import type { MemoryEndpoint } from './memory-endpoint.ts';
import type { HostNode } from './memory-host.ts';
import type { MemoryRouting } from './memory-network.ts';

/** Where a link leads to. */
export interface LinkTarget {
  /** The host. */
  readonly host: HostNode;
  /** Which of its addresses was called. */
  readonly address: IpAddress;
  /** The port there. */
  readonly port: number;
}

/** The two channels between two hosts that carry one association, from the request on. */
export class MemoryLink {
  /** The host that opened it. */
  readonly from: HostNode;
  /** Towards the host that was called. */
  readonly forward: MemoryChannel;
  /** Towards the host that opened it. */
  readonly backward: MemoryChannel;
  readonly #routing: MemoryRouting;
  readonly #caller: MemoryEndpoint;
  readonly #target: LinkTarget;
  readonly #onAnswer: (answer: MemoryEndpoint | undefined) => MemoryAssociation | undefined;
  #called: MemoryEndpoint | undefined;
  #opener: MemoryAssociation | undefined;
  #acceptor: MemoryAssociation | undefined;
  #gaveUp = false;

  constructor(
    routing: MemoryRouting,
    caller: MemoryEndpoint,
    target: LinkTarget,
    onAnswer: (answer: MemoryEndpoint | undefined) => MemoryAssociation | undefined,
  ) {
    this.#routing = routing;
    this.#caller = caller;
    this.#target = target;
    this.#onAnswer = onAnswer;
    this.from = caller.host;
    this.forward = this.#channel(caller.host, target.host, {
      sender: () => this.#opener,
      receiver: () => this.#acceptor,
      deliver: (entry) => this.#arriveForward(entry),
    });
    this.backward = this.#channel(target.host, caller.host, {
      sender: () => this.#acceptor,
      receiver: () => this.#opener,
      deliver: (entry) => this.#arriveBackward(entry),
    });
  }

  /** Asks for the association. */
  open(): void {
    this.#routing.links.add(this);
    this.forward.send({ kind: 'open' });
  }

  /** Nobody waits for the answer any more. */
  giveUp(): void {
    this.#gaveUp = true;
    this.forward.signal('aborted');
  }

  /** Something changed in the network: tries again what was held up, and reviews the silence of both peers. */
  review(): void {
    this.forward.retransmit();
    this.backward.retransmit();
    this.#opener?.review();
    this.#acceptor?.review();
  }

  #channel(
    from: HostNode,
    to: HostNode,
    ends: {
      readonly sender: () => MemoryAssociation | undefined;
      readonly receiver: () => MemoryAssociation | undefined;
      readonly deliver: (entry: ChannelEntry) => void;
    },
  ): MemoryChannel {
    return new MemoryChannel({
      clock: this.#routing.clock,
      delay: () => this.#routing.path.reliableDelay(from, to),
      isHeld: () => from.state === 'hung',
      isBlocked: (entry) => {
        if (!this.#routing.isReachable(from, to)) return true;
        // What an association has received waits in its inbox; only a new one needs the process itself.
        if (entry.kind === 'message' || entry.kind === 'close') return ends.receiver()?.isFull ?? false;
        return entry.kind !== 'signal' && to.state === 'hung';
      },
      deliver: (entry) => {
        ends.deliver(entry);
        if (entry.kind !== 'message' && entry.kind !== 'open') this.#sweep();
      },
      onShrink: () => ends.sender()?.onShrink(),
    });
  }

  #arriveForward(entry: ChannelEntry): void {
    if (entry.kind !== 'open') {
      this.#acceptor?.receive(entry);
      return;
    }
    const { host, address, port } = this.#target;
    this.#called = host.state === 'killed' ? undefined : host.life.find(address, port);
    const { localAddresses, port: callerPort } = this.#caller;
    this.#acceptor = this.#called?.accept(this, { addresses: localAddresses, port: callerPort });
    this.backward.send({ kind: this.#acceptor === undefined ? 'refused' : 'accepted' });
  }

  #arriveBackward(entry: ChannelEntry): void {
    if (entry.kind === 'accepted') {
      if (!this.#gaveUp) this.#opener = this.#onAnswer(this.#called);
    } else if (entry.kind === 'refused') {
      this.#gaveUp = true;
      this.#onAnswer(undefined);
    } else {
      this.#opener?.receive(entry);
    }
  }

  #sweep(): void {
    const isOver = (end: MemoryAssociation | undefined): boolean => end === undefined || !end.isOpen;
    if (!isOver(this.#opener) || !isOver(this.#acceptor)) return;
    if (this.forward.isEmpty && this.backward.isEmpty) this.#routing.links.delete(this);
  }
}

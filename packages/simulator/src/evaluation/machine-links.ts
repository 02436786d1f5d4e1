import type {
  AllocateAssociation,
  AsapMessage,
  AssociationId,
  EnrpMessage,
  NetworkInput,
  NetworkOutput,
  RemoteEndpoint,
} from '@rserpool/wire';
import type { SessionMessage } from '@rserpool/session/machine';
import { NumberTable } from '@rserpool/wire/internal';
import { LinkEnd, type LinkLoss, type LinkOwner, type Transmission } from './link-end.ts';
import type { LinkListener, SwitchNetwork } from './switch-network.ts';

const noReports = [] as const;

/** What a {@link MachineLinks} needs. */
export interface MachineLinksOptions<Message> {
  /** The network. */
  readonly network: SwitchNetwork;
  /** Whose associations they are, in traces. */
  readonly name: string;
  /** Where that is. */
  readonly local: RemoteEndpoint;
  /** The protocol of the messages. */
  readonly protocol: 'asap' | 'enrp';
  /** Draws the numbers of associations that are accepted. */
  readonly allocateAssociation: AllocateAssociation;
  /** Takes what the network does. */
  readonly feed: (input: NetworkInput<Message>) => void;
  /** Takes messages of the application; what has none is sent none. */
  readonly onData?: (association: AssociationId, message: SessionMessage) => void;
}

/**
 * The associations of a machine on the network of the evaluation: what `AssociationTable` of `@rserpool/transport` is
 * on a real one.
 */
export class MachineLinks<Message extends AsapMessage | EnrpMessage> implements LinkOwner, LinkListener {
  readonly name: string;
  readonly #options: MachineLinksOptions<Message>;
  readonly #ends: NumberTable<LinkEnd> = new NumberTable();

  /**
   * @param options - Network, place, protocol.
   */
  constructor(options: MachineLinksOptions<Message>) {
    this.name = options.name;
    this.#options = options;
  }

  /** How many there are. */
  get size(): number {
    return this.#ends.size;
  }

  /** Accepts associations from now on. */
  listen(): void {
    this.#options.network.listen(this.#options.local, this);
  }

  /** Accepts no more. */
  unlisten(): void {
    this.#options.network.unlisten(this.#options.local);
  }

  accept(remote: RemoteEndpoint): LinkEnd {
    const end = new LinkEnd(this.#options.allocateAssociation(), this, remote, true);
    this.#ends.set(end.id, end);
    return end;
  }

  /**
   * Does what the machine wants.
   *
   * @param output - What it wants of the network.
   */
  perform(output: NetworkOutput<Message>): void {
    switch (output.type) {
      case 'send':
        this.#send(output.association, output.message);
        break;
      case 'open': {
        const { network, local } = this.#options;
        this.#ends.set(output.association, network.open(this, output.association, local, output.remote));
        break;
      }
      case 'close': {
        const end = this.#ends.get(output.association);
        this.#ends.take(output.association);
        if (end !== undefined) this.#options.network.close(end, output.abort);
        break;
      }
      case 'sendGroup':
        // Everybody has a list of registrars: there is no group here.
        break;
    }
  }

  /**
   * Sends a message of the application.
   *
   * @param association - On which association.
   * @param message - The message.
   */
  sendData(association: AssociationId, message: SessionMessage): void {
    const end = this.#ends.get(association);
    if (end !== undefined) this.#options.network.send(end, { protocol: 'data', message });
  }

  /**
   * The peer of an association is gone without a notice, and nobody needs it any more.
   *
   * @param end - An end of it; nothing happens where it is somebody else's.
   */
  forget(end: LinkEnd): void {
    if (end.owner !== this || end.isClosed) return;
    end.isClosed = true;
    this.linkLost(end, 'aborted');
  }

  /** Closes what the owner has opened: an element takes leave of its registrars. */
  closeOpened(): void {
    for (const end of this.#ends.values()) {
      if (!end.isInbound) this.#options.network.close(end, false);
    }
  }

  /**
   * The owner is gone without a word.
   *
   * @returns The other ends of its associations.
   */
  vanish(): LinkEnd[] {
    this.unlisten();
    const ends = [...this.#ends.values()];
    this.#options.network.vanish(ends);
    this.#ends.clear();
    return ends.flatMap(({ peer }) => (peer === undefined ? [] : [peer]));
  }

  linkUp(end: LinkEnd): void {
    this.#ends.set(end.id, end);
    const { id: association, remote, isInbound: inbound } = end;
    this.#options.feed({ type: 'associationUp', association, remote, inbound });
  }

  received(end: LinkEnd, transmission: Transmission): void {
    if (transmission.protocol === 'data') this.#options.onData?.(end.id, transmission.message);
    else {
      const message = transmission.message as Message;
      this.#options.feed({ type: 'message', association: end.id, message, reports: noReports });
    }
  }

  linkLost(end: LinkEnd, reason: LinkLoss): void {
    this.#ends.take(end.id);
    this.#options.feed({ type: 'associationLost', association: end.id, reason });
  }

  #send(association: AssociationId, message: Message): void {
    const end = this.#ends.get(association);
    if (end === undefined) return;
    this.#options.network.send(end, { protocol: this.#options.protocol, message } as Transmission);
  }
}

import {
  asapPort,
  decodeAsapMessage,
  decodeEnrpMessage,
  encodeAsapMessage,
  encodeEnrpMessage,
  enrpPort,
  type AsapMessage,
  type EnrpMessage,
  type NetworkInput,
  type NetworkOutput,
  type RandomSource,
  type RemoteEndpoint,
  randomFraction,
  seededRandom,
} from '@rserpool/wire';
import { formatRecord } from './scope-format.fixture.ts';

/** The two protocols of a registrar. */
export type Protocol = 'asap' | 'enrp';
/** A message of either. */
export type Message = AsapMessage | EnrpMessage;

/** The port of the pool elements. */
const elementPort = 4000;
/** How long a side of a partition takes to notice that an association leads to the other one. */
const pathFailureMs = 20;

/** A process with a machine: a registrar or a pool element. */
export interface VirtualNode {
  /** `R1`, `E17`. */
  readonly name: string;
  readonly host: readonly [number, number];
  /** `hung`: everything for it waits. `dead`: gone. */
  state: 'running' | 'hung' | 'dead';
  readonly backlog: (() => void)[];
  nextTimeout(): number | undefined;
  handleTimeout(now: number): void;
  handle(protocol: Protocol, input: NetworkInput<Message>, now: number): void;
  drain(): void;
  allocateAssociation(): number;
}

interface End {
  readonly node: VirtualNode;
  readonly protocol: Protocol;
  readonly association: number;
  lastArrival: number;
}

interface Link {
  isUp: boolean;
  readonly ends: readonly [End, End];
}

/** A tiny network in virtual time, with real bytes between its nodes. */
export class VirtualNetwork {
  readonly transcript: string[] = [];
  readonly random: RandomSource;
  now = 0;
  /** Whether a message is delivered. */
  passes: (message: Message, from: string, to: string) => boolean = () => true;
  readonly #nodes: Map<string, VirtualNode> = new Map();
  readonly #maximumDelayMs: number;
  readonly #links: Link[] = [];
  readonly #queue: { readonly at: number; readonly run: () => void }[] = [];
  #sides: readonly (readonly string[])[] | undefined;

  constructor(options: { readonly seed?: number; readonly maximumDelayMs?: number } = {}) {
    this.random = seededRandom(options.seed ?? 1);
    this.#maximumDelayMs = options.maximumDelayMs ?? 1;
  }

  /** Puts a node on the network. */
  add(node: VirtualNode): void {
    this.#nodes.set(node.name, node);
  }

  /** A node by its name. */
  node(name: string): VirtualNode {
    const node = this.#nodes.get(name);
    if (node === undefined) throw new Error(`there is no ${name}`);
    return node;
  }

  /** Lets time pass. */
  advance(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (let steps = 0; ; steps += 1) {
      if (steps > 500_000) throw new Error('the scope does not come to rest');
      const node = this.#nextAwake();
      const at = node?.nextTimeout() ?? Number.POSITIVE_INFINITY;
      const event = this.#queue[0];
      if (Math.min(at, event?.at ?? Number.POSITIVE_INFINITY) > end) break;
      if (event !== undefined && event.at <= at) {
        this.#queue.shift();
        this.now = Math.max(this.now, event.at);
        event.run();
      } else if (node !== undefined) {
        this.now = Math.max(this.now, at);
        node.handleTimeout(this.now);
        node.drain();
      }
    }
    this.now = end;
  }

  /** Lets time pass until something holds; how long it took, or `undefined` where it never did. */
  advanceUntil(holds: () => boolean, limitMs: number, stepMs = 5): number | undefined {
    const begin = this.now;
    while (!holds()) {
      if (this.now - begin >= limitMs) return undefined;
      this.advance(stepMs);
    }
    return this.now - begin;
  }

  /** Ends a process: its associations are reset. */
  kill(name: string): void {
    const node = this.node(name);
    node.state = 'dead';
    for (const link of this.#links) {
      if (link.isUp && link.ends.some((end) => end.node === node)) this.#break(link, 'reset', 1);
    }
  }

  /** Stops a process; everything for it waits. */
  hang(name: string): void {
    this.node(name).state = 'hung';
  }

  /** Lets it go on. */
  resume(name: string): void {
    const node = this.node(name);
    node.state = 'running';
    for (const run of node.backlog.splice(0)) run();
  }

  /** Separates groups of nodes; who is in none is in all. */
  partition(sides: readonly (readonly string[])[]): void {
    this.#sides = sides;
    for (const link of this.#links) {
      const [left, right] = link.ends;
      if (link.isUp && !this.#isReachable(left.node, right.node))
        this.#break(link, 'path failure', pathFailureMs);
    }
  }

  /** Ends the partition. */
  heal(): void {
    this.#sides = undefined;
  }

  /** Resets the associations between two nodes, which both live. */
  breakAssociations(left: string, right: string): void {
    for (const link of this.#links) {
      const names = link.ends.map((end) => end.node.name);
      if (link.isUp && names.includes(left) && names.includes(right)) this.#break(link, 'reset', 1);
    }
  }

  /** Does what a machine wants from the network. */
  perform(node: VirtualNode, protocol: Protocol, output: NetworkOutput<Message>): void {
    switch (output.type) {
      case 'open':
        this.#open(node, protocol, output.association, output.remote);
        break;
      case 'send':
        this.#send(node, protocol, output.association, output.message);
        break;
      case 'close': {
        const link = this.#linkOf(node, protocol, output.association);
        if (link === undefined) return;
        const other = link.ends.find((end) => end.node !== node || end.association !== output.association);
        this.note(`${node.name} closes ${protocol} to ${other?.node.name ?? '?'}`);
        this.#break(link, output.abort ? 'aborted' : 'closed by peer', 1, node);
        break;
      }
      case 'sendGroup':
        break;
    }
  }

  /** Adds a line to the transcript. */
  note(text: string): void {
    this.transcript.push(`${this.now.toFixed(0).padStart(6)} ${text}`);
  }

  #nextAwake(): VirtualNode | undefined {
    let next: VirtualNode | undefined;
    let earliest = Number.POSITIVE_INFINITY;
    for (const node of this.#nodes.values()) {
      const at = node.state === 'running' ? node.nextTimeout() : undefined;
      if (at === undefined || at >= earliest) continue;
      next = node;
      earliest = at;
    }
    return next;
  }

  #open(node: VirtualNode, protocol: Protocol, association: number, remote: RemoteEndpoint): void {
    const target = [...this.#nodes.values()].find((candidate) =>
      remote.addresses.some(
        (address) => address[2] === candidate.host[0] && address[3] === candidate.host[1],
      ),
    );
    this.#after(this.#delay(), () => {
      if (target !== undefined && !this.#isReachable(node, target)) return;
      if (target === undefined || target.state === 'dead') {
        const reason = 'connection refused';
        this.#after(1, () => this.#give(node, protocol, { type: 'associationLost', association, reason }));
        return;
      }
      const inbound = target.allocateAssociation();
      const ends: readonly [End, End] = [
        { node, protocol, association, lastArrival: 0 },
        { node: target, protocol, association: inbound, lastArrival: 0 },
      ];
      this.#links.push({ isUp: true, ends });
      const ownPort = protocol === 'asap' ? asapPort : enrpPort;
      const source = endpointOf(node.host, node.name.startsWith('E') ? elementPort : ownPort);
      this.#give(target, protocol, {
        type: 'associationUp',
        association: inbound,
        remote: source,
        inbound: true,
      });
      this.#give(node, protocol, { type: 'associationUp', association, remote, inbound: false });
    });
  }

  #send(node: VirtualNode, protocol: Protocol, association: number, message: Message): void {
    const link = this.#linkOf(node, protocol, association);
    const to = link?.ends.find((end) => !(end.node === node && end.association === association));
    this.note(`${node.name} -> ${to?.node.name ?? 'nobody'} ${formatRecord(message)}`);
    if (link === undefined || to === undefined) return;
    const bytes =
      protocol === 'asap'
        ? encodeAsapMessage(message as AsapMessage)
        : encodeEnrpMessage(message as EnrpMessage);
    if (!this.passes(message, node.name, to.node.name)) return;
    const at = Math.max(this.now + this.#delay(), to.lastArrival);
    to.lastArrival = at;
    this.#after(at - this.now, () => {
      if (!link.isUp) return;
      const decoded = protocol === 'asap' ? decodeAsapMessage(bytes) : decodeEnrpMessage(bytes);
      if (!decoded.ok) throw new Error(`cannot decode ${message.type}: ${decoded.error.reason}`);
      this.#give(to.node, protocol, {
        type: 'message',
        association: to.association,
        message: decoded.message,
        reports: decoded.reports,
      });
    });
  }

  #give(node: VirtualNode, protocol: Protocol, input: NetworkInput<Message>): void {
    if (node.state === 'dead') return;
    const run = (): void => {
      node.handle(protocol, input, this.now);
      node.drain();
    };
    if (node.state === 'hung') node.backlog.push(run);
    else run();
  }

  #break(link: Link, reason: string, delayMs: number, except?: VirtualNode): void {
    link.isUp = false;
    for (const { node, protocol, association } of link.ends) {
      if (node === except) continue;
      this.#after(delayMs, () =>
        this.#give(node, protocol, { type: 'associationLost', association, reason }),
      );
    }
  }

  #linkOf(node: VirtualNode, protocol: Protocol, association: number): Link | undefined {
    return this.#links.find(
      (link) =>
        link.isUp &&
        link.ends.some(
          (end) => end.node === node && end.protocol === protocol && end.association === association,
        ),
    );
  }

  #isReachable(left: VirtualNode, right: VirtualNode): boolean {
    const sides = this.#sides;
    if (sides === undefined) return true;
    return sides.some((side) => side.includes(left.name) && side.includes(right.name));
  }

  #delay(): number {
    return 1 + Math.floor(randomFraction(this.random) * this.#maximumDelayMs);
  }

  #after(delayMs: number, run: () => void): void {
    const at = this.now + delayMs;
    let position = this.#queue.length;
    while (position > 0 && (this.#queue[position - 1]?.at ?? 0) > at) position -= 1;
    this.#queue.splice(position, 0, { at, run });
  }
}

/** A port of a host. */
export function endpointOf([net, host]: readonly [number, number], port: number): RemoteEndpoint {
  return { addresses: [Uint8Array.of(10, 0, net, host)], port };
}

import type { AsapMessage, Machine, NetworkInput, NetworkOutput, RemoteEndpoint } from '@rserpool/wire';
import { decodeAsapMessage, encodeAsapMessage, formatIpAddress } from '@rserpool/wire';
import { formatEndpoint, formatFields, formatMessage } from './format.fixture.ts';

/** Anything that a machine wants besides the network. */
interface OwnOutput {
  readonly type: string;
}

type AnyMachine = Machine<NetworkInput<AsapMessage>, NetworkOutput<AsapMessage> | OwnOutput>;

/** A machine on the network. */
export interface Node {
  readonly name: string;
  readonly endpoint: RemoteEndpoint;
  readonly machine: AnyMachine;
  /** Everything that it put out besides the network, oldest first. */
  readonly outputs: { readonly at: number; readonly output: OwnOutput }[];
  /** `hung`: what it receives waits. `silent`: its host answers nothing. `dead`: associations are refused. */
  state: 'alive' | 'hung' | 'silent' | 'dead';
}

interface Link {
  readonly node: Node;
  readonly peer: Node;
  readonly peerAssociation: number;
}

const latencyMs = 1;

/**
 * A switch between machines in virtual time. Messages are encoded and decoded on their way, take one millisecond
 * and keep their order; associations to nodes that are dead or not there are refused.
 */
export class AsapNetwork {
  readonly nodes: Map<string, Node> = new Map();
  readonly log: string[] = [];
  now = 0;
  readonly #byEndpoint: Map<string, Node> = new Map();
  readonly #links: Map<number, Link> = new Map();
  readonly #queue: { at: number; run: () => void }[] = [];
  #lastAssociation = 0;
  #shownTimers = '';
  readonly #closed: Set<number> = new Set();
  readonly #watched: { name: string; runningTimers(): readonly { name: string; at: number }[] }[] = [];

  /** Draws the numbers of associations, for machines and for the switch. */
  readonly allocateAssociation = (): number => ++this.#lastAssociation;

  /** Puts a machine on the network. */
  add<Input, Output extends OwnOutput>(
    name: string,
    endpoint: RemoteEndpoint,
    machine: Machine<Input, Output>,
  ): Node {
    const node: Node = {
      name,
      endpoint,
      machine: machine as unknown as AnyMachine,
      outputs: [],
      state: 'alive',
    };
    this.nodes.set(name, node);
    for (const address of endpoint.addresses) {
      this.#byEndpoint.set(`${formatIpAddress(address)}:${String(endpoint.port)}`, node);
    }
    return node;
  }

  /** Logs the timers of a machine whenever they change. */
  showTimersOf(name: string, machine: { runningTimers(): readonly { name: string; at: number }[] }): void {
    this.#watched.push({ name, runningTimers: () => machine.runningTimers() });
  }

  /** Hands an input of the application to a machine. */
  input<Input extends { readonly type: string }>(name: string, input: Input): void {
    const node = this.#node(name);
    this.#write(`${name} < ${formatFields(input)}`);
    this.#hand(node, input as unknown as NetworkInput<AsapMessage>);
  }

  /** Lets time pass. */
  run(durationMs: number): void {
    const end = this.now + durationMs;
    let steps = 0;
    for (;;) {
      const next = this.#nextTime();
      if (next === undefined || next > end) break;
      if (++steps > 200_000) throw new Error('the machines keep each other busy for ever');
      this.now = Math.max(this.now, next);
      this.#runDue();
    }
    this.now = end;
  }

  /** Writes a remark to the transcript. */
  note(text: string): void {
    this.log.push('', `# ${text}`);
  }

  /** The transcript. */
  transcript(): string {
    return `${this.log.join('\n')}\n`;
  }

  /** A node's process ends: its associations break at once. */
  kill(name: string): void {
    const node = this.#node(name);
    node.state = 'dead';
    this.#write(`${name} dies`);
    for (const [association, link] of this.#links) {
      if (link.node === node) this.#break(association, 'peer is gone');
    }
  }

  /** A node's process hangs: what it receives waits. */
  hang(name: string): void {
    this.#node(name).state = 'hung';
    this.#write(`${name} hangs`);
  }

  /** A node's host is cut off: nothing is answered, nothing is refused. */
  silence(name: string): void {
    this.#node(name).state = 'silent';
    this.#write(`${name} is cut off`);
  }

  /** A hanging or silent node goes on where it was. */
  resume(name: string): void {
    this.#node(name).state = 'alive';
    this.#write(`${name} goes on`);
  }

  /** A node comes back, with a new machine. */
  revive<Input, Output extends OwnOutput>(name: string, machine: Machine<Input, Output>): Node {
    return this.add(name, this.#node(name).endpoint, machine);
  }

  /** Breaks all associations between two nodes, which both live on. */
  breakAssociations(left: string, right: string): void {
    this.#write(`the associations between ${left} and ${right} break`);
    for (const [association, link] of this.#links) {
      if (link.node.name === left && link.peer.name === right) {
        this.#break(association, 'connection reset');
        this.#later(link.node, { type: 'associationLost', association, reason: 'connection reset' });
      }
    }
  }

  /** How many associations a node has. */
  associationsOf(name: string): number {
    return [...this.#links.values()].filter((link) => link.node.name === name).length;
  }

  /** The events of a node, of one type where given. */
  eventsOf(name: string, type?: string): { readonly type: string; readonly [field: string]: unknown }[] {
    return this.#node(name).outputs.flatMap(({ output }) => {
      if (output.type !== 'event' || !('event' in output)) return [];
      const event = output.event as { type: string };
      return type === undefined || event.type === type ? [{ ...event }] : [];
    });
  }

  /** When a node first reported an event of a type. */
  timeOf(name: string, type: string): number | undefined {
    return this.#node(name).outputs.find(
      ({ output }) => output.type === 'event' && (output as { event?: OwnOutput }).event?.type === type,
    )?.at;
  }

  #node(name: string): Node {
    const node = this.nodes.get(name);
    if (node === undefined) throw new Error(`there is no node ${name}`);
    return node;
  }

  #nextTime(): number | undefined {
    const times = this.#queue.map((entry) => entry.at);
    for (const node of this.nodes.values()) {
      const timeout = node.state === 'alive' ? node.machine.nextTimeout() : undefined;
      if (timeout !== undefined) times.push(timeout);
    }
    return times.length === 0 ? undefined : Math.min(...times);
  }

  #runDue(): void {
    const due = this.#queue.filter((entry) => entry.at <= this.now);
    for (const entry of due) this.#queue.splice(this.#queue.indexOf(entry), 1);
    for (const entry of due) entry.run();
    for (const node of this.nodes.values()) {
      if (node.state !== 'alive') continue;
      const timeout = node.machine.nextTimeout();
      if (timeout === undefined || timeout > this.now) continue;
      node.machine.handleTimeout(this.now);
      this.#drain(node);
    }
    this.#showTimers();
  }

  #hand(node: Node, input: NetworkInput<AsapMessage>): void {
    node.machine.handle(input, this.now);
    this.#drain(node);
    this.#showTimers();
  }

  #later(node: Node, input: NetworkInput<AsapMessage>): void {
    const run = (): void => {
      if (node.state === 'dead' || node.state === 'silent') return;
      // What is on its way when an association is closed here reaches nobody.
      if ('association' in input && this.#closed.has(input.association)) return;
      if (node.state === 'hung') this.#queue.push({ at: this.now + 10, run });
      else this.#hand(node, input);
    };
    this.#queue.push({ at: this.now + latencyMs, run });
  }

  #drain(node: Node): void {
    for (let output = node.machine.poll(); output !== undefined; output = node.machine.poll()) {
      this.#perform(node, output);
    }
  }

  #perform(node: Node, output: NetworkOutput<AsapMessage> | OwnOutput): void {
    const network = output as NetworkOutput<AsapMessage>;
    switch (network.type) {
      case 'open':
        this.#open(node, network.association, network.remote);
        return;
      case 'send':
        this.#send(node, network.association, network.message);
        return;
      case 'close':
        this.#close(node, network.association);
        return;
      case 'sendGroup':
        this.#sendGroup(node, network.message);
        return;
      default: {
        node.outputs.push({ at: this.now, output });
        const described = 'event' in output ? (output.event as OwnOutput) : output;
        this.#write(`${node.name}   ${'event' in output ? '* ' : '> '}${formatFields(described)}`);
      }
    }
  }

  #open(node: Node, association: number, remote: RemoteEndpoint): void {
    const peer = this.#byEndpoint.get(formatEndpoint(remote));
    this.#write(`${node.name} opens an association to ${peer?.name ?? formatEndpoint(remote)}`);
    if (peer === undefined || peer.state === 'dead') {
      this.#later(node, { type: 'associationLost', association, reason: 'refused' });
      return;
    }
    if (peer.state === 'silent') return;
    const peerAssociation = this.allocateAssociation();
    this.#links.set(association, { node, peer, peerAssociation });
    this.#links.set(peerAssociation, { node: peer, peer: node, peerAssociation: association });
    this.#later(node, { type: 'associationUp', association, remote: peer.endpoint, inbound: false });
    this.#later(peer, {
      type: 'associationUp',
      association: peerAssociation,
      remote: node.endpoint,
      inbound: true,
    });
  }

  #send(node: Node, association: number, message: AsapMessage): void {
    const link = this.#links.get(association);
    this.#write(`${node.name} -> ${link?.peer.name ?? '(nobody)'}  ${formatMessage(message)}`);
    const bytes = encodeAsapMessage(message);
    if (link === undefined || link.peer.state === 'dead') return;
    const decoded = decodeAsapMessage(bytes);
    if (!decoded.ok) throw new Error(`a machine sent what cannot be decoded: ${decoded.error.reason}`);
    const { reports } = decoded;
    this.#later(link.peer, {
      type: 'message',
      association: link.peerAssociation,
      message: decoded.message,
      reports,
    });
  }

  #sendGroup(node: Node, message: AsapMessage): void {
    this.#write(`${node.name} -> group  ${formatMessage(message)}`);
    for (const member of this.nodes.values()) {
      if (member !== node) this.#later(member, { type: 'groupMessage', message, source: node.endpoint });
    }
  }

  #close(node: Node, association: number): void {
    const link = this.#links.get(association);
    this.#write(`${node.name} closes the association to ${link?.peer.name ?? '(nobody)'}`);
    this.#closed.add(association);
    if (link !== undefined) this.#break(association, 'closed by peer');
  }

  // The end that has broken away is told nothing, the other one is.
  #break(association: number, reason: string): void {
    const link = this.#links.get(association);
    if (link === undefined) return;
    this.#links.delete(association);
    this.#links.delete(link.peerAssociation);
    this.#later(link.peer, { type: 'associationLost', association: link.peerAssociation, reason });
  }

  #showTimers(): void {
    const shown = this.#watched
      .map(({ name, runningTimers }) => {
        const timers = runningTimers().map((timer) => `${timer.name} at ${(timer.at / 1000).toFixed(3)}`);
        return `${name}   timers: ${timers.length === 0 ? 'none' : timers.join(', ')}`;
      })
      .join('\n');
    if (shown === this.#shownTimers) return;
    this.#shownTimers = shown;
    for (const line of shown.split('\n')) this.#write(line);
  }

  #write(text: string): void {
    this.log.push(`${(this.now / 1000).toFixed(3).padStart(9)}  ${text}`);
  }
}

import { AsapRegistrarMachine, type AsapRegistrarOutput } from '@rserpool/asap';
import { Handlespace } from '@rserpool/handlespace';
import {
  type AsapMessage,
  decodeAsapMessage,
  encodeAsapMessage,
  encodeUtf8,
  type Machine,
  type NetworkInput,
  type NetworkOutput,
  parseIpAddress,
  type RemoteEndpoint,
  seededRandom,
} from '@rserpool/wire';
import type { BusinessCard } from '../business-card.ts';
import { PoolElementNodeMachine, type PoolElementNodeOptions } from '../pool-element-node-machine.ts';
import type { PoolElementNodeInput, PoolElementNodeOutput } from '../pool-element-node-types.ts';
import { PoolUserNodeMachine, type PoolUserNodeOptions } from '../pool-user-node-machine.ts';
import type { PoolUserNodeInput, PoolUserNodeOutput } from '../pool-user-node-types.ts';
import type { SessionMessage } from '../session-message.ts';
import { formatBytes, formatFields, formatMessage } from './transcript-format.fixture.ts';

/** A message with a text. */
export function textMessage(text: string): SessionMessage {
  return { data: encodeUtf8(text), payloadProtocolIdentifier: 0, stream: 0, unordered: false };
}

/** What goes over an association. */
type Packet = { readonly asap: AsapMessage } | { readonly data: SessionMessage };

/** One host: its machine, and how the network and the machine understand each other. */
interface Node {
  readonly name: string;
  readonly address: string;
  readonly machine: Pick<Machine<never, never>, 'nextTimeout' | 'handleTimeout'>;
  /** Takes all outputs. */
  drain(): void;
  up(association: number, remote: RemoteEndpoint, inbound: boolean): void;
  lost(association: number, reason: string): void;
  received(association: number, packet: Packet): void;
  isDead: boolean;
}

interface Link {
  readonly node: Node;
  readonly peer: Node;
  readonly other: number;
}

/**
 * A registrar, elements that count (each message adds one, cookie and answer have the sum) and users, in virtual time:
 * messages are encoded and decoded on their way and take one millisecond. What happens is written down as a transcript.
 */
export class SessionNetwork {
  readonly #nodes: Map<string, Node> = new Map();
  readonly #links: Map<number, Link> = new Map();
  readonly #queue: { readonly at: number; readonly run: () => void }[] = [];
  readonly #recommend: Map<string, (card: BusinessCard) => void> = new Map();
  #log: string[] = [];
  #now = 0;
  #last = 0;

  readonly #allocateAssociation = (): number => ++this.#last;

  constructor() {
    const machine = new AsapRegistrarMachine({
      handlespace: new Handlespace({ random: seededRandom(1) }),
      serverIdentifier: 1,
      random: seededRandom(2),
      allocateAssociation: this.#allocateAssociation,
      timing: { keepAliveIntervalMs: 10_000_000 },
    });
    const node: Node = this.#add('pr', '10.0.0.1', machine, () =>
      this.#drain(machine, (output: AsapRegistrarOutput) => {
        if (output.type !== 'event' && output.type !== 'handleUpdate') this.#network(node, output);
      }),
    );
    this.#route(node, (input) => {
      if (input.type !== 'data') machine.handle(input, this.#now);
    });
  }

  /** Adds an element at 10.0.1.<identifier>, and registers it. */
  element(identifier: number, options: Partial<PoolElementNodeOptions>, pool: Uint8Array): BusinessCard {
    const address = `10.0.1.${identifier}`;
    const machine = new PoolElementNodeMachine({
      registrars: [endpointOf('10.0.0.1', 3863)],
      random: seededRandom(100 + identifier),
      allocateAssociation: this.#allocateAssociation,
      ...options,
    });
    const counts = new Map<number, number>();
    const give = (input: PoolElementNodeInput): void => machine.handle(input, this.#now);
    const node: Node = this.#add(`pe${identifier}`, address, machine, () =>
      this.#drain(machine, (output: PoolElementNodeOutput) => {
        if (output.type !== 'session') {
          if (output.type === 'event') return;
          if ('remote' in output || output.type === 'send' || output.type === 'close') {
            this.#network(node, output);
          } else if (output.type !== 'sendGroup') this.#happened(node, output);
          return;
        }
        const { association, output: of } = output;
        if (of.type === 'sendData') this.#send(node, association, { data: of.message });
        else if (of.type === 'started') {
          counts.set(association, Number(String.fromCharCode(...(of.restoredState ?? [])) || 0));
          this.#happened(node, of);
        } else if (of.type === 'message') {
          const count = (counts.get(association) ?? 0) + 1;
          counts.set(association, count);
          const cookie = encodeUtf8(String(count));
          give({ type: 'session', association, input: { type: 'setCookie', cookie } });
          give({
            type: 'session',
            association,
            input: { type: 'send', message: textMessage(String(count)) },
          });
        } else if (of.type === 'event') this.#happened(node, of.event);
      }),
    );
    this.#route(node, (input) => {
      if (input.type === 'associationUp') give({ ...input, controlChannel: true });
      else give(input);
    });
    this.#recommend.set(node.name, (card) => {
      for (const association of counts.keys()) {
        give({ type: 'session', association, input: { type: 'businessCard', ...card } });
      }
      node.drain();
    });
    const userTransport = {
      protocol: 'sctp',
      port: 7000,
      transportUse: 1,
      addresses: [parseIpAddress(address)],
    } as const;
    const poolElement = {
      identifier,
      registrationLife: 300,
      userTransport,
      policy: { type: 'roundRobin' },
    } as const;
    give({ type: 'register', poolHandle: pool, poolElement });
    node.drain();
    this.run(100);
    return { poolHandle: pool, poolElements: [{ ...poolElement, homeRegistrar: 0 }] };
  }

  /** Adds a user, and returns what gives it inputs. */
  user(name: string, options: Partial<PoolUserNodeOptions>): (input: PoolUserNodeInput) => void {
    const machine = new PoolUserNodeMachine({
      registrars: [endpointOf('10.0.0.1', 3863)],
      random: seededRandom(200),
      allocateAssociation: this.#allocateAssociation,
      protocols: ['sctp'],
      ...options,
    });
    const toRegistrars = new Set<number>();
    const node: Node = this.#add(name, `10.0.2.${this.#nodes.size}`, machine, () =>
      this.#drain(machine, (output: PoolUserNodeOutput) => {
        if (output.type === 'registrar') {
          if (output.output.type === 'open') toRegistrars.add(output.output.association);
          this.#network(node, output.output);
        } else if (output.type === 'session' || output.type === 'delivery') {
          this.#fromUser(node, output.output);
        }
      }),
    );
    this.#route(node, (input) => {
      if (input.type !== 'data' && toRegistrars.has(input.association)) {
        machine.handle({ type: 'registrar', input }, this.#now);
      } else if (input.type === 'associationUp') {
        const { association } = input;
        machine.handle(
          { type: 'associationUp', association, controlChannel: true, heartbeats: true },
          this.#now,
        );
      } else if (input.type === 'associationLost') {
        const { association, reason } = input;
        const loss = reason === 'closed-by-peer' ? reason : 'reset';
        machine.handle({ type: 'associationLost', association, reason: loss }, this.#now);
      } else if (input.type === 'message') {
        machine.handle({ ...input, type: 'control' }, this.#now);
      } else machine.handle(input, this.#now);
    });
    return (input) => {
      const shown = input.type === 'session' ? input.input : input;
      this.#write(`${name} < ${formatFields(shown)}`);
      machine.handle(input, this.#now);
      node.drain();
    };
  }

  /** The application of an element recommends an order of failover to its users. */
  recommend(name: string, card: BusinessCard): void {
    this.#recommend.get(name)?.(card);
  }

  /** The process of a host ends: its associations break at once. */
  kill(name: string): void {
    const node = this.#nodes.get(name);
    if (node === undefined) throw new Error(`there is no node ${name}`);
    node.isDead = true;
    this.#write(`${name} dies`);
    for (const [association, link] of this.#links) if (link.peer === node) this.#break(association);
  }

  /** Lets time pass. */
  run(durationMs: number): void {
    const end = this.#now + durationMs;
    for (let steps = 0; steps < 100_000; steps += 1) {
      const nodes = [...this.#nodes.values()].filter(({ isDead }) => !isDead);
      const times = nodes.map(({ machine }) => machine.nextTimeout() ?? Infinity);
      const next = Math.min(...this.#queue.map(({ at }) => at), ...times);
      if (next > end) break;
      this.#now = Math.max(this.#now, next);
      const due = this.#queue.findIndex(({ at }) => at <= this.#now);
      if (due >= 0) {
        for (const { run } of this.#queue.splice(due, 1)) run();
        continue;
      }
      for (const { machine, drain } of nodes) {
        if ((machine.nextTimeout() ?? Infinity) > this.#now) continue;
        machine.handleTimeout(this.#now);
        drain();
      }
    }
    this.#now = end;
  }

  /** What was written since it was taken last. */
  takeLog(): string[] {
    const log = this.#log;
    this.#log = [];
    return log;
  }

  #add(
    name: string,
    address: string,
    machine: Pick<Machine<never, never>, 'nextTimeout' | 'handleTimeout'>,
    drain: () => void,
  ): Node {
    const none = (): void => undefined;
    const node = { name, address, machine, drain, up: none, lost: none, received: none, isDead: false };
    this.#nodes.set(name, node);
    return node;
  }

  /** Tells a machine what the network does, in the terms of {@link NetworkInput}, and data besides. */
  #route(
    node: Node,
    give: (
      input:
        | Extract<NetworkInput<AsapMessage>, { type: 'associationUp' | 'associationLost' | 'message' }>
        | Extract<PoolElementNodeInput, { type: 'data' }>,
    ) => void,
  ): void {
    const drained: typeof give = (input) => {
      if (node.isDead) return;
      give(input);
      node.drain();
    };
    node.up = (association, remote, inbound) =>
      drained({ type: 'associationUp', association, remote, inbound });
    node.lost = (association, reason) => drained({ type: 'associationLost', association, reason });
    node.received = (association, packet) =>
      drained(
        'asap' in packet
          ? { type: 'message', association, message: packet.asap, reports: [] }
          : { type: 'data', association, message: packet.data },
      );
  }

  #drain<Output>(machine: { poll(): Output | undefined }, take: (output: Output) => void): void {
    for (let output = machine.poll(); output !== undefined; output = machine.poll()) take(output);
  }

  #network(node: Node, output: NetworkOutput<AsapMessage>): void {
    if (output.type === 'open') this.#open(node, output.association, output.remote);
    else if (output.type === 'send') this.#send(node, output.association, { asap: output.message });
    else if (output.type === 'close') this.#close(node, output.association);
  }

  #fromUser(
    node: Node,
    output: Extract<PoolUserNodeOutput, { type: 'session' | 'delivery' }>['output'],
  ): void {
    switch (output.type) {
      case 'open': {
        const transport = 'poolElement' in output ? output.poolElement.userTransport : output.transport;
        if (transport.protocol === 'sctp') this.#open(node, output.association, transport);
        break;
      }
      case 'close':
        this.#close(node, output.association);
        break;
      case 'sendData':
        this.#send(node, output.association, { data: output.message });
        break;
      case 'sendControl':
        this.#send(node, output.association, { asap: output.message });
        break;
      case 'event':
        this.#happened(node, output.event);
        break;
      case 'message':
      case 'received':
      case 'writable':
        break;
      default:
        this.#write(`${node.name}   > ${formatFields(output)}`);
    }
  }

  #open(node: Node, association: number, remote: RemoteEndpoint): void {
    const address = remote.addresses.map((bytes) => bytes.join('.')).join(',');
    const peer = [...this.#nodes.values()].find((candidate) => candidate.address === address);
    this.#write(`${node.name} opens an association to ${peer?.name ?? address}`);
    if (peer === undefined || peer.isDead) {
      this.#later(() => node.lost(association, 'refused'));
      return;
    }
    const other = this.#allocateAssociation();
    this.#links.set(association, { node, peer, other });
    this.#links.set(other, { node: peer, peer: node, other: association });
    this.#later(() => node.up(association, remote, false));
    this.#later(() => peer.up(other, endpointOf(node.address, 5000), true));
  }

  #send(node: Node, association: number, packet: Packet): void {
    const link = this.#links.get(association);
    const shown = 'asap' in packet ? formatMessage(packet.asap) : `data ${formatBytes(packet.data.data)}`;
    this.#write(`${node.name} -> ${link?.peer.name ?? '(nobody)'}  ${shown}`);
    if (link === undefined) return;
    const arrived = 'asap' in packet ? { asap: throughTheWire(packet.asap) } : packet;
    this.#later(() => {
      if (this.#links.has(link.other)) link.peer.received(link.other, arrived);
    });
  }

  #close(node: Node, association: number): void {
    const link = this.#links.get(association);
    this.#write(`${node.name} closes the association to ${link?.peer.name ?? '(nobody)'}`);
    // What was sent before arrives first.
    if (link === undefined) return;
    this.#links.delete(association);
    this.#later(() => {
      this.#links.delete(link.other);
      link.peer.lost(link.other, 'closed-by-peer');
    });
  }

  #break(association: number): void {
    const link = this.#links.get(association);
    if (link === undefined) return;
    this.#links.delete(association);
    this.#links.delete(link.other);
    this.#later(() => link.node.lost(association, 'reset'));
  }

  #later(run: () => void): void {
    this.#queue.push({ at: this.#now + 1, run });
  }

  #happened(node: Node, event: object): void {
    this.#write(`${node.name}   * ${formatFields(event)}`);
  }

  #write(text: string): void {
    this.#log.push(`${(this.#now / 1000).toFixed(3).padStart(9)}  ${text}`);
  }
}

function endpointOf(address: string, port: number): RemoteEndpoint {
  return { addresses: [parseIpAddress(address)], port };
}

function throughTheWire(message: AsapMessage): AsapMessage {
  const decoded = decodeAsapMessage(encodeAsapMessage(message));
  if (!decoded.ok) throw new Error(`a machine sent what cannot be decoded: ${decoded.error.reason}`);
  return decoded.message;
}

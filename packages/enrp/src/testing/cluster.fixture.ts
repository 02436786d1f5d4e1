import { type ElementReference, Handlespace } from '@rserpool/handlespace';
import {
  type EnrpMessage,
  type PoolElement,
  type RandomSource,
  type RemoteEndpoint,
  type SctpTransport,
  decodeEnrpMessage,
  encodeEnrpMessage,
  formatPoolHandle,
  poolHandleFromText,
  randomFraction,
  seededRandom,
} from '@rserpool/wire';
import type { EnrpEvent } from '../enrp-event.ts';
import type { EnrpInput } from '../enrp-input.ts';
import type { EnrpLimits } from '../enrp-limits.ts';
import { EnrpMachine } from '../enrp-machine.ts';
import type { TakeoverArbitration } from '../enrp-machine-options.ts';
import type { EnrpOutput } from '../enrp-output.ts';
import { type EnrpTiming, enrpTimingProfiles } from '../enrp-timing.ts';
import { formatEvent, formatMessage } from './format.fixture.ts';
import { VirtualSchedule } from './virtual-schedule.fixture.ts';

/** How a registrar of a cluster is made. */
export interface NodeOptions {
  readonly peers?: readonly number[];
  readonly useGroup?: boolean;
  readonly arbitration?: TakeoverArbitration;
  readonly limits?: Partial<EnrpLimits>;
  readonly timing?: Partial<EnrpTiming>;
  /** The host it runs on, where that is not its own: for restarts with another identifier. */
  readonly host?: number;
}

/** How a cluster behaves. */
export interface ClusterOptions {
  readonly seed?: number;
  readonly timing?: EnrpTiming;
  /** Messages take between the two, drawn at random. */
  readonly delayMs?: readonly [number, number];
  /** Whether a transcript is written. */
  readonly transcript?: boolean;
}

/** One registrar. */
export interface Node {
  readonly identifier: number;
  readonly host: number;
  readonly machine: EnrpMachine;
  readonly handlespace: Handlespace;
  readonly usesGroup: boolean;
  readonly events: (EnrpEvent & { readonly at: number })[];
  readonly takenOver: { readonly target: number; readonly elements: readonly ElementReference[] }[];
  /** `hung`: alive for the network, but does nothing. `dead`: gone. */
  state: 'running' | 'hung' | 'dead';
  readonly backlog: EnrpInput[];
  initializations: number;
}

interface End {
  readonly node: Node;
  readonly association: number;
  /** When the last message to this end arrives: messages keep their order. */
  lastArrival: number;
}

interface Link {
  isUp: boolean;
  readonly ends: readonly [End, End];
}

/** Drops a message on its way: a test's fault injection. */
export type MessageFilter = (message: EnrpMessage, from: Node, to: Node) => boolean;

/** Registrars over a tiny network in virtual time, with real bytes between them. */
export class Cluster {
  readonly schedule: VirtualSchedule = new VirtualSchedule();
  readonly nodes: Map<number, Node> = new Map();
  readonly transcript: string[] = [];
  readonly #random: RandomSource;
  readonly #timing: EnrpTiming;
  readonly #delayMs: readonly [number, number];
  readonly #keepsTranscript: boolean;
  readonly #links: Link[] = [];
  #sides: readonly (readonly number[])[] | undefined;
  #nextAssociation = 1;
  #awake: Node | undefined;
  /** What holds for registrars that are made from now on, where their own options say nothing else. */
  defaults: NodeOptions = {};
  /** Whether a message is delivered; `true` by default. */
  passes: MessageFilter = () => true;

  constructor(options: ClusterOptions = {}) {
    this.#random = seededRandom(options.seed ?? 1);
    this.#timing = options.timing ?? enrpTimingProfiles.lan;
    this.#delayMs = options.delayMs ?? [1, 1];
    this.#keepsTranscript = options.transcript ?? false;
  }

  get now(): number {
    return this.schedule.now;
  }

  get cycleMs(): number {
    return this.#timing.peerHeartbeatCycleMs;
  }

  /** Creates a registrar without starting it. */
  add(identifier: number, own: NodeOptions = {}): Node {
    const options = { ...this.defaults, ...own };
    const host = options.host ?? identifier;
    const handlespace = new Handlespace({ random: seededRandom(this.#random()) });
    const machine = new EnrpMachine({
      handlespace,
      serverIdentifier: identifier,
      serverTransport: transportOf(host),
      random: seededRandom(this.#random()),
      allocateAssociation: () => this.#nextAssociation++,
      timing: { ...this.#timing, ...options.timing },
      peers: (options.peers ?? []).map(endpointOf),
      useGroup: options.useGroup ?? false,
      takeoverArbitration: options.arbitration ?? 'rfc',
      ...(options.limits === undefined ? {} : { limits: options.limits }),
    });
    const node: Node = {
      identifier,
      host,
      machine,
      handlespace,
      usesGroup: options.useGroup ?? false,
      events: [],
      takenOver: [],
      state: 'running',
      backlog: [],
      initializations: 0,
    };
    this.nodes.set(identifier, node);
    return node;
  }

  /** Creates and starts a registrar. */
  start(identifier: number, options: NodeOptions = {}): Node {
    const node = this.add(identifier, options);
    this.input(node, { type: 'start' });
    return node;
  }

  /** Starts registrars one after the other, each with all earlier ones configured, and lets them settle. */
  startAll(...identifiers: readonly number[]): Node[] {
    const nodes = identifiers.map((identifier, index) => {
      const node = this.start(identifier, { peers: identifiers.slice(0, index) });
      this.advance(50);
      return node;
    });
    this.advance(2 * this.cycleMs);
    return nodes;
  }

  /** Gives an input to a registrar, now. */
  input(node: Node, input: EnrpInput): void {
    if (node.state === 'dead') return;
    if (node.state === 'hung') {
      node.backlog.push(input);
      return;
    }
    node.machine.handle(input, this.now);
    this.#drain(node);
  }

  /** Registers an element with a registrar, as the registrar side of ASAP would. */
  register(node: Node, pool: string, identifier: number): void {
    const poolElement = elementOf(identifier, node.identifier);
    const poolHandle = poolHandleFromText(pool);
    const result = node.handlespace.register(poolHandle, poolElement);
    if (!result.ok) throw new Error(`cannot register ${pool} ${identifier}`);
    this.input(node, { type: 'handleUpdate', action: 'add', poolHandle, poolElement });
  }

  /** Removes an element at its home registrar and tells the peers. */
  deregister(node: Node, pool: string, identifier: number): void {
    const poolHandle = poolHandleFromText(pool);
    const element = node.handlespace.find(poolHandle, identifier);
    if (element === undefined) throw new Error(`no ${pool} ${identifier}`);
    const poolElement = node.handlespace.poolElement(element);
    node.handlespace.remove(element);
    this.input(node, { type: 'handleUpdate', action: 'delete', poolHandle, poolElement });
  }

  /** Lets time pass. */
  advance(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (let steps = 0; ; steps += 1) {
      if (steps > 100_000) throw new Error('the cluster does not come to rest');
      const next = this.#nextWakeUp();
      if (next === undefined || next.at > end) break;
      if (next.node === undefined) {
        this.schedule.runNext();
      } else {
        this.schedule.now = Math.max(this.now, next.at);
        this.#awake = next.node;
        next.node.machine.handleTimeout(this.now);
        this.#drain(next.node);
      }
    }
    this.schedule.now = end;
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

  /** Ends a registrar. `silent`: its host vanishes, no association is reset. */
  kill(identifier: number, options: { readonly silent?: boolean } = {}): void {
    const node = this.node(identifier);
    node.state = 'dead';
    if (options.silent === true) return;
    for (const link of this.#links) {
      if (link.isUp && link.ends.some((end) => end.node === node)) this.#break(link, 'reset');
    }
  }

  /** Stops a registrar's process; everything for it waits. */
  hang(identifier: number): void {
    this.node(identifier).state = 'hung';
  }

  /** Lets it go on. */
  resume(identifier: number): void {
    const node = this.node(identifier);
    node.state = 'running';
    for (const input of node.backlog.splice(0)) this.input(node, input);
  }

  /** Separates groups of registrars; associations between them are lost after `detectionMs`. */
  partition(sides: readonly (readonly number[])[], detectionMs = 20): void {
    this.#sides = sides;
    for (const link of this.#links) {
      const [left, right] = link.ends;
      if (!link.isUp || this.#isReachable(left.node, right.node)) continue;
      link.isUp = false;
      this.#announceLoss(link, 'path failure', detectionMs);
    }
  }

  /** Ends the partition. */
  heal(): void {
    this.#sides = undefined;
  }

  /** Lets a registrar receive any bytes from another one, over their association. */
  inject(sender: number, receiver: number, bytes: Uint8Array): void {
    const to = this.node(receiver);
    const link = this.#links.find(
      ({ isUp, ends }) =>
        isUp && ends.some(({ node }) => node.identifier === sender) && ends.some(({ node }) => node === to),
    );
    const association = link?.ends.find(({ node }) => node === to)?.association;
    if (association === undefined) throw new Error(`${sender} and ${receiver} have no association`);
    const decoded = decodeEnrpMessage(bytes);
    if (decoded.ok) {
      const { message, reports } = decoded;
      this.input(to, { type: 'message', association, message, reports });
    } else {
      this.input(to, { type: 'malformed', association, error: decoded.error });
    }
  }

  /** Resets the associations between two registrars, which both live. */
  breakAssociations(left: number, right: number): void {
    for (const link of this.#links) {
      const ends = link.ends.map((end) => end.node.identifier);
      if (link.isUp && ends.includes(left) && ends.includes(right)) this.#break(link, 'reset');
    }
  }

  node(identifier: number): Node {
    const node = this.nodes.get(identifier);
    if (node === undefined) throw new Error(`no registrar ${identifier}`);
    return node;
  }

  living(): Node[] {
    return [...this.nodes.values()].filter((node) => node.state === 'running');
  }

  /** Whether all living registrars have the same handlespace, of which living ones are the homes. */
  agrees(): boolean {
    const living = this.living();
    const views = living.map((node) => viewOf(node.handlespace).join(' '));
    const identifiers = new Set(living.map((node) => node.identifier));
    const hasLivingHomes = living.every((node) =>
      [...node.handlespace.homeRegistrars()].every((home) => identifiers.has(home)),
    );
    return hasLivingHomes && views.every((view) => view === views[0]);
  }

  /** Adds a timer that has expired to the transcript. */
  noteTimer(name: string): void {
    this.note(`R${this.#awake?.identifier ?? '?'} ** ${name}`);
  }

  /** Adds a line to the transcript. */
  note(text: string): void {
    if (this.#keepsTranscript) this.transcript.push(`${this.now.toFixed(0).padStart(6)} ${text}`);
  }

  #nextWakeUp(): { at: number; node: Node | undefined } | undefined {
    const event = this.schedule.next();
    let next = event === undefined ? undefined : { at: event, node: undefined as Node | undefined };
    for (const node of this.living()) {
      const at = node.machine.nextTimeout();
      if (at !== undefined && (next === undefined || at < next.at)) next = { at, node };
    }
    return next;
  }

  #drain(node: Node): void {
    for (let output = node.machine.poll(); output !== undefined; output = node.machine.poll()) {
      this.#perform(node, output);
    }
  }

  #perform(node: Node, output: EnrpOutput): void {
    const name = `R${node.identifier}`;
    switch (output.type) {
      case 'send': {
        const link = this.#linkOf(node, output.association);
        const to = link?.ends.find((end) => end.association !== output.association);
        this.note(`${name} -> R${to?.node.identifier ?? '?'} ${formatMessage(output.message)}`);
        if (link !== undefined && to !== undefined) this.#deliver(link, node, to, output.message);
        break;
      }
      case 'sendGroup':
        this.note(`${name} -> group ${formatMessage(output.message)}`);
        this.#deliverToGroup(node, output.message);
        break;
      case 'open':
        this.#open(node, output.association, output.remote);
        break;
      case 'close': {
        const link = this.#linkOf(node, output.association);
        if (link !== undefined) this.#break(link, 'closed', node);
        break;
      }
      case 'initialized':
        node.initializations += 1;
        break;
      case 'takenOver':
        node.takenOver.push({ target: output.target, elements: output.elements });
        this.note(`${name} == takenOver target=${output.target} elements=${output.elements.length}`);
        break;
      case 'event':
        node.events.push({ ...output.event, at: this.now });
        this.note(`${name} .. ${formatEvent(output.event)}`);
        break;
    }
  }

  #delay(): number {
    const [least, most] = this.#delayMs;
    return least + Math.floor(randomFraction(this.#random) * (most - least + 1));
  }

  #linkOf(node: Node, association: number): Link | undefined {
    return this.#links.find(
      (link) => link.isUp && link.ends.some((end) => end.node === node && end.association === association),
    );
  }

  #deliver(link: Link, from: Node, to: End, message: EnrpMessage): void {
    const bytes = encodeEnrpMessage(message);
    if (!this.passes(message, from, to.node)) return;
    const at = Math.max(this.now + this.#delay(), to.lastArrival);
    // An arrival time is written at sending, so that a slower message holds up the ones behind it.
    (to as { lastArrival: number }).lastArrival = at;
    this.schedule.at(at, () => {
      if (!link.isUp) return;
      const decoded = decodeEnrpMessage(bytes);
      if (!decoded.ok) throw new Error(`cannot decode ${message.type}: ${decoded.error.reason}`);
      const { message: arrived, reports } = decoded;
      this.input(to.node, { type: 'message', association: to.association, message: arrived, reports });
    });
  }

  #deliverToGroup(from: Node, message: EnrpMessage): void {
    for (const to of this.nodes.values()) {
      if (!to.usesGroup || !this.#isReachable(from, to)) continue;
      this.schedule.after(this.#delay(), () => {
        this.input(to, { type: 'groupMessage', message, source: endpointOf(from.host) });
      });
    }
  }

  #open(node: Node, association: number, remote: RemoteEndpoint): void {
    const host = remote.addresses[0]?.[3] ?? 0;
    this.schedule.after(this.#delay(), () => {
      const target = [...this.nodes.values()].find((other) => other.host === host && other.state !== 'dead');
      if (target !== undefined && !this.#isReachable(node, target)) return;
      if (target === undefined || target === node || node.state === 'dead') {
        const reason = 'connection refused';
        this.schedule.after(this.#delay(), () => {
          this.input(node, { type: 'associationLost', association, reason });
        });
        return;
      }
      const inbound = this.#nextAssociation++;
      const ends = [
        { node, association, lastArrival: 0 },
        { node: target, association: inbound, lastArrival: 0 },
      ] as const;
      this.#links.push({ isUp: true, ends });
      this.input(target, {
        type: 'associationUp',
        association: inbound,
        remote: endpointOf(node.host),
        inbound: true,
      });
      this.input(node, { type: 'associationUp', association, remote, inbound: false });
    });
  }

  #break(link: Link, reason: string, closedBy?: Node): void {
    link.isUp = false;
    this.#announceLoss(link, reason, 1, closedBy);
  }

  #announceLoss(link: Link, reason: string, delayMs: number, except?: Node): void {
    for (const { node, association } of link.ends) {
      if (node === except) continue;
      this.schedule.after(delayMs, () => {
        this.input(node, { type: 'associationLost', association, reason });
      });
    }
  }

  #isReachable(left: Node, right: Node): boolean {
    const sides = this.#sides;
    if (sides === undefined) return true;
    return sides.some((side) => side.includes(left.identifier) && side.includes(right.identifier));
  }
}

/** Where the registrar of a host is. */
export function endpointOf(host: number): RemoteEndpoint {
  return { addresses: [Uint8Array.of(10, 0, 0, host)], port: 9901 };
}

/** The transport parameter of a host. */
export function transportOf(host: number): SctpTransport {
  return { protocol: 'sctp', transportUse: 0, ...endpointOf(host) };
}

/** A pool element. */
export function elementOf(identifier: number, homeRegistrar: number): PoolElement {
  return {
    identifier,
    homeRegistrar,
    registrationLife: 300,
    userTransport: { protocol: 'tcp', port: 7, address: Uint8Array.of(10, 0, 1, 1) },
    policy: { type: 'roundRobin' },
    asapTransport: { protocol: 'sctp', port: 3863, transportUse: 0, addresses: [Uint8Array.of(10, 0, 1, 1)] },
  };
}

/** A handlespace as sorted text: pool, element and home. */
export function viewOf(handlespace: Handlespace): string[] {
  const view: string[] = [];
  for (const home of handlespace.homeRegistrars()) {
    for (const element of handlespace.elementsOf(home)) {
      const handle = formatPoolHandle(handlespace.poolHandle(element));
      view.push(`${handle}/${handlespace.poolElement(element).identifier}@${home}`);
    }
  }
  return view.toSorted();
}

/** The events of one type. */
export function eventsOf<Type extends EnrpEvent['type']>(
  node: Node,
  type: Type,
): (Extract<EnrpEvent, { type: Type }> & { readonly at: number })[] {
  return node.events.filter(
    (event): event is Extract<EnrpEvent, { type: Type }> & { readonly at: number } => event.type === type,
  );
}

import type { HomeRegistrar, PoolElementEvent } from '@rserpool/asap';
import {
  PoolElementNodeMachine,
  type PoolElementNodeInput,
  type PoolElementNodeOutput,
} from '@rserpool/session/machine';
import { AssociationTable, MachineDriver } from '@rserpool/transport/internal';
import {
  type AsapMessage,
  type NetworkOutput,
  type AssociationId,
  ErrorCauseCode,
  randomIdentifier,
  type RemoteEndpoint,
  RserpoolError,
  type SelectionPolicy,
  TransportUse,
} from '@rserpool/wire';
import type { SimulatedHost } from '../network/simulated-host.ts';
import { registrationBoundMs } from './request-bounds.ts';
import { Deadlines } from './deadlines.ts';
import {
  decodeNumber,
  encodeNumber,
  NumberSession,
  numberPayloadProtocolIdentifier,
} from './number-service.ts';
import { ProcessNode } from './process-node.ts';
import { announceGroup, asapProtocol, type Discovery } from './protocols.ts';
import { SendFailures } from './send-failures.ts';
import type { World } from './world.ts';

/** The port of pool elements. */
const elementPort = 7000;

/** How an {@link ElementNode} is set up. */
export interface ElementOptions {
  /** Its pool, and that as bytes. */
  readonly pool: string;
  /** The pool's policy. */
  readonly policy: SelectionPolicy;
  /** How long its registration lives, in seconds. */
  readonly registrationLifeSeconds: number;
  /** How many sessions it serves at most; the default of the machine where it is absent. */
  readonly maximumSessions: number | undefined;
  /** How it finds registrars. */
  readonly discovery: Discovery;
  /** The registrars, where they are in a list. */
  readonly registrars: readonly RemoteEndpoint[];
}

/** A host with a pool element that offers the number service: machine, driver and table are those of production. */
export class ElementNode extends ProcessNode {
  readonly #options: ElementOptions;
  readonly #poolHandle: Uint8Array;
  readonly #failures: SendFailures;
  #identifier = 0;
  #node: PoolElementNodeMachine | undefined;
  #driver: MachineDriver<PoolElementNodeInput, PoolElementNodeOutput> | undefined;
  #sessions: Map<AssociationId, NumberSession> = new Map();
  #deadlines: Deadlines;
  #policy: SelectionPolicy;
  #isRegistered = false;
  #isWanted = false;
  #isLeaving = false;
  #leftAt = 0;
  #registeredAt = 0;
  #registrationSentAt = 0;
  #home: SimulatedHost | undefined;
  #isContradicted = false;

  /**
   * @param world - What everything shares.
   * @param host - Where it runs.
   * @param options - Pool, policy, registrars.
   */
  constructor(world: World, host: SimulatedHost, options: ElementOptions) {
    super(world, host);
    this.#options = options;
    this.#policy = options.policy;
    this.#failures = new SendFailures(world, this.name);
    this.#poolHandle = Uint8Array.from(options.pool, (letter) => letter.charCodeAt(0));
    this.#deadlines = new Deadlines(host.clock);
  }

  /** The identifier of the present, or last, life. */
  get identifier(): number {
    return this.#identifier;
  }

  /** Its pool's handle. */
  get poolHandle(): Uint8Array {
    return this.#poolHandle;
  }

  /** Its pool and identifier, as text. */
  get key(): string {
    return `${this.#options.pool}/${this.#identifier}`;
  }

  /** Its pool. */
  get pool(): string {
    return this.#options.pool;
  }

  /** Whether it was told last that it is registered. */
  get isRegistered(): boolean {
    return this.#isRegistered;
  }

  /** Whether it wants to be registered. */
  get isWanted(): boolean {
    return this.#isWanted && this.isRunning;
  }

  /** When it was told last that it is registered. */
  get registeredAt(): number {
    return this.#registeredAt;
  }

  /** When it asked last for a registration, from the home registrar that it had then. */
  get registrationSentAt(): number {
    return this.#registrationSentAt;
  }

  /** Since when it is not to be listed any more: its death, or its leave. */
  get goneSince(): number {
    return this.isDead ? this.diedAt : this.#leftAt;
  }

  /** The host of the registrar that it holds for its home. */
  get home(): SimulatedHost | undefined {
    return this.#home;
  }

  /** Whether it was told last that it contradicts its pool, which has another policy. */
  get isContradicted(): boolean {
    return this.#isContradicted;
  }

  /** Its pool's policy, as it is for this element. */
  get policy(): SelectionPolicy {
    return this.#policy;
  }

  /** How many sessions it serves. */
  get sessionCount(): number {
    return this.#node?.sessionCount ?? 0;
  }

  /** What it waits for. */
  get deadlines(): Deadlines {
    return this.#deadlines;
  }

  /** Leaves its pool. */
  leave(): void {
    this.#isWanted = false;
    this.#isRegistered = false;
    this.#isLeaving = true;
    // It may be listed until it is told that it is not any more.
    this.#leftAt = Number.POSITIVE_INFINITY;
    this.note('leaves', this.key);
    this.#deadlines.end('registration');
    this.#deadlines.begin('deregistration', registrationBoundMs(this.world.timing));
    this.#driver?.input({ type: 'deregister' });
  }

  /** Joins its pool: at once, or when it has left it. */
  join(): void {
    const { policy } = this.#options;
    this.#policy = policy;
    this.#isWanted = true;
    if (this.#isLeaving) return;
    this.#deadlines.begin('registration', registrationBoundMs(this.world.timing));
    this.#driver?.input({
      type: 'register',
      poolHandle: this.#poolHandle,
      poolElement: {
        identifier: this.#identifier,
        registrationLife: this.#options.registrationLifeSeconds,
        userTransport: {
          protocol: 'sctp',
          port: elementPort,
          transportUse: TransportUse.dataPlusControl,
          addresses: this.host.addresses,
        },
        policy,
      },
    });
  }

  /**
   * Tells the registrar a new load, where the policy has one.
   *
   * @param load - The load, 0 .. 2^32 - 1.
   */
  setLoad(load: number): void {
    if (!this.isRunning || !this.#isRegistered || !('load' in this.#policy)) return;
    this.#policy = { ...this.#policy, load };
    this.#driver?.input({ type: 'updatePolicy', policy: this.#policy });
  }

  protected override wasAway(ms: number): void {
    this.#deadlines.postpone(ms);
  }

  protected begin(keepsIdentity: boolean): void {
    const { host, world } = this;
    const random = this.random('machine');
    if (!keepsIdentity || this.#identifier === 0) this.#identifier = randomIdentifier(random);
    const { maximumSessions } = this.#options;
    const usesGroups = this.#options.discovery === 'groups';
    let last = 0;
    const allocateAssociation = (): AssociationId => ++last;
    this.#sessions = new Map();
    this.#deadlines = new Deadlines(host.clock);
    this.#isRegistered = false;
    this.#isLeaving = false;
    this.#home = undefined;
    this.#isContradicted = false;
    const node = new PoolElementNodeMachine({
      registrars: usesGroups ? [] : this.#options.registrars,
      random,
      allocateAssociation,
      timing: world.timing.asap,
      listenToAnnounces: usesGroups,
      ...(maximumSessions !== undefined && { maximumSessions }),
    });
    this.#node = node;
    const driver = new MachineDriver<PoolElementNodeInput, PoolElementNodeOutput>({
      machine: node,
      clock: host.clock,
      onOutput: (output) => {
        if (output.type === 'session') this.#fromSession(output, driver, table);
        else if (output.type === 'event') this.#event(output.event);
        else if (isForTheNetwork(output)) table.perform(output);
      },
    });
    this.#driver = driver;
    const table: AssociationTable<AsapMessage> = new AssociationTable({
      endpoint: host.bind(elementPort, world.timing.heartbeat, true),
      group: usesGroups ? host.join(announceGroup, elementPort) : undefined,
      protocol: asapProtocol,
      allocateAssociation,
      feed: (input) => {
        if (input.type === 'associationUp') driver.input({ ...input, controlChannel: true });
        else driver.input(input);
      },
      onForeignMessage: (association, message) => {
        driver.input({ type: 'data', association, message });
      },
    });
    this.note('element', `identifier=${this.#identifier} pool=${this.pool}`);
    this.join();
  }

  #fromSession(
    { association, output }: Extract<PoolElementNodeOutput, { type: 'session' }>,
    driver: MachineDriver<PoolElementNodeInput, PoolElementNodeOutput>,
    table: AssociationTable<AsapMessage>,
  ): void {
    switch (output.type) {
      case 'started':
        this.#watchSends(association, driver, table);
        this.#sessions.set(association, new NumberSession(output.restoredState));
        break;
      case 'message':
        // Who speaks something else is no user of this service.
        if (output.message.payloadProtocolIdentifier === numberPayloadProtocolIdentifier)
          this.#request(association, decodeNumber(output.message.data), driver);
        break;
      case 'sendData': {
        const failure = this.#failures.next();
        if (failure !== undefined) {
          driver.input({ type: 'sendFailed', association, message: output.message });
          // A message in the middle would be missing: the session is given up instead.
          if (failure === 'full')
            driver.input({ type: 'session', association, input: { type: 'close', abort: true } });
          break;
        }
        try {
          if (table.association(association)?.send(output.message) === false)
            driver.input({ type: 'congested', association });
        } catch (error) {
          if (!RserpoolError.is(error)) throw error;
          driver.input({ type: 'sendFailed', association, message: output.message });
        }
        break;
      }
      case 'event':
        if (output.event.type === 'ended') this.#sessions.delete(association);
        break;
      default:
    }
  }

  /** As in the session library: a session wants to know of what was not delivered. */
  #watchSends(
    association: AssociationId,
    driver: MachineDriver<PoolElementNodeInput, PoolElementNodeOutput>,
    table: AssociationTable<AsapMessage>,
  ): void {
    const carrier = table.association(association);
    if (carrier === undefined) return;
    carrier.handlers = {
      ...carrier.handlers,
      sendFailed: ({ data, payloadProtocolIdentifier, stream = 0, unordered = false }) => {
        if (payloadProtocolIdentifier !== numberPayloadProtocolIdentifier) return;
        const message = { data, payloadProtocolIdentifier, stream, unordered };
        driver.input({ type: 'sendFailed', association, message });
      },
    };
  }

  #request(
    association: AssociationId,
    request: number,
    driver: MachineDriver<PoolElementNodeInput, PoolElementNodeOutput>,
  ): void {
    const session = this.#sessions.get(association);
    if (session === undefined || request === 0) return;
    const { state, lost } = session.take(request);
    if (lost !== undefined && !this.world.isWild)
      this.world.violated('secured state', `${this.name}: ${lost}`);
    const data = encodeNumber(state);
    driver.input({ type: 'session', association, input: { type: 'setCookie', cookie: data } });
    const message = {
      data,
      payloadProtocolIdentifier: numberPayloadProtocolIdentifier,
      stream: 0,
      unordered: false,
    };
    driver.input({ type: 'session', association, input: { type: 'send', message } });
  }

  #event(event: PoolElementEvent): void {
    this.note(event.type, event);
    switch (event.type) {
      case 'registrationSent':
        this.#registrationSentAt = this.world.time.now();
        break;
      case 'registered':
        this.#isRegistered = this.#isWanted;
        this.#registeredAt = this.world.time.now();
        this.#deadlines.end('registration');
        this.#isContradicted = false;
        break;
      case 'expired':
        this.#isRegistered = false;
        break;
      case 'registrationRejected':
        this.#deadlines.end('registration');
        if (!event.stillRegistered) this.#isRegistered = false;
        this.#isContradicted = event.causes.some(
          ({ code }) => code === ErrorCauseCode.inconsistentPoolPolicy,
        );
        this.#retry();
        break;
      case 'registrationFailed':
        this.#isRegistered = false;
        this.#deadlines.end('registration');
        this.#retry();
        break;
      case 'deregistered':
        this.#deadlines.end('deregistration');
        this.#left(this.world.time.now());
        break;
      case 'deregistrationFailed':
        this.#deadlines.end('deregistration');
        // Nobody has heard of it: the registration runs out (RFC 5352 section 3.2).
        this.#left(this.world.time.now() + 1000 * this.#options.registrationLifeSeconds);
        break;
      case 'homeRegistrarChanged':
        this.#home = this.#hostOf(event.homeRegistrar);
        break;
      case 'homeRegistrarLost':
        this.#home = undefined;
        break;
      default:
    }
  }

  #left(at: number): void {
    this.#leftAt = at;
    this.#isLeaving = false;
    if (this.#isWanted) this.join();
  }

  /** What an application does that wants to be in its pool. */
  #retry(): void {
    const { clock } = this.host;
    clock.setTimer(clock.now() + this.world.timing.retryMs, () => {
      if (this.#isWanted && !this.#isRegistered && !this.#isLeaving) this.join();
    });
  }

  #hostOf({ remote }: HomeRegistrar): SimulatedHost | undefined {
    return remote === undefined ? undefined : this.world.network.hostAt(remote.addresses);
  }
}

// What else an element tells its application, nobody here listens to.
function isForTheNetwork(output: PoolElementNodeOutput): output is NetworkOutput<AsapMessage> {
  return ['send', 'open', 'close', 'sendGroup'].includes(output.type);
}

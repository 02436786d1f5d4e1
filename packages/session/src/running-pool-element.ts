import type { HomeRegistrar, PoolElementRegistration } from '@rserpool/asap';
import { loadFromFraction } from '@rserpool/policies';
import type { Clock, Endpoint, Group } from '@rserpool/transport';
import { AssociationTable, EventHub, MachineDriver, type Unsubscribe } from '@rserpool/transport/internal';
import {
  type AsapMessage,
  AsapPayloadProtocolIdentifier,
  type AssociationId,
  formatPoolHandle,
  RserpoolError,
  type SelectionPolicy,
  type UserTransport,
} from '@rserpool/wire';
import type { AbortOptions } from './abortable.ts';
import { asapProtocol } from './asap-protocol.ts';
import { checkRegistration } from './check-registration.ts';
import { publish } from './diagnostics.ts';
import { Inbox } from './inbox.ts';
import type {
  LocalPoolElement,
  LocalPoolElementEvent,
  LocalPoolElementEvents,
  RegistrationState,
} from './local-pool-element.ts';
import { type Logger, logEvent } from './logger.ts';
import type { BusinessCard } from './machine/business-card.ts';
import { isControlled } from './machine/control-channel.ts';
import { PoolElementNodeMachine, type PoolElementNodeOptions } from './machine/pool-element-node-machine.ts';
import type { PoolElementNodeInput, PoolElementNodeOutput } from './machine/pool-element-node-types.ts';
import { RegistrationWatch } from './registration-watch.ts';
import { RunningServedSession } from './running-served-session.ts';
import type { ServedSession } from './served-session.ts';
import { Settlers } from './settlers.ts';
import { type PoolHandleForm, toPoolHandle } from './text-forms.ts';

/** How a {@link RunningPoolElement} is set up. */
export interface RunningPoolElementOptions {
  /** Where registrars and users come to. */
  readonly endpoint: Endpoint;
  /** Where announces are heard. */
  readonly group: Group | undefined;
  /** The pool. */
  readonly poolHandle: Uint8Array;
  /** What is registered. */
  readonly registration: PoolElementRegistration;
  /** The longest pool handle that is sent. */
  readonly maximumPoolHandleBytes: number;
  /** From how many bytes that the application has not taken a session holds up its user. */
  readonly receiveHighWaterMarkBytes: number;
  /** How long {@link LocalPoolElement.close} waits for the deregistration. */
  readonly closeTimeoutMs: number;
  /** Time and timers. */
  readonly clock: Clock;
  /** Is told what happens. */
  readonly logger: Logger | undefined;
  /** The machine's options. */
  readonly node: PoolElementNodeOptions;
}

/** The {@link LocalPoolElement} of the application: the machine on its transport. */
export class RunningPoolElement implements LocalPoolElement {
  readonly poolHandle: Uint8Array;
  readonly #options: RunningPoolElementOptions;
  readonly #node: PoolElementNodeMachine;
  readonly #driver: MachineDriver<PoolElementNodeInput, PoolElementNodeOutput>;
  readonly #table: AssociationTable<AsapMessage>;
  readonly #events: EventHub<LocalPoolElementEvent> = new EventHub();
  readonly #registration: RegistrationWatch;
  readonly #served: Map<AssociationId, RunningServedSession> = new Map();
  readonly #inbox: Inbox<ServedSession>;
  readonly #idle: Settlers = new Settlers();
  #policy: SelectionPolicy;
  #closing: Promise<void> | undefined;

  /**
   * @param options - What it runs on.
   */
  constructor(options: RunningPoolElementOptions) {
    this.poolHandle = options.poolHandle;
    this.#options = options;
    this.#policy = options.registration.policy;
    this.#registration = new RegistrationWatch(options.poolHandle);
    // Sessions are bounded by the machine, their messages by their own inboxes.
    this.#inbox = new Inbox({ sizeOf: () => 1, highWaterMark: Infinity, onFull: () => undefined });
    this.#node = new PoolElementNodeMachine(options.node);
    this.#driver = new MachineDriver({
      machine: this.#node,
      clock: options.clock,
      onOutput: (output) => {
        this.#perform(output);
      },
    });
    this.#table = new AssociationTable({
      endpoint: options.endpoint,
      group: options.group,
      protocol: asapProtocol,
      allocateAssociation: options.node.allocateAssociation,
      feed: (input) => {
        if (input.type !== 'associationUp') this.#driver.input(input);
        else {
          const { controlChannel = false } = this.#table.association(input.association)?.supports ?? {};
          this.#driver.input({ ...input, controlChannel });
        }
      },
      onForeignMessage: (association, message) => {
        this.#driver.input({ type: 'data', association, message });
      },
    });
    this.register();
  }

  get identifier(): number {
    return this.#options.registration.identifier;
  }

  get userTransport(): UserTransport {
    return this.#options.registration.userTransport;
  }

  get port(): number {
    return this.#options.endpoint.port;
  }

  get registrationState(): RegistrationState {
    return this.#registration.state;
  }

  get homeRegistrar(): HomeRegistrar | undefined {
    return this.#node.homeRegistrar;
  }

  get sessionCount(): number {
    return this.#served.size;
  }

  get businessCard(): BusinessCard | undefined {
    const { state } = this.#registration;
    if (state !== 'registered' && state !== 'registering') return undefined;
    const poolElement = { ...this.#options.registration, policy: this.#policy, homeRegistrar: 0 };
    return { poolHandle: this.poolHandle, poolElements: [poolElement] };
  }

  get cookiesRefused(): number {
    return this.#node.cookiesRefused;
  }

  async registered(options?: AbortOptions): Promise<void> {
    await this.#registration.registered(options?.signal);
  }

  register(): void {
    this.#ensureOpen();
    const poolElement = { ...this.#options.registration, policy: this.#policy };
    checkRegistration(this.poolHandle, poolElement);
    this.#registration.restart();
    this.#driver.input({ type: 'register', poolHandle: this.poolHandle, poolElement });
  }

  updatePolicy(policy: SelectionPolicy): void {
    this.#ensureOpen();
    checkRegistration(this.poolHandle, { ...this.#options.registration, policy });
    this.#policy = policy;
    if (this.#registration.state === 'registered' || this.#registration.state === 'registering') {
      this.#driver.input({ type: 'updatePolicy', policy });
    }
  }

  setLoad(fraction: number): void {
    const policy = this.#policy;
    if (!('load' in policy)) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_STATE',
        `The policy ${policy.type} has no load: register with leastUsed or another adaptive policy.`,
      );
    }
    this.updatePolicy({ ...policy, load: loadFromFraction(fraction) });
  }

  reportFailure(form: PoolHandleForm, identifier: number): void {
    this.#ensureOpen();
    this.#driver.input({
      type: 'reportUnreachable',
      poolHandle: toPoolHandle(form, this.#options.maximumPoolHandleBytes),
      poolElementIdentifier: identifier,
    });
  }

  sessions(): AsyncIterable<ServedSession, undefined> {
    return { [Symbol.asyncIterator]: () => this.#inbox.iterate() };
  }

  async serve(
    handler: (session: ServedSession) => Promise<void>,
    onError: (error: unknown) => void = throwUncaught,
  ): Promise<void> {
    const running = new Set<Promise<void>>();
    for await (const session of this.sessions()) {
      const one = serveOne(session, handler, onError);
      running.add(one);
      void one.finally(() => running.delete(one));
    }
    await Promise.all(running);
  }

  on<Type extends LocalPoolElementEvent['type']>(
    type: Type,
    handler: (event: LocalPoolElementEvents[Type]) => void,
  ): Unsubscribe {
    return this.#events.on(type, handler);
  }

  async drain(options?: AbortOptions): Promise<void> {
    const signal = options?.signal;
    try {
      signal?.throwIfAborted();
      if (this.#closing === undefined) {
        this.#deregister();
        await this.#registration.deregistered(signal);
        this.#stopAccepting();
        while (this.#served.size > 0) await this.#idle.wait(signal);
      }
    } finally {
      await this.close();
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #perform(output: PoolElementNodeOutput): void {
    switch (output.type) {
      case 'session':
        this.#performSession(output);
        break;
      case 'sessionRefused':
        this.#event({ type: 'sessionRefused', reason: output.reason });
        break;
      case 'userBusinessCard':
        this.#event({ type: 'userBusinessCard', ...output.card });
        break;
      case 'cookieRefused':
        this.#event({ type: 'cookieRefused', reason: output.reason });
        break;
      case 'event':
        this.#registration.take(output.event);
        this.#event(output.event);
        break;
      default:
        this.#table.perform(output);
    }
  }

  #performSession({ association, output }: Extract<PoolElementNodeOutput, { type: 'session' }>): void {
    if (output.type === 'started') this.#start(association, output.restoredState);
    else if (output.type === 'sendData') this.#sendData(association, output.message);
    else {
      const session = this.#served.get(association);
      if (output.type === 'event' && output.event.type === 'ended') {
        this.#served.delete(association);
        if (this.#served.size === 0) this.#idle.resolve();
      }
      session?.take(output);
    }
  }

  #start(id: AssociationId, restoredState: Uint8Array | undefined): void {
    const association = this.#table.association(id);
    if (association === undefined) return;
    if (this.#inbox.size >= (this.#options.node.maximumSessions ?? 10_000)) {
      // Nobody takes the sessions, and those whose users are gone wait as well.
      this.#driver.input({ type: 'session', association: id, input: { type: 'close', abort: false } });
      this.#event({ type: 'sessionRefused', reason: 'limit' });
      return;
    }
    // The table has set handlers for what concerns ASAP; a session wants to know more.
    association.handlers = {
      ...association.handlers,
      writable: () => {
        this.#driver.input({ type: 'writable', association: id });
      },
      sendFailed: ({ data, payloadProtocolIdentifier, stream = 0, unordered = false }) => {
        if (payloadProtocolIdentifier === AsapPayloadProtocolIdentifier) return;
        const message = { data, payloadProtocolIdentifier, stream, unordered };
        this.#driver.input({ type: 'sendFailed', association: id, message });
      },
    };
    const session = new RunningServedSession({
      id,
      poolHandle: this.poolHandle,
      association,
      restoredState,
      hasControlChannel: association.supports.controlChannel && isControlled(this.userTransport),
      receiveHighWaterMarkBytes: this.#options.receiveHighWaterMarkBytes,
      machine: () => this.#node.session(id),
      command: (input) => {
        this.#driver.input({ type: 'session', association: id, input });
      },
    });
    this.#served.set(id, session);
    this.#inbox.push(session);
  }

  #sendData(id: AssociationId, message: Extract<PoolElementNodeInput, { type: 'data' }>['message']): void {
    const association = this.#table.association(id);
    try {
      if (association?.send(message) === false) this.#driver.input({ type: 'congested', association: id });
    } catch (error) {
      if (!RserpoolError.is(error)) throw error;
      this.#driver.input({ type: 'sendFailed', association: id, message });
      // A message in the middle would be missing: rather than that, the user goes on elsewhere with its cookie.
      if (error.code === 'ERR_RSERPOOL_SEND_BUFFER_FULL') {
        this.#driver.input({ type: 'session', association: id, input: { type: 'close', abort: true } });
      }
    }
  }

  #event(event: LocalPoolElementEvent): void {
    logEvent(this.#options.logger, 'pool element', event);
    publish('pool-element', event, () => ({
      poolHandle: formatPoolHandle(this.poolHandle),
      session: undefined,
    }));
    this.#events.emit(event);
  }

  #deregister(): void {
    this.#driver.input({ type: 'deregister' });
  }

  #stopAccepting(): void {
    this.#driver.input({ type: 'stopAccepting' });
    this.#inbox.end();
  }

  async #close(): Promise<void> {
    const { clock, closeTimeoutMs, endpoint, group } = this.#options;
    if (this.#registration.state === 'registered' || this.#registration.state === 'registering') {
      const timeout = new AbortController();
      const timer = clock.setTimer(clock.now() + closeTimeoutMs, () => {
        timeout.abort();
      });
      this.#deregister();
      // Where no registrar answers, the registration runs out by itself.
      await this.#registration.deregistered(timeout.signal).catch(() => undefined);
      clock.clearTimer(timer);
    }
    this.#stopAccepting();
    await Promise.all([...this.#served.values()].map(async (session) => await session.close()));
    this.#driver.input({ type: 'shutdown' });
    this.#driver.stop();
    this.#table.stop();
    this.#registration.close();
    await endpoint.close();
    await group?.close();
  }

  #ensureOpen(): void {
    if (this.#closing === undefined) return;
    throw new RserpoolError(
      'ERR_RSERPOOL_POOL_ELEMENT_CLOSED',
      'The pool element is closed: create a new one.',
    );
  }
}

async function serveOne(
  session: ServedSession,
  handler: (session: ServedSession) => Promise<void>,
  onError: (error: unknown) => void,
): Promise<void> {
  try {
    await handler(session);
    await session.close();
  } catch (error) {
    // A user that leaves while it is being served is nothing that went wrong here.
    const isGone = session.hasEnded && RserpoolError.is(error, 'ERR_RSERPOOL_SESSION_CLOSED');
    session.abort();
    if (!isGone) onError(error);
  }
}

function throwUncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

import type { HomeRegistrar, PoolUserEvent } from '@rserpool/asap';
import type { Clock, Endpoint, Group } from '@rserpool/transport';
import { AssociationTable, EventHub, MachineDriver, type Unsubscribe } from '@rserpool/transport/internal';
import {
  type AsapMessage,
  type AssociationId,
  type PoolElement,
  type RemoteEndpoint,
  RserpoolError,
} from '@rserpool/wire';
import { NumberTable } from '@rserpool/wire/internal';
import { type AbortOptions, abortable } from './abortable.ts';
import { asapProtocol } from './asap-protocol.ts';
import { publish } from './diagnostics.ts';
import { ElementAssociations, type SessionTransports } from './element-associations.ts';
import type { LocalPoolElement } from './local-pool-element.ts';
import { type Logger, logEvent } from './logger.ts';
import type { DeliveryEvent } from './machine/delivery/delivery-types.ts';
import { PoolUserNodeMachine, type PoolUserNodeOptions } from './machine/pool-user-node-machine.ts';
import type { PoolUserNodeInput, PoolUserNodeOutput } from './machine/pool-user-node-types.ts';
import type { SessionEvent } from './machine/session-event.ts';
import type { SessionLimits } from './machine/session-limits.ts';
import type { SessionTiming } from './machine/session-timing.ts';
import type { ConnectOptions, PoolUser, PoolUserEvents, ResolveOptions } from './pool-user.ts';
import {
  type PoolElementHandle,
  type PoolOrElement,
  readPoolOrElement,
  toPoolElementHandle,
} from './pool-element-handle.ts';
import type { WatchOptions } from './pool-watch.ts';
import type { DestinationForm, PoolMessage, PoolSendOptions, SentMessage } from './pool-message.ts';
import { type PoolResolution, type ResolvedElement, toPoolResolution } from './resolved-element.ts';
import { RunningDeliveries } from './running-deliveries.ts';
import { RunningPoolWatches } from './running-pool-watches.ts';
import { RunningSession } from './running-session.ts';
import type { Session } from './session.ts';
import { resolutionError } from './session-error.ts';
import { type DataForm, type PoolHandleForm, toPoolHandle } from './text-forms.ts';

/** How a {@link RunningPoolUser} is set up. */
export interface RunningPoolUserOptions {
  /** Towards the registrars. */
  readonly endpoint: Endpoint;
  /** Where announces are heard. */
  readonly group: Group | undefined;
  /** Towards the elements. */
  readonly sessionTransports: SessionTransports;
  /** Times of sessions. */
  readonly timing: SessionTiming;
  /** Limits of sessions. */
  readonly limits: SessionLimits;
  /** The longest pool handle that is sent. */
  readonly maximumPoolHandleBytes: number;
  /** From how many bytes that the application has not taken a session holds up its element. */
  readonly receiveHighWaterMarkBytes: number;
  /** Time and timers. */
  readonly clock: Clock;
  /** Is told what happens. */
  readonly logger: Logger | undefined;
  /** The element of the same application. */
  readonly poolElement: LocalPoolElement | undefined;
  /** The machine's options. */
  readonly node: PoolUserNodeOptions;
}

/** A session, and what is known of it here. */
interface SessionEntry {
  readonly session: RunningSession;
  readonly timing: SessionTiming;
  /** The newest association that it opened. */
  association: AssociationId;
}

/** Who waits for a resolution. */
interface Resolution {
  readonly form: PoolHandleForm;
  readonly poolHandle: Uint8Array;
  readonly resolve: (pool: PoolResolution) => void;
  readonly reject: (error: Error) => void;
}

/** The {@link PoolUser} of the application: the machine on its transports. */
export class RunningPoolUser implements PoolUser {
  readonly #options: RunningPoolUserOptions;
  readonly #node: PoolUserNodeMachine;
  readonly #driver: MachineDriver<PoolUserNodeInput, PoolUserNodeOutput>;
  readonly #registrars: AssociationTable<AsapMessage>;
  readonly #watches: RunningPoolWatches;
  readonly #elements: ElementAssociations;
  readonly #deliveries: RunningDeliveries;
  readonly #events: EventHub<PoolUserEvent | DeliveryEvent> = new EventHub();
  readonly #sessions: Map<number, SessionEntry> = new Map();
  readonly #resolutions: NumberTable<Resolution> = new NumberTable();
  readonly #maximumMessageBytes: number;
  readonly #stopListening: Unsubscribe | undefined;
  #lastNumber = 0;
  #closing: Promise<void> | undefined;

  /**
   * @param options - What it runs on.
   */
  constructor(options: RunningPoolUserOptions) {
    this.#options = options;
    const { sctp, tcp } = options.sessionTransports;
    this.#maximumMessageBytes = Math.min(
      sctp?.supports.maximumMessageBytes ?? Infinity,
      tcp?.supports.maximumMessageBytes ?? Infinity,
    );
    this.#node = new PoolUserNodeMachine(options.node);
    this.#driver = new MachineDriver({
      machine: this.#node,
      clock: options.clock,
      onOutput: (output) => {
        this.#perform(output);
      },
    });
    this.#watches = new RunningPoolWatches((input) => {
      this.#driver.input(input);
    });
    this.#registrars = new AssociationTable({
      endpoint: options.endpoint,
      group: options.group,
      protocol: asapProtocol,
      allocateAssociation: options.node.allocateAssociation,
      feed: (input) => {
        this.#driver.input({ type: 'registrar', input });
      },
    });
    this.#elements = new ElementAssociations({
      transports: options.sessionTransports,
      // All that a session keeps may go to a new element at once.
      maximumSendBufferBytes:
        options.limits.maximumQueuedBytes + options.limits.maximumRetainedBytes + 1024 * 1024,
      onInput: (input) => {
        if (input.type === 'associationLost') this.#deliveries.lost(input.association);
        this.#driver.input(input);
      },
    });
    this.#deliveries = new RunningDeliveries({
      associations: this.#elements,
      heartbeat: heartbeatOf(options.timing),
      maximumMessageBytes: this.#maximumMessageBytes,
      maximumPoolHandleBytes: options.maximumPoolHandleBytes,
      receiveHighWaterMarkBytes: options.receiveHighWaterMarkBytes,
      command: (input) => {
        this.#driver.input(input);
      },
      elementAt: (remote) => this.#node.elementAt(remote),
    });
    // RFC 5352 section 3.9 BC1: the element has no cache of its own.
    this.#stopListening = options.poolElement?.on('userBusinessCard', ({ poolHandle }) => {
      this.#driver.input({ type: 'populate', poolHandle, evenIfFresh: false });
    });
  }

  resolve(form: PoolHandleForm, options?: ResolveOptions): Promise<PoolResolution> {
    const signal = options?.signal;
    if (signal === undefined) {
      // Look-ups are many: nothing is made for giving up what cannot be given up.
      return new Promise<PoolResolution>((resolve, reject) => {
        this.#request(form, options, resolve, reject);
      });
    }
    return abortable<PoolResolution>(signal, (resolve, reject) => {
      const request = this.#request(form, options, resolve, reject);
      return () => {
        this.#resolutions.take(request);
        this.#driver.input({ type: 'cancel', request });
      };
    });
  }

  watch(form: PoolHandleForm, options: WatchOptions = {}): AsyncIterable<PoolResolution, undefined> {
    this.#ensureOpen();
    return this.#watches.watch(this.#poolHandle(form), options);
  }

  reportFailure(form: PoolHandleForm, element: Pick<ResolvedElement, 'identifier'> | number): void {
    this.#ensureOpen();
    const poolElementIdentifier = typeof element === 'number' ? element : element.identifier;
    const poolHandle = this.#poolHandle(form);
    this.#driver.input({ type: 'reportUnreachable', poolHandle, poolElementIdentifier });
  }

  async populateCache(form: PoolOrElement, options?: AbortOptions): Promise<void> {
    this.#ensureOpen();
    const { poolHandle } = this.#poolOrElement(form);
    // RFC 5352 section 6.3: without a cache "this primitive performs NO action".
    if (this.#options.node.staleCacheValueMs === 0) return;
    await this.resolve(poolHandle, { ...options, bypassCache: true });
  }

  purgeCache(form: PoolOrElement): void {
    this.#ensureOpen();
    this.#driver.input({ type: 'purge', poolHandle: this.#poolOrElement(form).poolHandle });
  }

  elementAt(remote: RemoteEndpoint): PoolElementHandle | undefined {
    const found = this.#node.elementAt(remote);
    return found === undefined ? undefined : toPoolElementHandle(found.poolHandle, found.poolElement);
  }

  async connect(form: PoolOrElement, options: ConnectOptions = {}): Promise<Session> {
    this.#ensureOpen();
    options.signal?.throwIfAborted();
    this.#ensureTransports();
    const { poolHandle, poolElement } = this.#poolOrElement(form);
    const { session, start } = this.#createSession(poolHandle, poolElement, options);
    start();
    await session.connected(options.signal);
    return session;
  }

  async send(destination: DestinationForm, data: DataForm, options?: PoolSendOptions): Promise<SentMessage> {
    this.#ensureOpen();
    this.#ensureTransports();
    return await this.#deliveries.send(destination, data, options);
  }

  messages(): AsyncIterable<PoolMessage, undefined> {
    return this.#deliveries.messages();
  }

  on<Type extends keyof PoolUserEvents>(
    type: Type,
    handler: (event: PoolUserEvents[Type]) => void,
  ): Unsubscribe {
    return this.#events.on(type, handler);
  }

  get homeRegistrar(): HomeRegistrar | undefined {
    return this.#node.homeRegistrar;
  }

  get sessions(): readonly Session[] {
    return Array.from(this.#sessions.values(), ({ session }) => session);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #poolHandle(form: PoolHandleForm): Uint8Array {
    return toPoolHandle(form, this.#options.maximumPoolHandleBytes);
  }

  #poolOrElement(form: PoolOrElement): ReturnType<typeof readPoolOrElement> {
    return readPoolOrElement(form, this.#options.maximumPoolHandleBytes);
  }

  /** Asks for a resolution; what throws here rejects the promise that `resolve` and `reject` belong to. */
  #request(
    form: PoolHandleForm,
    options: ResolveOptions | undefined,
    resolve: (pool: PoolResolution) => void,
    reject: (error: Error) => void,
  ): number {
    this.#ensureOpen();
    const poolHandle = this.#poolHandle(form);
    const request = ++this.#lastNumber;
    const bypassCache = options?.bypassCache ?? false;
    const items = options?.items;
    this.#resolutions.set(request, { form, poolHandle, resolve, reject });
    try {
      this.#driver.input(
        items === undefined
          ? { type: 'resolve', request, poolHandle, bypassCache }
          : { type: 'resolve', request, poolHandle, bypassCache, items },
      );
    } catch (error) {
      // What is refused at once waits for nothing; left here, close() would reject a promise that nobody has.
      this.#resolutions.take(request);
      throw error;
    }
    return request;
  }

  #createSession(
    poolHandle: Uint8Array,
    firstElement: PoolElement | undefined,
    options: ConnectOptions,
  ): { session: RunningSession; start: () => void } {
    const id = ++this.#lastNumber;
    const { heartbeat, onEvent, signal: _signal, ...own } = options;
    const beats =
      heartbeat === undefined
        ? {}
        : { heartbeatIntervalMs: heartbeat.intervalMs, heartbeatMaximumMissed: heartbeat.maximumMissed };
    const timing = { ...this.#options.timing, ...own.timing, ...beats };
    const limits = { ...this.#options.limits, ...own.limits };
    const session = new RunningSession({
      id,
      poolHandle,
      receiveHighWaterMarkBytes: this.#options.receiveHighWaterMarkBytes,
      sendHighWaterMarkBytes: limits.sendHighWaterMarkBytes,
      maximumMessageBytes: this.#maximumMessageBytes,
      onEvent,
      hasOwnCard: this.#options.node.ownCard !== undefined,
      command: (input) => {
        this.#driver.input({ type: 'session', session: id, input });
      },
      setPaused: (isPaused) => {
        this.#elements.setPaused(entry.association, isPaused);
      },
      whenReleased: () => this.#elements.closed(entry.association),
    });
    const entry: SessionEntry = { session, timing, association: 0 };
    this.#sessions.set(id, entry);
    const sessionOptions = {
      ...own,
      timing,
      limits,
      ...(firstElement === undefined ? {} : { firstElement }),
    };
    return {
      session,
      start: () => {
        this.#driver.input({ type: 'openSession', session: id, poolHandle, options: sessionOptions });
      },
    };
  }

  #perform(output: PoolUserNodeOutput): void {
    switch (output.type) {
      case 'registrar':
        this.#registrars.perform(output.output);
        break;
      case 'resolved': {
        const resolution = this.#resolutions.take(output.request);
        resolution?.resolve(toPoolResolution(output.pool, resolution.form));
        break;
      }
      case 'resolutionFailed': {
        const resolution = this.#resolutions.take(output.request);
        resolution?.reject(resolutionError(resolution.poolHandle, output.reason, output.causes));
        break;
      }
      case 'poolChanged':
      case 'watchFailed':
        this.#watches.perform(output);
        break;
      case 'delivery':
        if (output.output.type === 'event') this.#event(output.output.event);
        else this.#deliveries.perform(output.output);
        break;
      case 'session':
        this.#performSession(output);
        break;
      case 'event':
        this.#event(output.event);
        break;
    }
  }

  #performSession({ session: id, output }: Extract<PoolUserNodeOutput, { type: 'session' }>): void {
    const entry = this.#sessions.get(id);
    if (entry === undefined) return;
    entry.session.attach(this.#node.session(id));
    switch (output.type) {
      case 'message':
      case 'writable':
        entry.session.take(output);
        break;
      case 'event':
        logEvent(this.#options.logger, `session ${id}`, output.event);
        entry.session.take(output);
        if (isFinal(output.event)) this.#sessions.delete(id);
        break;
      case 'open':
        entry.association = output.association;
        this.#elements.run(output, heartbeatOf(entry.timing), entry.session.isPaused);
        break;
      default:
        this.#elements.run(output, heartbeatOf(entry.timing), entry.session.isPaused);
    }
  }

  #event(event: PoolUserEvent | DeliveryEvent): void {
    logEvent(this.#options.logger, 'pool user', event);
    publish('pool-user', event, describeNothing);
    this.#events.emit(event);
  }

  #ensureTransports(): void {
    if (this.#options.node.protocols.length > 0) return;
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      'Messages need a transport to the elements: give createPoolUser the option sessionTransports.',
    );
  }

  #ensureOpen(): void {
    if (this.#closing !== undefined) throw closedError();
  }

  async #close(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    await Promise.allSettled(sessions.map(async ({ session }) => await session.close()));
    for (const { reject } of this.#resolutions.values()) reject(closedError());
    this.#resolutions.clear();
    this.#watches.close(closedError());
    this.#stopListening?.();
    this.#driver.input({ type: 'shutdown' });
    this.#driver.stop();
    this.#deliveries.end();
    this.#registrars.stop();
    await this.#elements.allClosed();
    await this.#options.endpoint.close();
    await this.#options.group?.close();
  }
}

/** Events of a pool user belong to no session. */
function describeNothing(): { poolHandle: undefined; session: undefined } {
  return { poolHandle: undefined, session: undefined };
}

function heartbeatOf(timing: SessionTiming): { intervalMs: number; maximumMissed: number } {
  return { intervalMs: timing.heartbeatIntervalMs, maximumMissed: timing.heartbeatMaximumMissed };
}

function isFinal(event: SessionEvent): boolean {
  return event.type === 'closed' || event.type === 'failed';
}

function closedError(): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_POOL_USER_CLOSED', 'The pool user is closed: create a new one.');
}

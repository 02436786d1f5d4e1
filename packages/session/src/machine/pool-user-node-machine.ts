import {
  type HomeRegistrar,
  type PoolElementOfPool,
  type PoolUserInput,
  PoolUserMachine,
  type PoolUserOptions,
  type PoolUserOutput,
} from '@rserpool/asap';
import { type AssociationId, type Machine, type RemoteEndpoint, RserpoolError } from '@rserpool/wire';
import {
  NumberTable,
  OutputQueue,
  poolKey,
  type QueuedTimer,
  stoppedTimer,
  TimerQueue,
} from '@rserpool/wire/internal';
import type { BusinessCard } from './business-card.ts';
import type { DeliveryLimits } from './delivery/delivery-limits.ts';
import { DeliveryMachine } from './delivery/delivery-machine.ts';
import type { DeliveryInput, DeliveryOutput } from './delivery/delivery-types.ts';
import type { SessionProtocol } from './element-choice.ts';
import { GivenElements } from './given-elements.ts';
import { PoolSelectors } from './pool-selectors.ts';
import type {
  PoolUserNodeInput,
  PoolUserNodeOutput,
  SessionId,
  SessionOptions,
} from './pool-user-node-types.ts';
import type { SessionInput } from './session-input.ts';
import { SessionMachine } from './session-machine.ts';
import type { SessionOutput } from './session-output.ts';
import type { SessionTiming } from './session-timing.ts';

/** Options of a {@link PoolUserNodeMachine}. */
export interface PoolUserNodeOptions extends PoolUserOptions {
  /** Over which protocols sessions can reach elements. */
  readonly protocols: readonly SessionProtocol[];
  /**
   * The card of the element that this pool user is part of (PU/PE combination of RFC 5352 section 3.9); asked for each
   * time.
   */
  readonly ownCard?: () => BusinessCard | undefined;
  /** Times of the sessions; those of the profile `rfc` where they are absent. */
  readonly sessionTiming?: Partial<SessionTiming>;
  /** Limits of single messages; {@link defaultDeliveryLimits} where they are absent. */
  readonly deliveryLimits?: Partial<DeliveryLimits>;
}

/** A session and what is known of it from outside, with the timer for the earliest of its own. */
interface SessionEntry extends QueuedTimer {
  readonly session: SessionId;
  readonly machine: SessionMachine;
  readonly poolHandle: Uint8Array;
  readonly poolKey: string;
  /** The resolution that it waits for. */
  request: number | undefined;
  /** The associations that it closed last: what was not delivered there is still told. */
  readonly former: AssociationId[];
}

/** How many closed associations of a session are known: the one that carried messages, and attempts since. */
const mostFormer = 4;

/** Who asked for a resolution here inside. */
type Requester = { readonly session: SessionId } | { readonly delivery: number };

/**
 * A whole pool user without its network: the ASAP side towards the registrars, any number of sessions, and the glue
 * between them. Sessions resolve their pool handles and report unreachable elements through one
 * {@link PoolUserMachine}, so that they share its cache, its home registrar and the state of the policies.
 */
export class PoolUserNodeMachine implements Machine<PoolUserNodeInput, PoolUserNodeOutput> {
  readonly #options: PoolUserNodeOptions;
  readonly #poolUser: PoolUserMachine;
  readonly #selectors: PoolSelectors;
  readonly #delivery: DeliveryMachine;
  readonly #outputs = new OutputQueue<PoolUserNodeOutput>();
  readonly #timers: TimerQueue<SessionEntry> = new TimerQueue();
  readonly #sessions: Map<SessionId, SessionEntry> = new Map();
  readonly #associations: NumberTable<SessionId> = new NumberTable();
  readonly #given = new GivenElements();
  /** The requests that are not the application's: their numbers are negative. */
  readonly #requests: NumberTable<Requester> = new NumberTable();
  readonly #deliveryRequests: NumberTable<number> = new NumberTable();
  /** What one machine wants of another waits until the first one is drained. */
  readonly #poolUserInputs = new OutputQueue<PoolUserInput>();
  readonly #deliveryInputs = new OutputQueue<DeliveryInput>();
  readonly #sessionInputs = new OutputQueue<{ session: SessionId; input: SessionInput }>();
  #lastRequest = 0;

  /**
   * @param options - Registrars, times, protocols.
   */
  constructor(options: PoolUserNodeOptions) {
    this.#options = options;
    this.#poolUser = new PoolUserMachine(options);
    this.#selectors = new PoolSelectors(options.random);
    const { protocols, allocateAssociation, ownCard, sessionTiming, deliveryLimits } = options;
    this.#delivery = new DeliveryMachine({
      protocols,
      allocateAssociation,
      selectors: this.#selectors,
      ...(ownCard === undefined ? {} : { ownCard }),
      ...(sessionTiming === undefined ? {} : { timing: sessionTiming }),
      ...(deliveryLimits === undefined ? {} : { limits: deliveryLimits }),
    });
  }

  /** The home registrar, while there is an association to it. */
  get homeRegistrar(): HomeRegistrar | undefined {
    return this.#poolUser.homeRegistrar;
  }

  /** How many sessions there are that have not ended. */
  get sessionCount(): number {
    return this.#sessions.size;
  }

  /**
   * A session, to read its state, or `undefined` where it has ended; change it only through {@link handle}.
   *
   * @param session - Its number.
   */
  session(session: SessionId): SessionMachine | undefined {
    return this.#sessions.get(session)?.machine;
  }

  /**
   * Names the pool element that sends from an address, where the cache knows it (RFC 5352 section 6.6).
   *
   * @param remote - Where a message came from.
   */
  elementAt(remote: RemoteEndpoint): PoolElementOfPool | undefined {
    return this.#poolUser.elementAt(remote);
  }

  /**
   * Takes one input.
   *
   * @param input - What happened.
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for the number of a session or request that is in use.
   */
  handle(input: PoolUserNodeInput, now: number): void {
    switch (input.type) {
      case 'registrar':
        this.#poolUserInputs.push(input.input);
        break;
      case 'resolve':
        this.#resolveForApplication(input);
        break;
      case 'cancel':
        if (input.request >= 0) this.#poolUserInputs.push(input);
        break;
      case 'reportUnreachable':
        this.#reportForApplication(input);
        break;
      case 'purge':
      case 'populate':
      case 'watch':
      case 'unwatch':
        this.#poolUserInputs.push(input);
        break;
      case 'deliver':
      case 'cancelDelivery':
        this.#deliveryInputs.push(input);
        break;
      case 'shutdown':
        this.#deliveryInputs.push(input);
        for (const session of this.#sessions.keys())
          this.#sessionInputs.push({ session, input: { type: 'abort' } });
        this.#run(now);
        this.#poolUserInputs.push(input);
        break;
      case 'openSession':
        this.#openSession(input.session, input.poolHandle, input.options);
        break;
      case 'session':
        this.#sessionInputs.push(input);
        break;
      default: {
        const session = this.#associations.get(input.association);
        if (session !== undefined) this.#sessionInputs.push({ session, input });
        else this.#deliveryInputs.push(input);
        // A restart is answered with a close, which frees the number.
        if (input.type === 'associationLost' && input.reason !== 'restarted') {
          this.#associations.take(input.association);
        }
      }
    }
    this.#run(now);
  }

  /** The next thing to do, in order, or `undefined` when there is nothing left. */
  poll(): PoolUserNodeOutput | undefined {
    return this.#outputs.take();
  }

  /** When {@link handleTimeout} wants to be called, or `undefined` while no timer runs. */
  nextTimeout(): number | undefined {
    return earlier(this.#poolUser.nextTimeout(), earlier(this.#delivery.nextTimeout(), this.#timers.next()));
  }

  /**
   * Runs the timers that are due.
   *
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   */
  handleTimeout(now: number): void {
    for (let due = this.nextTimeout(); due !== undefined && due <= now; due = this.nextTimeout()) {
      if (due === this.#poolUser.nextTimeout()) {
        this.#poolUser.handleTimeout(now);
        this.#drainPoolUser();
      } else if (due === this.#delivery.nextTimeout()) {
        this.#delivery.handleTimeout(now);
        this.#drainDelivery();
      } else {
        this.#handleSessionTimeout(now);
      }
      this.#run(now);
    }
  }

  #handleSessionTimeout(now: number): void {
    const entry = this.#timers.takeExpired(now);
    if (entry === undefined) return;
    entry.machine.handleTimeout(now);
    this.#drainSession(entry);
  }

  #openSession(session: SessionId, poolHandle: Uint8Array, own: SessionOptions | undefined): void {
    if (this.#sessions.has(session)) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_ARGUMENT',
        `Session ${session} exists: draw a new number.`,
      );
    }
    const { protocols, random, allocateAssociation, ownCard, sessionTiming } = this.#options;
    const machine = new SessionMachine({
      ...own,
      protocols,
      random,
      allocateAssociation,
      ...(ownCard === undefined ? {} : { ownCard }),
      selectors: this.#selectors,
      timing: { ...sessionTiming, ...own?.timing },
    });
    const entry: SessionEntry = {
      ...stoppedTimer(),
      session,
      machine,
      poolHandle,
      poolKey: poolKey(poolHandle),
      request: undefined,
      former: [],
    };
    this.#sessions.set(session, entry);
    this.#sessionInputs.push({ session, input: { type: 'connect' } });
  }

  /** Lets inputs pass between the machines until none waits. */
  #run(now: number): void {
    for (;;) {
      const forPoolUser = this.#poolUserInputs.take();
      if (forPoolUser !== undefined) {
        this.#poolUser.handle(forPoolUser, now);
        this.#drainPoolUser();
        continue;
      }
      const forDelivery = this.#deliveryInputs.take();
      if (forDelivery !== undefined) {
        this.#delivery.handle(forDelivery, now);
        this.#drainDelivery();
        continue;
      }
      const forSession = this.#sessionInputs.take();
      if (forSession === undefined) return;
      const entry = this.#sessions.get(forSession.session);
      if (entry === undefined) continue;
      entry.machine.handle(forSession.input, now);
      this.#drainSession(entry);
    }
  }

  #drainPoolUser(): void {
    for (let output = this.#poolUser.poll(); output !== undefined; output = this.#poolUser.poll()) {
      if (output.type === 'resolved' || output.type === 'resolutionFailed') this.#answer(output);
      else if (output.type === 'poolChanged') this.#poolChanged(output);
      else if (output.type === 'event' || output.type === 'watchFailed') this.#outputs.push(output);
      else this.#outputs.push({ type: 'registrar', output });
    }
  }

  #answer(output: Extract<PoolUserOutput, { type: 'resolved' | 'resolutionFailed' }>): void {
    if (output.request >= 0) {
      if (output.type === 'resolved')
        this.#given.give(poolKey(output.pool.poolHandle), output.pool.poolElements);
      this.#outputs.push(output);
      return;
    }
    const requester = this.#requests.take(output.request);
    if (requester === undefined) return;
    if ('delivery' in requester) {
      this.#deliveryRequests.take(requester.delivery);
      this.#deliveryInputs.push({ ...output, request: requester.delivery });
      return;
    }
    const entry = this.#sessions.get(requester.session);
    if (entry === undefined) return;
    entry.request = undefined;
    this.#sessionInputs.push({ session: requester.session, input: output });
  }

  #drainDelivery(): void {
    for (let output = this.#delivery.poll(); output !== undefined; output = this.#delivery.poll()) {
      this.#fromDelivery(output);
    }
  }

  #fromDelivery(output: DeliveryOutput): void {
    switch (output.type) {
      case 'resolve': {
        const { poolHandle, bypassCache } = output;
        const request = this.#request({ delivery: output.request });
        this.#deliveryRequests.set(output.request, request);
        this.#poolUserInputs.push({ type: 'resolve', request, poolHandle, bypassCache });
        break;
      }
      case 'cancelResolution': {
        const request = this.#deliveryRequests.take(output.request);
        if (request !== undefined) this.#cancel(request);
        break;
      }
      case 'populateCache':
        this.#poolUserInputs.push({ type: 'populate', poolHandle: output.poolHandle, evenIfFresh: false });
        break;
      case 'reportUnreachable':
        this.#poolUserInputs.push(output);
        break;
      case 'delivered':
        for (const { element } of output.targets) {
          if (element !== undefined) {
            this.#given.giveOne(poolKey(element.poolHandle), element.poolElement.identifier);
          }
        }
        this.#outputs.push({ type: 'delivery', output });
        break;
      default:
        this.#outputs.push({ type: 'delivery', output });
    }
  }

  #drainSession(entry: SessionEntry): void {
    for (let output = entry.machine.poll(); output !== undefined; output = entry.machine.poll()) {
      this.#fromSession(entry, output);
    }
    const { state } = entry.machine;
    if (state === 'closed' || state === 'failed') {
      this.#forgetFormer(entry, 0);
      this.#sessions.delete(entry.session);
    }
    const at = entry.machine.nextTimeout();
    if (at === undefined) this.#timers.stop(entry);
    else if (entry.timerPlace < 0 || entry.timerAt !== at) this.#timers.set(entry, at);
  }

  #forgetFormer({ former }: SessionEntry, most: number): void {
    while (former.length > most) {
      const [oldest] = former;
      former.shift();
      if (oldest !== undefined) this.#associations.take(oldest);
    }
  }

  #fromSession(entry: SessionEntry, output: SessionOutput): void {
    const { session, poolHandle } = entry;
    switch (output.type) {
      case 'resolve': {
        const { bypassCache } = output;
        const request = this.#request({ session });
        entry.request = request;
        this.#poolUserInputs.push({ type: 'resolve', request, poolHandle, bypassCache });
        break;
      }
      case 'cancelResolution':
        if (entry.request !== undefined) this.#cancel(entry.request);
        entry.request = undefined;
        break;
      case 'reportUnreachable':
        // The session's report is the one that may be made until the element is given again.
        this.#given.take(entry.poolKey, output.poolElementIdentifier);
        this.#reportUnreachable(poolHandle, output.poolElementIdentifier);
        break;
      case 'populateCache':
        this.#poolUserInputs.push({
          type: 'populate',
          poolHandle: output.poolHandle ?? poolHandle,
          evenIfFresh: false,
        });
        break;
      case 'open':
        this.#given.giveOne(entry.poolKey, output.poolElement.identifier);
        this.#associations.set(output.association, session);
        this.#outputs.push({ type: 'session', session, output });
        break;
      case 'close':
        entry.former.push(output.association);
        this.#forgetFormer(entry, mostFormer);
        this.#outputs.push({ type: 'session', session, output });
        break;
      default:
        this.#outputs.push({ type: 'session', session, output });
    }
  }

  // A literal, not a copy with one more field: there is one shape of it, and it is made for every failure.
  #reportUnreachable(poolHandle: Uint8Array, poolElementIdentifier: number): void {
    this.#poolUserInputs.push({ type: 'reportUnreachable', poolHandle, poolElementIdentifier });
  }

  #resolveForApplication(input: Extract<PoolUserInput, { type: 'resolve' }>): void {
    if (!(input.request >= 0)) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_ARGUMENT',
        `Request ${input.request} has a negative number: those are used here inside.`,
      );
    }
    this.#poolUserInputs.push(input);
  }

  // RFC 5352 section 6.9.2.
  #reportForApplication(input: Extract<PoolUserInput, { type: 'reportUnreachable' }>): void {
    const { poolHandle, poolElementIdentifier } = input;
    if (this.#given.take(poolKey(poolHandle), poolElementIdentifier)) {
      this.#poolUserInputs.push(input);
      return;
    }
    const event = { type: 'unreachableReportDropped', poolHandle, poolElementIdentifier } as const;
    this.#outputs.push({ type: 'event', event });
  }

  #poolChanged(output: Extract<PoolUserOutput, { type: 'poolChanged' }>): void {
    if (output.pool !== undefined)
      this.#given.give(poolKey(output.pool.poolHandle), output.pool.poolElements);
    this.#outputs.push(output);
  }

  #request(requester: Requester): number {
    this.#lastRequest -= 1;
    this.#requests.set(this.#lastRequest, requester);
    return this.#lastRequest;
  }

  #cancel(request: number): void {
    this.#requests.take(request);
    this.#poolUserInputs.push({ type: 'cancel', request });
  }
}

function earlier(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined) return other;
  return other === undefined || one <= other ? one : other;
}

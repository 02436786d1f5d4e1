import type { ResolvedPool } from '@rserpool/asap';
import type { AllocateAssociation, AssociationId, Machine, PoolElement } from '@rserpool/wire';
import { OutputQueue, TimerTable } from '@rserpool/wire/internal';
import {
  type AttemptFailure,
  type ElementLossReason,
  isUnreachable,
  type SessionFailure,
} from './attempt-failure.ts';
import { isControlled } from './control-channel.ts';
import { ElementChoice } from './element-choice.ts';
import { FailoverRecord } from './failover-record.ts';
import { FormerElement } from './former-element.ts';
import { RetryBudget } from './retry-budget.ts';
import { SendPath } from './send-path.ts';
import { SessionControl } from './session-control.ts';
import type { SessionEvent } from './session-event.ts';
import type { SessionInput } from './session-input.ts';
import type { SessionMessage } from './session-message.ts';
import type { SessionMachineOptions, SessionState } from './session-machine-options.ts';
import type { SessionOutput } from './session-output.ts';
import { type SessionTiming, sessionTimingProfiles } from './session-timing.ts';

type SessionTimer = 'deadline' | 'element-connect' | 'retry' | 'stability' | 'close';

/**
 * One session of a pool user: it finds an element of the pool, keeps the element's latest cookie, and when the
 * element is lost goes on with another one that is sent the cookie first (RFC 5352 section 3.8).
 */
export class SessionMachine implements Machine<SessionInput, SessionOutput> {
  readonly #timing: SessionTiming;
  readonly #allocateAssociation: AllocateAssociation;
  readonly #outputs = new OutputQueue<SessionOutput>();
  readonly #timers = new TimerTable<SessionTimer>();
  readonly #choice: ElementChoice;
  readonly #budget: RetryBudget;
  readonly #record: FailoverRecord;
  readonly #sendPath: SendPath;
  readonly #control: SessionControl;
  readonly #firstElement: PoolElement | undefined;
  readonly #hasFailover: boolean;
  readonly #mayReturn: boolean;

  #state: SessionState = 'idle';
  #isClosing = false;
  #hasBypassedCache = false;
  #association: AssociationId | undefined;
  #element: PoolElement | undefined;
  readonly #former: FormerElement = new FormerElement();
  #lastAttempt: AttemptFailure | undefined;

  /**
   * @param options - What the session needs.
   */
  constructor(options: SessionMachineOptions) {
    this.#timing = { ...sessionTimingProfiles.rfc, ...options.timing };
    this.#allocateAssociation = options.allocateAssociation;
    this.#choice = new ElementChoice(options.selectors, options.protocols, options.preferredOrder);
    this.#budget = new RetryBudget(this.#timing, options.random);
    this.#record = new FailoverRecord(this.#timing);
    this.#sendPath = new SendPath(this.#outputs, options.resend ?? 'none', options.limits);
    this.#control = new SessionControl(this.#outputs, this.#choice, this.#sendPath, options);
    this.#firstElement = options.firstElement;
    this.#hasFailover = options.failover ?? true;
    this.#mayReturn = options.mayReturn ?? false;
  }

  /** Where the session is. */
  get state(): SessionState {
    return this.#state;
  }

  /** The element that the session has, or `undefined` while it has none. */
  get element(): PoolElement | undefined {
    return this.#state === 'connected' ? this.#element : undefined;
  }

  /** The latest cookie, or `undefined` before the first. */
  get cookie(): Uint8Array | undefined {
    return this.#control.cookie;
  }

  /** Whether messages may be sent without waiting; an output `writable` follows a time when they may not. */
  get isWritable(): boolean {
    return this.#sendPath.isWritable;
  }

  /** How many messages the application has sent so far. */
  get messagesTaken(): number {
    return this.#sendPath.taken;
  }

  /**
   * Why a message of this length would be refused now: `ended`, `queueFull` (nothing takes the messages) or
   * `retainedFull` (no cookie comes), or `undefined` where it would be taken.
   *
   * @param bytes - How long the message is.
   */
  refusal(bytes: number): 'ended' | 'queueFull' | 'retainedFull' | undefined {
    return this.#isEnded() || this.#isClosing ? 'ended' : this.#sendPath.refusal(bytes);
  }

  /**
   * Takes one input.
   *
   * @param input - What happened.
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   */
  handle(input: SessionInput, now: number): void {
    if (this.#isEnded()) return;
    switch (input.type) {
      case 'connect':
        this.#connect(now);
        break;
      case 'send':
        this.#sendPath.send(input.message);
        break;
      case 'businessCard':
        this.#control.recommend(input.poolElements);
        break;
      case 'forceFailover':
        this.#leave('forced', 'graceful', input.reportUnreachable, now);
        break;
      case 'close':
        this.#close(now);
        break;
      case 'abort':
        this.#end(true);
        break;
      case 'resolved':
        if (this.#state === 'resolving') this.#resolved(input.pool, now);
        break;
      case 'resolutionFailed':
        if (this.#state === 'resolving') {
          this.#attemptFailed({ kind: 'resolution', reason: input.reason, causes: input.causes });
          this.#pause(now);
        }
        break;
      default:
        if (input.association === this.#association) this.#fromNetwork(input, now);
        else if (input.type === 'sendFailed') this.#sendFailedThere(input);
    }
  }

  /** The next thing to do, in order, or `undefined` when there is nothing left. */
  poll(): SessionOutput | undefined {
    return this.#outputs.take();
  }

  /** When {@link handleTimeout} wants to be called, or `undefined` while no timer runs. */
  nextTimeout(): number | undefined {
    return this.#timers.next();
  }

  /**
   * Runs the timers that are due.
   *
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   */
  handleTimeout(now: number): void {
    for (
      let timer = this.#timers.takeExpired(now);
      timer !== undefined;
      timer = this.#timers.takeExpired(now)
    ) {
      switch (timer) {
        case 'deadline':
          this.#fail(this.#record.isUnderWay ? 'failoverTimeout' : 'connectTimeout');
          break;
        case 'element-connect':
          this.#leave('connect-timeout', 'abort', true, now);
          break;
        case 'retry':
          this.#resolve(true);
          break;
        case 'stability':
          this.#budget.reset();
          this.#choice.forgetFailed();
          break;
        case 'close':
          this.#end(true);
          break;
      }
    }
  }

  #connect(now: number): void {
    if (this.#state !== 'idle') return;
    this.#timers.set('deadline', now + this.#timing.connectTimeoutMs);
    if (this.#firstElement === undefined) this.#resolve(false);
    else {
      // Section 6.5.3: A) the element is used as it is, then B) the cache learns of the others.
      this.#tryElement(this.#firstElement, now);
      this.#outputs.push({ type: 'populateCache' });
    }
  }

  #resolve(bypassCache: boolean): void {
    if (this.#budget.isSpent) {
      this.#fail('tooManyAttempts');
      return;
    }
    this.#state = 'resolving';
    this.#hasBypassedCache = bypassCache;
    this.#event({ type: 'resolving', attempt: this.#budget.attempts + 1, bypassCache });
    this.#outputs.push({ type: 'resolve', bypassCache });
  }

  #resolved(pool: ResolvedPool, now: number): void {
    this.#hasBypassedCache ||= !pool.fromCache;
    if (this.#choice.offer(pool) === 0) {
      this.#attemptFailed({ kind: 'noUsableElement', elements: pool.poolElements.length });
      if (this.#hasBypassedCache) this.#pause(now);
      else this.#resolve(true);
    } else {
      this.#tryNextElement(now);
    }
  }

  #tryNextElement(now: number): void {
    if (this.#budget.isSpent) {
      this.#fail('tooManyAttempts');
      return;
    }
    const element = this.#choice.next();
    if (element === undefined) {
      // A cached answer may be outdated: before the pause, the registrar is asked once.
      if (this.#hasBypassedCache) this.#pause(now);
      else this.#resolve(true);
      return;
    }
    this.#tryElement(element, now);
  }

  #tryElement(element: PoolElement, now: number): void {
    const attempt = this.#budget.attempts + 1;
    const association = this.#allocateAssociation();
    this.#state = 'connecting';
    this.#element = element;
    this.#association = association;
    this.#timers.set('element-connect', now + this.#timing.elementConnectTimeoutMs);
    this.#event({ type: 'selected', element, attempt });
    this.#event({ type: 'connecting', element, attempt });
    this.#outputs.push({ type: 'open', association, poolElement: element });
  }

  #pause(now: number): void {
    if (this.#budget.isSpent) {
      this.#fail('tooManyAttempts');
      return;
    }
    this.#choice.forgetFailed();
    this.#state = 'waiting';
    const delayMs = this.#budget.nextDelayMs();
    this.#event({ type: 'retry', attempt: this.#budget.attempts + 1, delayMs });
    this.#timers.set('retry', now + delayMs);
  }

  #attemptFailed(failure: AttemptFailure): void {
    this.#budget.spend();
    this.#lastAttempt = failure;
    this.#event({ type: 'attemptFailed', attempt: this.#budget.attempts, failure });
  }

  #fromNetwork(input: Extract<SessionInput, { association: AssociationId }>, now: number): void {
    if (isSignOfLife(input)) this.#record.sign(now);
    switch (input.type) {
      case 'associationUp':
        this.#up(input.association, input.controlChannel, input.heartbeats, now);
        break;
      case 'associationLost':
        this.#leave(
          input.reason,
          input.reason === 'restarted' ? 'abort' : 'none',
          isUnreachable(input.reason),
          now,
        );
        break;
      case 'data':
        this.#control.served();
        if (this.#element !== undefined) {
          this.#outputs.push({ type: 'message', message: input.message, element: this.#element });
        }
        break;
      case 'control':
        if (this.#control.received(input.message, input.reports)) {
          this.#leave('cookie-refused', 'graceful', false, now);
        }
        break;
      case 'malformedControl':
        this.#control.malformed(input.error);
        break;
      case 'congested':
        this.#sendPath.congested();
        break;
      case 'writable':
        this.#sendPath.flush();
        this.#closeWhenFlushed();
        break;
      case 'pathChanged':
        if (this.#element !== undefined) {
          const { address, state, primary } = input;
          this.#event({ type: 'pathChanged', element: this.#element, address, state, primary });
        }
        break;
      case 'notSent':
        this.#sendPath.notSent(input.message);
        break;
      case 'sendFailed':
        if (!this.#sendPath.isRetaining) this.#sendFailed(input.message, this.#element, true);
        break;
    }
  }

  #up(association: AssociationId, controlChannel: boolean, heartbeats: boolean, now: number): void {
    const element = this.#element;
    if (this.#state !== 'connecting' || element === undefined) return;
    const hasControlChannel = controlChannel && isControlled(element.userTransport);
    this.#state = 'connected';
    this.#timers.stop('deadline');
    this.#timers.stop('element-connect');
    this.#timers.set('stability', now + this.#timing.stabilityMs);
    const withCookie = hasControlChannel && this.#control.open(association);
    const resentMessages = this.#sendPath.open(association, hasControlChannel);
    this.#event({ type: 'connected', element, controlChannel: hasControlChannel });
    const failover = this.#record.up(heartbeats, this.#budget.attempts, now);
    if (failover !== undefined) {
      const { from, durationMs, attempts } = failover;
      this.#event({
        type: 'failoverComplete',
        from,
        durationMs,
        attempts,
        to: element,
        withCookie,
        resentMessages,
      });
    }
    this.#closeWhenFlushed();
  }

  /** The element is gone or given up: tells a registrar where it has to know, and looks for another one. */
  #leave(
    reason: ElementLossReason,
    closing: 'none' | 'graceful' | 'abort',
    report: boolean,
    now: number,
  ): void {
    const element = this.#element;
    const association = this.#association;
    if (element === undefined || association === undefined) return;
    if (closing !== 'none') this.#outputs.push({ type: 'close', association, abort: closing === 'abort' });
    const wasConnected = this.#state === 'connected';
    if (wasConnected) this.#former.left(association, element);
    this.#association = undefined;
    this.#element = undefined;
    this.#timers.stop('element-connect');
    const givenUp = this.#sendPath.close();
    this.#control.close();
    // Of elements that could not be reached at all each is tried once in a round, or a round would never end.
    if (!wasConnected || !this.#mayReturn) this.#choice.markFailed(element.identifier);
    if (wasConnected) this.#lost(element, reason, now);
    else this.#attemptFailed({ kind: 'element', element, reason });
    for (const { message, mayHaveArrived } of givenUp) this.#sendFailed(message, element, mayHaveArrived);
    if (report) {
      this.#event({ type: 'reportedUnreachable', element, reason });
      this.#outputs.push({ type: 'reportUnreachable', poolElementIdentifier: element.identifier });
    }
    if (this.#isClosing && this.#sendPath.isFlushed) this.#end(true);
    else if (!this.#hasFailover) this.#fail('noFailover');
    else if (wasConnected) this.#resolve(false);
    else this.#tryNextElement(now);
  }

  #lost(element: PoolElement, reason: ElementLossReason, now: number): void {
    this.#lastAttempt = { kind: 'element', element, reason };
    const detectMs = this.#record.lost(element, this.#budget.attempts, now);
    // An element that accepts and dies at once has to count, or the session would jump between such for ever.
    if (this.#timers.get('stability') !== undefined && reason !== 'forced') this.#budget.spend();
    this.#timers.stop('stability');
    this.#timers.set('deadline', now + this.#timing.failoverTimeoutMs);
    this.#event({ type: 'elementLost', element, reason, detectMs });
    if (!this.#hasFailover) return;
    this.#event({ type: 'failoverStarted', from: element, hasCookie: this.#control.cookie !== undefined });
  }

  #close(now: number): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#timers.set('close', now + this.#timing.closeTimeoutMs);
    this.#closeWhenFlushed();
  }

  #closeWhenFlushed(): void {
    if (this.#isClosing && this.#sendPath.isFlushed) this.#end(this.#state !== 'connected');
  }

  #end(abort: boolean): void {
    this.#letGo(abort);
    this.#state = 'closed';
    this.#event({ type: 'closed', undelivered: this.#returnUndelivered() });
  }

  #fail(reason: SessionFailure['reason']): void {
    this.#letGo(true);
    this.#state = 'failed';
    this.#returnUndelivered();
    const failure: SessionFailure =
      this.#lastAttempt === undefined
        ? { reason, attempts: this.#budget.attempts }
        : { reason, attempts: this.#budget.attempts, lastAttempt: this.#lastAttempt };
    this.#event({ type: 'failed', failure });
  }

  /** Error.Report with the message (section 6.7), for each that no element took. */
  #returnUndelivered(): number {
    const messages = this.#sendPath.takeUndelivered();
    for (const message of messages) this.#sendFailed(message, undefined, false);
    return messages.length;
  }

  /** The element that was left on purpose has not acknowledged a message. */
  #sendFailedThere({ association, message }: Extract<SessionInput, { type: 'sendFailed' }>): void {
    const element = this.#former.at(association);
    if (element !== undefined && !this.#sendPath.isRetaining) this.#sendFailed(message, element, true);
  }

  #sendFailed(message: SessionMessage, element: PoolElement | undefined, mayHaveArrived: boolean): void {
    this.#event({ type: 'sendFailed', message, element, mayHaveArrived });
  }

  #letGo(abort: boolean): void {
    this.#timers.clear();
    if (this.#state === 'resolving') this.#outputs.push({ type: 'cancelResolution' });
    if (this.#association !== undefined) {
      this.#outputs.push({ type: 'close', association: this.#association, abort });
    }
    this.#association = undefined;
    this.#element = undefined;
    this.#former.forget();
    this.#sendPath.close();
    this.#control.close();
  }

  #isEnded(): boolean {
    return this.#state === 'closed' || this.#state === 'failed';
  }

  #event(event: SessionEvent): void {
    this.#outputs.push({ type: 'event', event });
  }
}

/** Whether the element must have lived a moment ago for this to happen. */
function isSignOfLife({ type }: Extract<SessionInput, { association: AssociationId }>): boolean {
  return type !== 'associationLost' && type !== 'notSent' && type !== 'sendFailed' && type !== 'pathChanged';
}

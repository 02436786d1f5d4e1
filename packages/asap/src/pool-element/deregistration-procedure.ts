import type { AsapMessage, ErrorCause } from '@rserpool/wire';
import type { PoolElementContext } from './pool-element-context.ts';
import { poolElementTimers } from './pool-element-context.ts';
import type { PoolElementIdentity } from './pool-element-event.ts';

/**
 * Deregistration (RFC 5352 section 3.2): D1-D4 with T3. The RFC names no threshold; as for registrations,
 * MAX-REG-ATTEMPT bounds the attempts, after which the registration life does the rest.
 */
export class DeregistrationProcedure {
  readonly #context: PoolElementContext;
  readonly #identity: PoolElementIdentity;
  #isOutstanding = false;
  #attempts = 0;
  #isOver = false;

  constructor(context: PoolElementContext, identity: PoolElementIdentity) {
    this.#context = context;
    this.#identity = identity;
  }

  /** Whether the element has left the pool, or was given up. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Sends the deregistration, or looks for a registrar to send it to. */
  start(now: number): void {
    if (this.#context.home.current === undefined) this.#context.home.seek('noHomeRegistrar', now);
    else this.#send(now);
  }

  /** There is a new home registrar. */
  homeChanged(now: number): void {
    this.#send(now);
  }

  /** The association broke before the answer came. */
  sendFailed(now: number): void {
    if (this.#isOutstanding) this.#unanswered('sendFailure', now);
  }

  /** T3-deregistration expired. */
  timeout(now: number): void {
    if (this.#isOutstanding) this.#unanswered('timeout', now);
  }

  /** An ASAP_DEREGISTRATION_RESPONSE from the home registrar. */
  answered(response: Extract<AsapMessage, { type: 'ASAP_DEREGISTRATION_RESPONSE' }>): void {
    if (!this.#isOutstanding) return;
    if (response.error === undefined) {
      this.#end();
      this.#context.emit({ type: 'deregistered', ...this.#identity });
    } else {
      this.#fail('rejected', response.error.causes);
    }
  }

  /** A hunt gave up. */
  noRegistrar(): void {
    if (!this.#isOver) this.#fail('noRegistrar', []);
  }

  #send(now: number): void {
    const { home, runtime } = this.#context;
    if (home.current === undefined) return;
    this.#isOutstanding = true;
    this.#attempts += 1;
    runtime.send(home.current.association, { type: 'ASAP_DEREGISTRATION', ...this.#identity });
    runtime.timers.set(poolElementTimers.deregistration, now + runtime.timing.deregistrationTimeoutMs);
    this.#context.emit({ type: 'deregistrationSent', ...this.#identity, attempt: this.#attempts });
  }

  #unanswered(reason: 'timeout' | 'sendFailure', now: number): void {
    const { home, runtime } = this.#context;
    this.#isOutstanding = false;
    runtime.timers.stop(poolElementTimers.deregistration);
    const attempt = this.#attempts;
    this.#context.emit({ type: 'deregistrationUnanswered', ...this.#identity, attempt, reason });
    home.abandon();
    if (attempt >= runtime.timing.maximumRegistrationAttempts) this.#fail('attempts', []);
    else home.seek(reason === 'timeout' ? 'requestTimeout' : 'sendFailure', now);
  }

  #fail(reason: 'rejected' | 'attempts' | 'noRegistrar', causes: readonly ErrorCause[]): void {
    this.#end();
    this.#context.emit({ type: 'deregistrationFailed', ...this.#identity, reason, causes });
  }

  #end(): void {
    this.#isOutstanding = false;
    this.#isOver = true;
    this.#context.runtime.timers.stop(poolElementTimers.deregistration);
  }
}

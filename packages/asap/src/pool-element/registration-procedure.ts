import type { AsapMessage, ErrorCause } from '@rserpool/wire';
import { bytesEqual } from '@rserpool/wire';
import type { HomeRegistrar } from '../server-hunt/home-registrar.ts';
import type { ServerHuntReason } from '../server-hunt/server-hunt-event.ts';
import type { PoolElementContext } from './pool-element-context.ts';
import { poolElementTimers } from './pool-element-context.ts';
import type { HomeChangeReason, PoolElementIdentity } from './pool-element-event.ts';
import type { PoolElementRegistration } from './pool-element-input.ts';
import { reregistrationDelayMs } from './reregistration-delay.ts';

/**
 * Registration and re-registration (RFC 5352 section 3.1): R1-R4 with T2, MAX-REG-ATTEMPT, T4, and what follows a
 * rejection or an expiry.
 */
export class RegistrationProcedure {
  readonly #context: PoolElementContext;
  readonly #poolHandle: Uint8Array;
  /** What the application wants to be registered. */
  #wanted: PoolElementRegistration;
  /** What was sent and not yet answered. */
  #outstanding: PoolElementRegistration | undefined;
  /** What the registrar accepted last. */
  #accepted: PoolElementRegistration | undefined;
  /** Whether a registration has to be sent as soon as there is a home registrar. */
  #isDue = false;
  #halted: 'rejected' | 'failed' | undefined;
  #attempts = 0;
  #sentAt: number | undefined;

  constructor(context: PoolElementContext, poolHandle: Uint8Array, wanted: PoolElementRegistration) {
    this.#context = context;
    this.#poolHandle = poolHandle;
    this.#wanted = wanted;
  }

  /** Names the element in events and messages. */
  get identity(): PoolElementIdentity {
    return { poolHandle: this.#poolHandle, poolElementIdentifier: this.#wanted.identifier };
  }

  /** What the application wants to be registered. */
  get wanted(): PoolElementRegistration {
    return this.#wanted;
  }

  /** Whether any registration was ever sent, so that a registrar may know the element. */
  get wasSent(): boolean {
    return this.#sentAt !== undefined;
  }

  /** Whether a request is outstanding, or waits for a home registrar. */
  get isBusy(): boolean {
    return this.#isDue || this.#outstanding !== undefined;
  }

  /** Whether the element is registered, or about to register again, and wants to stay so. */
  get isAlive(): boolean {
    return this.#halted === undefined && this.wasSent;
  }

  /** Whether no registrar was found, or none answered: the element knows of no home registrar, though one may know it. */
  get hasGivenUp(): boolean {
    return this.#halted === 'failed';
  }

  /** Whether a message is about this element; KA1 asks for it. */
  isAbout(poolHandle: Uint8Array, poolElementIdentifier: number | undefined): boolean {
    if (poolElementIdentifier !== undefined && poolElementIdentifier !== this.#wanted.identifier)
      return false;
    return bytesEqual(poolHandle, this.#poolHandle);
  }

  /** Registers, with new values or (after a rejection or a failure) anew. */
  request(wanted: PoolElementRegistration, now: number): void {
    this.#wanted = wanted;
    this.#halted = undefined;
    // Frequent changes (loads) must not keep registrations that nobody answers from coming to their end.
    if (!this.isBusy) this.#attempts = 0;
    // An outstanding registration is answered first: the answer says nothing about which one it belongs to.
    if (this.#outstanding === undefined) this.repeat('noHomeRegistrar', now);
  }

  /** Starts at R1: sends the registration, or looks for a registrar to send it to. */
  repeat(reason: ServerHuntReason, now: number): void {
    this.#isDue = true;
    if (this.#context.home.current === undefined) this.#context.home.seek(reason, now);
    else this.#send(now);
  }

  /** There is a new home registrar. */
  homeChanged(reason: HomeChangeReason, now: number): void {
    if (this.#halted === 'rejected') return;
    const isFound = reason === 'hunt' || reason === 'probe';
    if (this.#halted === 'failed' && isFound) return;
    // Who was reached again may have removed the element while it could not be reached.
    const mustRegister = isFound || this.isBusy || this.#halted === 'failed';
    if (!mustRegister) return;
    if (this.#halted === 'failed' || reason === 'keepAlive') this.#attempts = 0;
    this.#halted = undefined;
    this.#outstanding = undefined;
    this.#isDue = true;
    this.#send(now);
  }

  /**
   * Another registrar holds itself for the home registrar. A registration is what all registrars believe (RFC 5353
   * section 3.3.1), so that it settles the matter; T4 may be minutes away.
   */
  settle(rival: HomeRegistrar, now: number): void {
    const { home, runtime } = this.#context;
    if (home.current === undefined || this.isBusy || this.#halted !== undefined) return;
    const registrationAt = Math.max(
      now,
      (this.#sentAt ?? now) + runtime.timing.minimumReregistrationIntervalMs,
    );
    this.#context.emit({
      type: 'homeRegistrarContested',
      ...this.identity,
      homeRegistrar: home.current,
      rival,
      registrationAt,
    });
    if (registrationAt > now) runtime.timers.set(poolElementTimers.reregistration, registrationAt);
    else this.repeat('noHomeRegistrar', now);
  }

  /** The association broke before the answer came (section 3.7.1). */
  sendFailed(now: number): void {
    if (this.#outstanding !== undefined) this.#unanswered('sendFailure', now);
  }

  /** T2-registration expired. */
  registrationTimeout(now: number): void {
    if (this.#outstanding !== undefined) this.#unanswered('timeout', now);
  }

  /** T4-reregistration expired. */
  reregistrationTimeout(now: number): void {
    if (!this.isBusy && this.#halted === undefined) this.repeat('noHomeRegistrar', now);
  }

  /** An ASAP_REGISTRATION_RESPONSE from the home registrar. */
  answered(response: Extract<AsapMessage, { type: 'ASAP_REGISTRATION_RESPONSE' }>, now: number): void {
    const outstanding = this.#outstanding;
    if (outstanding === undefined) return;
    this.#outstanding = undefined;
    this.#attempts = 0;
    this.#context.runtime.timers.stop(poolElementTimers.registration);
    const causes = response.error?.causes ?? [];
    if (response.rejected) {
      this.#rejected(outstanding, causes, now);
      return;
    }
    const { home, runtime } = this.#context;
    if (home.current === undefined) return;
    const reregistration = this.#accepted !== undefined;
    this.#accepted = outstanding;
    const reregistrationAt = now + reregistrationDelayMs(outstanding.registrationLife, runtime.timing);
    runtime.timers.set(poolElementTimers.reregistration, reregistrationAt);
    this.#context.emit({
      type: 'registered',
      ...this.identity,
      reregistration,
      homeRegistrar: home.current,
      warnings: causes,
      reregistrationAt,
    });
    if (this.#wanted !== outstanding) this.repeat('noHomeRegistrar', now);
  }

  /**
   * An unsolicited ASAP_DEREGISTRATION_RESPONSE: the registration life ran out (section 3.2), or the home registrar has
   * heard that the element is gone or has moved, which the element knows better.
   */
  expired(now: number): void {
    if (this.#accepted === undefined) return;
    this.#accepted = undefined;
    const { runtime } = this.#context;
    const earliest = (this.#sentAt ?? now) + runtime.timing.minimumReregistrationIntervalMs;
    const reregistrationAt = Math.max(now, earliest);
    this.#context.emit({ type: 'expired', ...this.identity, reregistrationAt });
    if (this.isBusy) return;
    if (reregistrationAt > now) runtime.timers.set(poolElementTimers.reregistration, reregistrationAt);
    else this.repeat('noHomeRegistrar', now);
  }

  /**
   * An unsolicited ASAP_DEREGISTRATION_RESPONSE says that the element contradicts its pool: registrars that could not
   * see each other had accepted both. It counts as a rejection that came late.
   */
  revoked(causes: readonly ErrorCause[]): void {
    if (this.#accepted === undefined) return;
    this.#accepted = undefined;
    // What is outstanding will be answered with the same causes.
    if (this.isBusy) return;
    this.#halted = 'rejected';
    this.#context.runtime.timers.stop(poolElementTimers.reregistration);
    this.#context.emit({ type: 'registrationRejected', ...this.identity, causes, stillRegistered: false });
  }

  /** A hunt gave up. */
  noRegistrar(): void {
    if (this.isBusy) this.#fail('noRegistrar');
  }

  /** Ends the procedure: nothing is sent any more. */
  stop(): void {
    this.#isDue = false;
    this.#outstanding = undefined;
    this.#context.runtime.timers.stop(poolElementTimers.registration);
    this.#context.runtime.timers.stop(poolElementTimers.reregistration);
  }

  #send(now: number): void {
    const { home, runtime } = this.#context;
    const homeRegistrar = home.current;
    if (homeRegistrar === undefined) return;
    this.#isDue = false;
    this.#outstanding = this.#wanted;
    this.#attempts += 1;
    this.#sentAt = now;
    runtime.send(homeRegistrar.association, this.#message());
    runtime.timers.set(poolElementTimers.registration, now + runtime.timing.registrationTimeoutMs);
    this.#context.emit({
      type: 'registrationSent',
      ...this.identity,
      attempt: this.#attempts,
      reregistration: this.#accepted !== undefined,
      homeRegistrar,
    });
  }

  #message(): AsapMessage {
    const { identifier, registrationLife, userTransport, policy } = this.#wanted;
    // The home registrar's identifier is for the registrar to fill in, like the ASAP transport (section 3.1).
    const poolElement = { identifier, homeRegistrar: 0, registrationLife, userTransport, policy };
    return { type: 'ASAP_REGISTRATION', poolHandle: this.#poolHandle, poolElement };
  }

  #unanswered(reason: 'timeout' | 'sendFailure', now: number): void {
    const { home, runtime } = this.#context;
    this.#outstanding = undefined;
    runtime.timers.stop(poolElementTimers.registration);
    const attempt = this.#attempts;
    this.#context.emit({ type: 'registrationUnanswered', ...this.identity, attempt, reason });
    home.abandon();
    if (attempt >= runtime.timing.maximumRegistrationAttempts) {
      this.#fail('attempts');
      return;
    }
    this.#isDue = true;
    home.seek(reason === 'timeout' ? 'requestTimeout' : 'sendFailure', now);
  }

  #rejected(outstanding: PoolElementRegistration, causes: readonly ErrorCause[], now: number): void {
    const { runtime } = this.#context;
    const accepted = this.#accepted === outstanding ? undefined : this.#accepted;
    const stillRegistered = accepted !== undefined;
    this.#context.emit({ type: 'registrationRejected', ...this.identity, causes, stillRegistered });
    if (this.#wanted !== outstanding) {
      this.repeat('noHomeRegistrar', now);
      return;
    }
    this.#accepted = accepted;
    if (accepted === undefined) {
      // "The PE MUST NOT re-attempt registration without correcting the error condition."
      this.#halted = 'rejected';
      runtime.timers.stop(poolElementTimers.reregistration);
      return;
    }
    // The error is in the change: without it the registration is what the registrar accepted before.
    this.#wanted = accepted;
    if (runtime.timers.get(poolElementTimers.reregistration) === undefined)
      this.repeat('noHomeRegistrar', now);
  }

  #fail(reason: 'attempts' | 'noRegistrar'): void {
    this.stop();
    this.#accepted = undefined;
    this.#halted = 'failed';
    this.#attempts = 0;
    this.#context.emit({ type: 'registrationFailed', ...this.identity, reason });
  }
}

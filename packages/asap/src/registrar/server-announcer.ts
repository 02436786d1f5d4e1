import type { AsapMessage } from '@rserpool/wire';
import { TimerTable } from '@rserpool/wire/internal';
import type { AsapRegistrarOptions } from './asap-registrar-options.ts';
import type { RegistrarRuntime } from './registrar-runtime.ts';

const announceTimer = 'T6-Serverannounce';
const outdatePrefix = 'T7-ENRPoutdate ';

/** How many announcement periods another registrar counts at least after its last announcement. */
const periodsHeard = 3;

/**
 * Server announcements (RFC 5352 section 3.6): one every (N+1) * T6, N being the number of other registrars that are
 * heard on the group, so that about one is sent per T6 altogether; or one every T6 with the rule `each`.
 */
export class ServerAnnouncer {
  readonly #runtime: RegistrarRuntime;
  readonly #announce: AsapRegistrarOptions['announce'];
  readonly #timers: TimerTable = new TimerTable();
  readonly #others: Set<number> = new Set();
  #isOffered = false;

  constructor(runtime: RegistrarRuntime, announce: AsapRegistrarOptions['announce']) {
    this.#runtime = runtime;
    this.#announce = announce;
  }

  /** When {@link timeout} wants to be called. */
  next(): number | undefined {
    return this.#timers.next();
  }

  /** The announcements begin, within one T6. */
  offerService(now: number): void {
    if (this.#isOffered) return;
    this.#isOffered = true;
    this.#runtime.emit({ type: 'serviceOffered' });
    if (this.#announce === undefined) return;
    const { serverAnnounceIntervalMs } = this.#runtime.timing;
    this.#timers.set(announceTimer, now + this.#runtime.vary(serverAnnounceIntervalMs / 2, 1));
  }

  /** Another registrar's announcement was heard. */
  heard(announce: Extract<AsapMessage, { type: 'ASAP_SERVER_ANNOUNCE' }>, now: number): void {
    const { serverIdentifier } = announce;
    if (serverIdentifier === this.#runtime.serverIdentifier) return;
    if (!this.#others.has(serverIdentifier)) {
      if (this.#others.size >= this.#runtime.limits.maximumKnownRegistrars) return;
      this.#others.add(serverIdentifier);
      this.#runtime.emit({ type: 'registrarAppeared', serverIdentifier });
    }
    // T7 alone would be shorter than the announcement period of more than four registrars.
    const validMs = Math.max(this.#runtime.timing.registrarOutdateMs, periodsHeard * this.#periodMs());
    this.#timers.set(outdatePrefix + String(serverIdentifier), now + validMs);
  }

  /** Runs the timers that are due. */
  timeout(now: number): void {
    for (;;) {
      const timer = this.#timers.takeExpired(now);
      if (timer === undefined) return;
      if (timer === announceTimer) this.#send(now);
      else this.#outdate(Number(timer.slice(outdatePrefix.length)));
    }
  }

  /** Ends the announcements. */
  close(): void {
    this.#timers.clear();
  }

  #periodMs(): number {
    const { serverAnnounceIntervalMs, serverAnnounceRule } = this.#runtime.timing;
    return serverAnnounceRule === 'each'
      ? serverAnnounceIntervalMs
      : (this.#others.size + 1) * serverAnnounceIntervalMs;
  }

  #send(now: number): void {
    if (this.#announce === undefined) return;
    const { serverIdentifier, counters, timing } = this.#runtime;
    const { transports } = this.#announce;
    counters.announcesSent += 1;
    const message: AsapMessage = { type: 'ASAP_SERVER_ANNOUNCE', serverIdentifier, transports };
    this.#runtime.outputs.push({ type: 'sendGroup', message });
    this.#timers.set(announceTimer, now + this.#runtime.vary(this.#periodMs(), timing.serverAnnounceJitter));
  }

  #outdate(serverIdentifier: number): void {
    this.#others.delete(serverIdentifier);
    this.#runtime.emit({ type: 'registrarDisappeared', serverIdentifier });
  }
}

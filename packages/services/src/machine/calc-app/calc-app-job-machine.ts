import { type Machine, randomFraction, type RandomSource } from '@rserpool/wire';
import { OutputQueue, TimerTable } from '@rserpool/wire/internal';
import {
  type CalcAppAttemptFailure,
  type CalcAppJobEvent,
  type CalcAppJobInput,
  type CalcAppJobOptions,
  type CalcAppJobOutput,
  maximumRetryDelayMs,
} from './calc-app-job-types.ts';
import type { CalcAppPacket } from './calc-app-packet.ts';

/** Where a job is. `leaving` lasts until the session has another element. */
type JobState = 'waiting' | 'requested' | 'processing' | 'pausing' | 'leaving' | 'ended';

/** `answer` waits for an ACCEPT, `ack` for a KEEPALIVE_ACK. */
type JobTimer = 'answer' | 'keepAlive' | 'ack' | 'retry';

/**
 * The user's side of one CalcApp job: requests it, watches the element, and goes to another one where this one rejects
 * it, gives it up or does not answer. The session brings the cookie along; without one the job is requested anew.
 */
export class CalcAppJobMachine implements Machine<CalcAppJobInput, CalcAppJobOutput> {
  readonly #options: Required<CalcAppJobOptions>;
  readonly #random: RandomSource;
  readonly #outputs = new OutputQueue<CalcAppJobOutput>();
  readonly #timers = new TimerTable<JobTimer>();
  #state: JobState = 'waiting';
  #attempts = 0;
  #acceptedAt: number | undefined;

  /**
   * @param options - The job, times and limits.
   * @param random - Spreads the pauses.
   */
  constructor(options: CalcAppJobOptions, random: RandomSource) {
    this.#options = {
      keepAliveIntervalMs: 5_000,
      keepAliveTimeoutMs: 5_000,
      retryDelayMs: 1_000,
      maximumAttempts: 20,
      ...options,
    };
    this.#random = random;
  }

  handle(input: CalcAppJobInput, now: number): void {
    if (this.#state === 'ended') return;
    switch (input.type) {
      case 'connected':
        this.#request(input.withCookie, now);
        break;
      case 'disconnected':
        this.#timers.clear();
        this.#state = 'waiting';
        break;
      case 'packet':
        this.#packet(input.packet, now);
        break;
    }
  }

  poll(): CalcAppJobOutput | undefined {
    return this.#outputs.take();
  }

  nextTimeout(): number | undefined {
    return this.#timers.next();
  }

  handleTimeout(now: number): void {
    for (
      let timer = this.#timers.takeExpired(now);
      timer !== undefined;
      timer = this.#timers.takeExpired(now)
    ) {
      switch (timer) {
        case 'answer':
          this.#leave('noAnswer', now);
          break;
        case 'ack':
          this.#leave('keepAliveTimeout', now);
          break;
        case 'keepAlive':
          this.#send('keepAlive');
          this.#timers.set('ack', now + this.#options.keepAliveTimeoutMs);
          break;
        case 'retry':
          this.#goElsewhere(false);
          break;
      }
    }
  }

  #request(withCookie: boolean, now: number): void {
    this.#state = 'requested';
    this.#timers.clear();
    this.#timers.set('answer', now + this.#options.keepAliveTimeoutMs);
    // An element of the reference finds the ASAP_COOKIE_ECHO only when something else follows it.
    this.#send(withCookie ? 'keepAlive' : 'request');
    this.#event({ type: 'requested', withCookie });
  }

  #packet(packet: CalcAppPacket, now: number): void {
    const isExpected = this.#state === 'requested' || this.#state === 'processing';
    if (!isExpected || packet.jobIdentifier !== this.#options.jobIdentifier) {
      this.#event({ type: 'unexpectedPacket', packetType: packet.type });
      return;
    }
    switch (packet.type) {
      case 'accept':
        this.#accepted(now);
        break;
      case 'reject':
        this.#leave('rejected', now);
        break;
      case 'abort':
        this.#leave('aborted', now);
        break;
      case 'complete':
        // Where the ACCEPT was lost with its element, the job was processed all the same.
        this.#end({
          type: 'completed',
          times: { acceptedAt: this.#acceptedAt ?? now, completedAt: now },
        });
        break;
      case 'keepAlive':
        this.#send('keepAliveAck');
        break;
      case 'keepAliveAck':
        this.#timers.stop('ack');
        this.#timers.set('keepAlive', now + this.#options.keepAliveIntervalMs);
        break;
      default:
        this.#event({ type: 'unexpectedPacket', packetType: packet.type });
    }
  }

  #accepted(now: number): void {
    if (this.#state === 'processing') return;
    this.#state = 'processing';
    this.#attempts = 0;
    this.#acceptedAt ??= now;
    this.#timers.clear();
    this.#timers.set('keepAlive', now + this.#options.keepAliveIntervalMs);
    this.#event({ type: 'accepted' });
  }

  /** An element that is busy gets a pause, since the others may be as well; one that is gone is left at once. */
  #leave(failure: CalcAppAttemptFailure, now: number): void {
    this.#timers.clear();
    this.#attempts += 1;
    if (this.#attempts >= this.#options.maximumAttempts) {
      this.#end({ type: 'failed', failure, attempts: this.#attempts });
      return;
    }
    const delayMs = failure === 'rejected' ? this.#retryDelay() : 0;
    this.#event({ type: 'attemptFailed', failure, attempt: this.#attempts, delayMs });
    if (failure !== 'rejected') {
      this.#goElsewhere(failure !== 'aborted');
      return;
    }
    this.#state = 'pausing';
    this.#timers.set('retry', now + delayMs);
  }

  #retryDelay(): number {
    const delay = this.#options.retryDelayMs * 2 ** (this.#attempts - 1);
    return Math.min(delay, maximumRetryDelayMs) * (1 - randomFraction(this.#random) / 2);
  }

  #goElsewhere(reportUnreachable: boolean): void {
    this.#state = 'leaving';
    this.#outputs.push({ type: 'failover', reportUnreachable });
  }

  #end(output: CalcAppJobOutput): void {
    this.#state = 'ended';
    this.#timers.clear();
    this.#outputs.push(output);
  }

  #send(type: CalcAppPacket['type']): void {
    const { jobIdentifier, jobSize } = this.#options;
    const packet = { type, jobIdentifier, jobSize: type === 'request' ? jobSize : 0, completed: 0 };
    this.#outputs.push({ type: 'send', packet });
  }

  #event(event: CalcAppJobEvent): void {
    this.#outputs.push({ type: 'event', event });
  }
}

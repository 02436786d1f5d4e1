import type { Machine } from '@rserpool/wire';
import { OutputQueue } from '@rserpool/wire/internal';
import type { CalcAppPacket } from './calc-app-packet.ts';
import { type CalcAppServerOptions, defaultCalcAppServerOptions } from './calc-app-server-options.ts';
import type {
  CalcAppServerEvent,
  CalcAppServerInput,
  CalcAppServerOutput,
  ServedSessionId,
} from './calc-app-server-types.ts';
import type { CalcAppState } from './calc-app-state.ts';
import { ProcessorSharing, type SharedJob } from './processor-sharing.ts';

interface Job extends SharedJob {
  readonly session: ServedSessionId;
  readonly jobIdentifier: number;
  /** When the latest cookie was sent. */
  securedAt: number;
  /** When the next keep-alive is to be sent, or the answer to the last one must be there. */
  keepAliveAt: number;
  isAsked: boolean;
}

/**
 * The element's side of CalcApp: jobs that share one processor, secured by cookies and watched by keep-alives in both
 * directions. Each session has one job at a time.
 */
export class CalcAppServerMachine implements Machine<CalcAppServerInput, CalcAppServerOutput> {
  readonly #options: CalcAppServerOptions;
  readonly #outputs = new OutputQueue<CalcAppServerOutput>();
  readonly #jobs: Map<ServedSessionId, Job> = new Map();
  readonly #processor: ProcessorSharing<Job>;
  #told = 0;

  /**
   * @param options - What differs from {@link defaultCalcAppServerOptions}.
   */
  constructor(options: Partial<CalcAppServerOptions> = {}) {
    this.#options = { ...defaultCalcAppServerOptions, ...options };
    this.#processor = new ProcessorSharing(this.#options.capacity);
  }

  /** How many jobs are calculated. */
  get jobs(): number {
    return this.#jobs.size;
  }

  /** How many calculations were performed so far, those that were lost again included. */
  get calculationsPerformed(): number {
    return this.#processor.done;
  }

  handle(input: CalcAppServerInput, now: number): void {
    switch (input.type) {
      case 'packet':
        this.#packet(input.session, input.packet, now);
        break;
      case 'resume':
        this.#begin(input.session, input.state, true, now);
        break;
      case 'sessionEnded':
        this.#drop(input.session, 'sessionEnded', now);
        break;
      case 'shutdown':
        this.#shutDown(now);
        break;
    }
    this.#tellLoad();
  }

  poll(): CalcAppServerOutput | undefined {
    return this.#outputs.take();
  }

  nextTimeout(): number | undefined {
    let { next } = this.#processor;
    for (const job of this.#jobs.values()) {
      next = Math.min(next, job.securedAt + this.#options.cookieMaximumTimeMs, job.keepAliveAt);
    }
    return next === Infinity ? undefined : next;
  }

  handleTimeout(now: number): void {
    this.#processor.advance(now);
    for (let job = this.#processor.due(); job !== undefined; job = this.#processor.due()) {
      if (this.#processor.isComplete(job)) this.#complete(job);
      else this.#secure(job, now);
    }
    for (const job of this.#jobs.values()) {
      if (now >= job.securedAt + this.#options.cookieMaximumTimeMs) this.#secure(job, now);
      if (now >= job.keepAliveAt) this.#keepAlive(job, now);
    }
    this.#tellLoad();
  }

  #packet(session: ServedSessionId, packet: CalcAppPacket, now: number): void {
    const job = this.#jobs.get(session);
    const isItsJob = job?.jobIdentifier === packet.jobIdentifier;
    switch (packet.type) {
      case 'request':
        this.#begin(session, { ...packet, completed: 0 }, false, now);
        break;
      case 'keepAlive':
        // Silence tells the user that the job is not here (any more).
        if (isItsJob) this.#send(session, 'keepAliveAck', packet.jobIdentifier);
        break;
      case 'keepAliveAck':
        if (job === undefined || !isItsJob) break;
        job.isAsked = false;
        job.keepAliveAt = now + this.#options.keepAliveIntervalMs;
        break;
      case 'abort':
        if (isItsJob) this.#drop(session, 'abort', now);
        break;
      default:
        this.#event({ type: 'unexpectedPacket', session, packetType: packet.type });
    }
  }

  #begin(session: ServedSessionId, asked: CalcAppState, resumed: boolean, now: number): void {
    const { jobIdentifier, jobSize: size, completed: from } = asked;
    const present = this.#jobs.get(session);
    if (present?.jobIdentifier === jobIdentifier) {
      // The user asks again because it has not seen the answer.
      this.#send(session, 'accept', jobIdentifier);
      return;
    }
    const state = { jobIdentifier, jobSize: size, completed: Math.min(size, Math.round(from)) };
    if (present !== undefined || this.#jobs.size >= this.#options.maximumJobs) {
      this.#send(session, 'reject', jobIdentifier);
      const reason = present === undefined ? 'busy' : 'secondJob';
      this.#event({ type: 'jobRejected', session, job: state, reason, jobs: this.#jobs.size });
      return;
    }
    const job: Job = {
      session,
      jobIdentifier,
      size,
      from,
      startedAt: 0,
      cookieAt: from + this.#options.cookieMaximumCalculations,
      securedAt: now,
      keepAliveAt: now + this.#options.keepAliveIntervalMs,
      isAsked: false,
    };
    this.#processor.advance(now);
    this.#processor.add(job);
    this.#jobs.set(session, job);
    this.#send(session, 'accept', jobIdentifier);
    // As the reference does: the new element's cookie takes the place of the lost one's.
    if (resumed) this.#secure(job, now);
    this.#event({ type: 'jobAccepted', session, job: state, resumed, jobs: this.#jobs.size });
  }

  #complete(job: Job): void {
    this.#remove(job);
    const state = { jobIdentifier: job.jobIdentifier, jobSize: job.size, completed: job.size };
    this.#outputs.push({ type: 'send', session: job.session, packet: { type: 'complete', ...state } });
    this.#event({ type: 'jobCompleted', session: job.session, job: state, jobs: this.#jobs.size });
  }

  #keepAlive(job: Job, now: number): void {
    if (job.isAsked) {
      this.#send(job.session, 'abort', job.jobIdentifier);
      this.#drop(job.session, 'keepAliveTimeout', now);
      this.#outputs.push({ type: 'end', session: job.session });
      return;
    }
    job.isAsked = true;
    job.keepAliveAt = now + this.#options.keepAliveTimeoutMs;
    this.#send(job.session, 'keepAlive', job.jobIdentifier);
  }

  #shutDown(now: number): void {
    this.#processor.advance(now);
    for (const job of this.#jobs.values()) {
      this.#secure(job, now);
      this.#send(job.session, 'abort', job.jobIdentifier);
      this.#drop(job.session, 'shutdown', now);
    }
  }

  #drop(
    session: ServedSessionId,
    reason: Extract<CalcAppServerEvent, { type: 'jobDropped' }>['reason'],
    now: number,
  ): void {
    const job = this.#jobs.get(session);
    if (job === undefined) return;
    this.#processor.advance(now);
    const state = this.#stateOf(job);
    this.#remove(job);
    this.#event({ type: 'jobDropped', session, job: state, reason, jobs: this.#jobs.size });
  }

  #remove(job: Job): void {
    this.#processor.remove(job);
    this.#jobs.delete(job.session);
  }

  #secure(job: Job, now: number): void {
    const state = this.#stateOf(job);
    job.cookieAt = this.#processor.progress(job) + this.#options.cookieMaximumCalculations;
    job.securedAt = now;
    this.#processor.changed();
    this.#outputs.push({ type: 'cookie', session: job.session, state });
  }

  /** What a job's cookie has: whole calculations. */
  #stateOf(job: Job): CalcAppState {
    const { jobIdentifier, size: jobSize } = job;
    return { jobIdentifier, jobSize, completed: Math.round(this.#processor.progress(job)) };
  }

  /** As in the reference's packets, amounts are in those alone that ask for a job or complete it. */
  #send(session: ServedSessionId, type: CalcAppPacket['type'], jobIdentifier: number): void {
    this.#outputs.push({ type: 'send', session, packet: { type, jobIdentifier, jobSize: 0, completed: 0 } });
  }

  #event(event: CalcAppServerEvent): void {
    this.#outputs.push({ type: 'event', event });
  }

  #tellLoad(): void {
    if (this.#jobs.size === this.#told) return;
    this.#told = this.#jobs.size;
    this.#outputs.push({ type: 'load', fraction: this.#told / this.#options.maximumJobs });
  }
}

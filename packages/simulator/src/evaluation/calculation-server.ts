import { type CalcAppPacket, type CalcAppState, ProcessorSharing } from '@rserpool/services/machine';
import type { AssociationId } from '@rserpool/wire';
import { TimerQueue } from '@rserpool/wire/internal';
import { ElementJob } from './element-job.ts';
import type { RunWorld } from './run-world.ts';

/** What a {@link CalculationServer} wants done. */
export interface CalculationServerHandlers {
  /** Send the user of a request a packet. */
  send(association: AssociationId, type: CalcAppPacket['type'], state: CalcAppState): void;
  /** Hand the user of a request a cookie with its state. */
  cookie(association: AssociationId, state: CalcAppState): void;
  /** There are more or fewer requests than before. */
  loadChanged(): void;
}

/**
 * The service of an element: takes requests as long as it has room, lets them share the processor, hands out cookies,
 * and looks after its users by keep-alives.
 */
export class CalculationServer {
  readonly #world: RunWorld;
  readonly #name: string;
  readonly #handlers: CalculationServerHandlers;
  readonly #sharing: ProcessorSharing<ElementJob>;
  readonly #jobs: Map<AssociationId, ElementJob> = new Map();
  readonly #keepAlives: TimerQueue<ElementJob> = new TimerQueue();
  readonly #cookieInterval: number;
  #settledDone = 0;

  /**
   * @param world - What everything shares.
   * @param name - Whose service it is.
   * @param capacity - In calculations a second.
   * @param handlers - Do what it wants.
   */
  constructor(world: RunWorld, name: string, capacity: number, handlers: CalculationServerHandlers) {
    const { cookie, failover } = world.parameters;
    this.#world = world;
    this.#name = name;
    this.#handlers = handlers;
    this.#sharing = new ProcessorSharing(capacity);
    this.#cookieInterval = cookie === 'never' || failover === 'restart' ? Infinity : cookie;
  }

  /** How many requests it handles. */
  get count(): number {
    return this.#sharing.count;
  }

  /** When it wants to be woken, in milliseconds. */
  get next(): number {
    const work = this.#sharing.next;
    const keepAlive = this.#keepAlives.next() ?? Infinity;
    return work < keepAlive ? work : keepAlive;
  }

  /**
   * A session wants a request handled.
   *
   * @param association - The association with its user.
   * @param state - The request, and how much of it is done.
   */
  request(association: AssociationId, state: CalcAppState): void {
    const { parameters, ledger, schedule, trace } = this.#world;
    if (this.#jobs.has(association)) return;
    if (this.count >= parameters.maxRequests) {
      this.#handlers.send(association, 'reject', state);
      return;
    }
    this.#advance();
    const { jobIdentifier, jobSize, completed } = state;
    const job = new ElementJob(
      jobIdentifier,
      jobSize,
      completed,
      association,
      ledger.begin(jobIdentifier, completed),
    );
    job.cookieAt = completed + this.#cookieInterval;
    this.#sharing.add(job);
    this.#jobs.set(association, job);
    this.#keepAlives.set(job, schedule.now + parameters.jobKeepalive * 1000);
    if (trace.isOn)
      trace.state(this.#name, 'accepted', `request ${jobIdentifier} at ${completed} of ${jobSize}`);
    this.#handlers.send(association, 'accept', state);
    this.#handlers.loadChanged();
  }

  /**
   * The user of a request asks for a sign of life; requests that are not here stay without an answer.
   *
   * @param association - The association with it.
   */
  keepAlive(association: AssociationId): void {
    const job = this.#jobs.get(association);
    if (job !== undefined) this.#handlers.send(association, 'keepAliveAck', this.#stateOf(job, 0));
  }

  /**
   * The user of a request gave a sign of life.
   *
   * @param association - The association with it.
   */
  acknowledged(association: AssociationId): void {
    const job = this.#jobs.get(association);
    if (job?.isProbed !== true) return;
    job.isProbed = false;
    this.#keepAlives.set(job, this.#world.schedule.now + this.#world.parameters.jobKeepalive * 1000);
  }

  /**
   * The user of a request is gone.
   *
   * @param association - The association with it.
   */
  left(association: AssociationId): void {
    const job = this.#jobs.get(association);
    if (job === undefined) return;
    this.#advance();
    this.#end(job);
    this.#handlers.loadChanged();
  }

  /** Does what is due. */
  timeout(): void {
    const { now } = this.#world.schedule;
    this.#advance();
    for (let job = this.#sharing.due(); job !== undefined; job = this.#sharing.due()) {
      if (this.#sharing.isComplete(job)) this.#complete(job);
      else this.#handOutCookie(job);
    }
    for (
      let job = this.#keepAlives.takeExpired(now);
      job !== undefined;
      job = this.#keepAlives.takeExpired(now)
    ) {
      this.#probe(job);
    }
  }

  /** The element ends cleanly: each user gets the exact state of its request, and an abort. */
  shutDown(): void {
    this.#advance();
    for (const job of [...this.#jobs.values()]) {
      const state = this.#stateOf(job, Math.floor(this.#sharing.progress(job)));
      if (this.#world.parameters.failover === 'cookie') this.#handlers.cookie(job.association, state);
      this.#handlers.send(job.association, 'abort', state);
      this.#end(job);
    }
  }

  /** The element is gone: nobody is told. */
  vanish(): void {
    this.#advance();
    for (const job of [...this.#jobs.values()]) this.#end(job);
  }

  /** Counts what was done until now. */
  settle(): void {
    this.#advance();
    this.#world.counters.done += this.#sharing.done - this.#settledDone;
    this.#settledDone = this.#sharing.done;
  }

  #complete(job: ElementJob): void {
    const { trace } = this.#world;
    if (trace.isOn) trace.timer(this.#name, 'complete', `request ${job.id}`);
    this.#end(job);
    this.#handlers.send(job.association, 'complete', this.#stateOf(job, job.size));
    this.#handlers.loadChanged();
  }

  #handOutCookie(job: ElementJob): void {
    const completed = Math.round(job.cookieAt);
    job.cookieAt += this.#cookieInterval;
    this.#sharing.changed();
    this.#handlers.cookie(job.association, this.#stateOf(job, completed));
  }

  #probe(job: ElementJob): void {
    const { parameters, schedule, trace } = this.#world;
    if (job.isProbed) {
      if (trace.isOn) trace.timer(this.#name, 'session keep-alive timeout', `request ${job.id}`);
      this.#handlers.send(job.association, 'abort', this.#stateOf(job, 0));
      this.left(job.association);
      return;
    }
    job.isProbed = true;
    this.#keepAlives.set(job, schedule.now + parameters.jobKeepaliveTimeout * 1000);
    this.#handlers.send(job.association, 'keepAlive', this.#stateOf(job, 0));
  }

  #end(job: ElementJob): void {
    const isComplete = this.#sharing.isComplete(job);
    this.#world.ledger.end(job.attempt, isComplete ? job.size : this.#sharing.progress(job));
    this.#sharing.remove(job);
    this.#keepAlives.stop(job);
    this.#jobs.delete(job.association);
  }

  #advance(): void {
    this.#sharing.advance(this.#world.schedule.now);
  }

  #stateOf(job: ElementJob, completed: number): CalcAppState {
    return { jobIdentifier: job.id, jobSize: job.size, completed };
  }
}

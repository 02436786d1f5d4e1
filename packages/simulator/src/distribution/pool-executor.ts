import type { PoolUser } from '@rserpool/session';
import type { PoolExecutorEvent } from './pool-executor-event.ts';
import { RserpoolError } from '@rserpool/wire';
import type { RunExecutor, RunWork } from '../experiment/runs/run-task.ts';
import { TaskSession } from './task-session.ts';
import { TaskSource } from './task-source.ts';

/** How runs are handed out. */
export interface PoolExecutorOptions {
  /** Finds the workers; has to have `sessionTransports`. */
  readonly user: PoolUser;
  /** The pool of the workers. */
  readonly poolHandle: string;
  /** Which model the workers have to have. */
  readonly modelVersion: string;
  /**
   * How long to wait for a worker, at the beginning and where all of them are lost, in milliseconds; 60 000 by default.
   * Long outlives a restart of all workers, short tells early that there are none.
   */
  readonly waitMs?: number;
  /** Is told what happens. */
  readonly onEvent?: (event: PoolExecutorEvent) => void;
}

/** However large the pool is: each session is an association, and a run takes far longer than its messages. */
const maximumSessions = 512;

/**
 * Hands out runs over a pool whose elements are simulation workers. As many sessions are open as the workers have
 * slots; each has one run simulated and the next one waiting. A session whose worker is lost fails over to another one,
 * which is sent the tasks that no cookie covers. A run may be simulated twice by that, and counts once.
 *
 * @param options - The pool and its user.
 * @returns What executes runs; rejects with `ERR_RSERPOOL_SIMULATION_WORKERS` where no worker could be reached for
 *   `waitMs`, where one has another model, where a run fails at it, or where it sends what is no answer.
 */
export function createPoolExecutor(options: PoolExecutorOptions): RunExecutor {
  return async (work) => await new PoolExecution(options, work).run();
}

class PoolExecution {
  readonly #options: PoolExecutorOptions;
  readonly #work: RunWork;
  readonly #source: TaskSource;
  readonly #abort = new AbortController();
  /** The slots of each worker that has said so, by its pool element identifier. */
  readonly #slots: Map<number, number> = new Map();
  readonly #sessions: Set<Promise<void>> = new Set();
  #elements: readonly number[] = [];
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => undefined;

  constructor(options: PoolExecutorOptions, work: RunWork) {
    this.#options = options;
    this.#work = work;
    this.#source = new TaskSource(work.tasks);
  }

  async run(): Promise<void> {
    const { signal } = this.#work;
    if (signal.aborted) return;
    const giveUp = (): void => this.#abort.abort(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    const watch = this.#watch();
    try {
      await this.#handOut();
    } finally {
      signal.removeEventListener('abort', giveUp);
      this.#abort.abort();
      await Promise.all([...this.#sessions, watch]);
    }
    if (this.#failure !== undefined && !signal.aborted) throw this.#failure.error;
  }

  async #handOut(): Promise<void> {
    for (;;) {
      while (this.#isOpening()) await this.#open();
      if (this.#failure !== undefined || this.#sessions.size === 0) return;
      const changed = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await Promise.race([changed, ...this.#sessions]);
    }
  }

  #isOpening(): boolean {
    if (this.#failure !== undefined || this.#source.isExhausted) return false;
    return this.#sessions.size < this.#wanted();
  }

  /** One session for each slot; a worker that has not said how many it has is asked by a first session. */
  #wanted(): number {
    const slots = this.#elements.reduce((sum, identifier) => sum + (this.#slots.get(identifier) ?? 1), 0);
    return Math.min(maximumSessions, Math.max(1, slots));
  }

  /**
   * Opens one session, and waits until its worker has taken the first task: only then its load is right, and the policy
   * sends the next session elsewhere.
   */
  async #open(): Promise<void> {
    const first = this.#source.next();
    if (first === undefined) return;
    const { user, poolHandle, modelVersion, waitMs = 60_000, onEvent } = this.#options;
    const session = new TaskSession({
      user,
      poolHandle,
      modelVersion,
      waitMs,
      source: this.#source,
      signal: this.#abort.signal,
      onResult: this.#work.onResult,
      onEvent: (event) => onEvent?.(event),
      onAccepted: (identifier, worker, slots) => {
        if (this.#slots.has(identifier)) return;
        this.#slots.set(identifier, slots);
        onEvent?.({ type: 'workerJoined', worker, slots });
        this.#wake();
      },
    });
    const finished = session
      .run(first)
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#sessions.delete(finished));
    this.#sessions.add(finished);
    await Promise.race([session.accepted, finished]);
  }

  async #watch(): Promise<void> {
    const { user, poolHandle, onEvent } = this.#options;
    const { signal } = this.#abort;
    try {
      for await (const { elements } of user.watch(poolHandle, { signal })) {
        this.#elements = elements.map(({ identifier }) => identifier);
        for (const identifier of this.#slots.keys()) {
          if (!this.#elements.includes(identifier)) this.#slots.delete(identifier);
        }
        this.#wake();
      }
    } catch (error) {
      if (signal.aborted) return;
      // The sessions find out on their own whether the registrars are gone for long.
      onEvent?.({ type: 'watchLost', reason: RserpoolError.is(error) ? error.message : String(error) });
    }
  }
}

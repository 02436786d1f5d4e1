import type { AbortOptions } from './abortable.ts';
import type { PoolResolution } from './resolved-element.ts';

/** Options of {@link PoolUser.watch}; the signal ends the loop with its reason. */
export interface WatchOptions extends AbortOptions {
  /**
   * What happens while no registrar knows the pool. `wait` (default): it is shown without elements, and asked for again
   * until there are some. `fail`: the loop ends with `ERR_RSERPOOL_UNKNOWN_POOL_HANDLE`, also where the pool disappears
   * later.
   */
  readonly unknownPool?: 'wait' | 'fail';
}

/** How a {@link PoolWatchIterator} works. */
export interface PoolWatchHooks {
  /** Begins the watch; may throw. */
  readonly start: () => void;
  /** Ends it; called once, and only after {@link start}. */
  readonly stop: () => void;
}

interface WaitingCall {
  readonly resolve: (result: IteratorResult<PoolResolution, undefined>) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The newest state of a pool for one loop: a consumer that is slower than the changes gets the newest state, not all
 * that were in between.
 */
export class PoolWatchIterator implements AsyncIterator<PoolResolution, undefined> {
  readonly #hooks: PoolWatchHooks;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => {
    this.#newest = undefined;
    this.end(this.#signal?.reason as Error);
  };
  #isStarted = false;
  #newest: PoolResolution | undefined;
  #end: { error: Error | undefined } | undefined;
  #waiting: WaitingCall[] = [];

  /**
   * @param hooks - How it begins and ends.
   * @param signal - Gives it up.
   */
  constructor(hooks: PoolWatchHooks, signal: AbortSignal | undefined) {
    this.#hooks = hooks;
    this.#signal = signal;
  }

  /**
   * The pool has changed.
   *
   * @param pool - Its newest state.
   */
  push(pool: PoolResolution): void {
    if (this.#end !== undefined) return;
    const first = this.#waiting.shift();
    if (first === undefined) this.#newest = pool;
    else first.resolve({ done: false, value: pool });
  }

  /**
   * Nothing more comes: the loop ends after the newest state, with the error where there is one.
   *
   * @param error - Why, where it is not the wish of the consumer.
   */
  end(error: Error | undefined): void {
    if (this.#end !== undefined) return;
    this.#end = { error };
    this.#signal?.removeEventListener('abort', this.#onAbort);
    const [first, ...others] = this.#waiting.splice(0);
    if (first !== undefined) this.#finish(first);
    for (const { resolve } of others) resolve({ done: true, value: undefined });
    if (this.#isStarted) this.#hooks.stop();
  }

  next(): Promise<IteratorResult<PoolResolution, undefined>> {
    return new Promise((resolve, reject) => {
      this.#start();
      const newest = this.#newest;
      this.#newest = undefined;
      if (newest !== undefined) resolve({ done: false, value: newest });
      else if (this.#end === undefined) this.#waiting.push({ resolve, reject });
      else this.#finish({ resolve, reject });
    });
  }

  return(): Promise<IteratorResult<PoolResolution, undefined>> {
    this.#newest = undefined;
    this.end(undefined);
    return Promise.resolve({ done: true, value: undefined });
  }

  #start(): void {
    if (this.#isStarted || this.#end !== undefined) return;
    if (this.#signal?.aborted === true) {
      this.end(this.#signal.reason as Error);
      return;
    }
    this.#signal?.addEventListener('abort', this.#onAbort, { once: true });
    this.#isStarted = true;
    this.#hooks.start();
  }

  // The error is thrown once; the loop has ended then.
  #finish({ resolve, reject }: WaitingCall): void {
    const error = this.#end?.error;
    this.#end = { error: undefined };
    if (error === undefined) resolve({ done: true, value: undefined });
    else reject(error);
  }
}

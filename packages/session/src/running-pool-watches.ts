import type { PoolUserNodeInput, PoolUserNodeOutput } from './machine/pool-user-node-types.ts';
import { PoolWatchIterator, type WatchOptions } from './pool-watch.ts';
import { type PoolResolution, toPoolResolution } from './resolved-element.ts';
import { resolutionError } from './session-error.ts';

/** A loop over the states of a pool. */
interface RunningWatch {
  readonly poolHandle: Uint8Array;
  readonly failsWhereUnknown: boolean;
  readonly iterator: PoolWatchIterator;
  /** The policy while the pool was there. */
  policy: PoolResolution['policy'];
}

/** The loops over pools of one pool user. */
export class RunningPoolWatches {
  readonly #command: (input: Extract<PoolUserNodeInput, { type: 'watch' | 'unwatch' }>) => void;
  readonly #watches: Map<number, RunningWatch> = new Map();
  #lastNumber = 0;
  #closed: Error | undefined;

  /** @param command - Hands an input to the machine. */
  constructor(command: (input: Extract<PoolUserNodeInput, { type: 'watch' | 'unwatch' }>) => void) {
    this.#command = command;
  }

  /**
   * Follows a pool: a new watch for each loop over the result, from its beginning on.
   *
   * @param poolHandle - The pool.
   * @param options - What happens where it is unknown, and a signal.
   */
  watch(poolHandle: Uint8Array, options: WatchOptions): AsyncIterable<PoolResolution, undefined> {
    return { [Symbol.asyncIterator]: () => this.#begin(poolHandle, options) };
  }

  /** Something was told of a watch. */
  perform(output: Extract<PoolUserNodeOutput, { type: 'poolChanged' | 'watchFailed' }>): void {
    const watch = this.#watches.get(output.watch);
    if (watch === undefined) return;
    const { iterator, poolHandle } = watch;
    if (output.type === 'watchFailed') {
      iterator.end(resolutionError(poolHandle, output.reason, output.causes));
      return;
    }
    const { pool } = output;
    if (pool === undefined && watch.failsWhereUnknown) {
      iterator.end(resolutionError(poolHandle, 'unknownPoolHandle', []));
      return;
    }
    if (pool !== undefined) watch.policy = pool.policy;
    const gone = { poolHandle, policy: watch.policy, poolElements: [], fromCache: false };
    iterator.push(toPoolResolution(pool ?? gone));
  }

  /**
   * Ends all of them, those that have not begun as well.
   *
   * @param error - Why.
   */
  close(error: Error): void {
    this.#closed = error;
    for (const { iterator } of [...this.#watches.values()]) iterator.end(error);
  }

  #begin(poolHandle: Uint8Array, options: WatchOptions): PoolWatchIterator {
    const number = ++this.#lastNumber;
    const iterator = new PoolWatchIterator(
      {
        start: () => {
          if (this.#closed !== undefined) {
            iterator.end(this.#closed);
            return;
          }
          this.#watches.set(number, {
            poolHandle,
            failsWhereUnknown: options.unknownPool === 'fail',
            iterator,
            policy: { type: 'roundRobin' },
          });
          this.#command({ type: 'watch', watch: number, poolHandle });
        },
        stop: () => {
          if (this.#watches.delete(number) && this.#closed === undefined) {
            this.#command({ type: 'unwatch', watch: number });
          }
        },
      },
      options.signal,
    );
    return iterator;
  }
}

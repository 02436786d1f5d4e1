/** What happens while runs are handed out to a pool. */
export type PoolExecutorEvent =
  /** A worker has begun to simulate runs of this runner. */
  | { readonly type: 'workerJoined'; readonly worker: string; readonly slots: number }
  /** No worker can be reached: the next attempt comes after a pause. */
  | { readonly type: 'waiting'; readonly attempt: number; readonly delayMs: number; readonly reason: string }
  /** A worker is lost; its session looks for another one. `tasks` have no result yet. */
  | { readonly type: 'workerLost'; readonly worker: string; readonly reason: string; readonly tasks: number }
  /** The session goes on with another worker, which gets `resent` tasks again. */
  | { readonly type: 'failedOver'; readonly durationMs: number; readonly resent: number }
  /** A run was simulated twice, because its worker was lost behind the result; the second one is dropped. */
  | { readonly type: 'duplicateDropped'; readonly seed: number }
  /** The pool is not watched any more, so that sessions are opened for known workers only. */
  | { readonly type: 'watchLost'; readonly reason: string };

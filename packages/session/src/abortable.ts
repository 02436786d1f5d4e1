/** What an asynchronous call may be given up with. */
export interface AbortOptions {
  /** Gives up the call: the promise is rejected with the signal's reason, as `fetch` does it. */
  readonly signal?: AbortSignal;
}

/**
 * A promise that others settle, and that a signal may give up.
 *
 * @param signal - The signal.
 * @param start - Is given what settles the promise; returns what undoes the wish when the signal comes first.
 */
export function abortable<Result>(
  signal: AbortSignal | undefined,
  start: (resolve: (result: Result) => void, reject: (error: Error) => void) => () => void,
): Promise<Result> {
  if (signal !== undefined) return abortableBy(signal, start);
  // What `start` throws rejects the promise. An asynchronous function around it would be a second promise to wait for.
  return new Promise<Result>((resolve, reject) => {
    start(resolve, reject);
  });
}

async function abortableBy<Result>(
  signal: AbortSignal,
  start: (resolve: (result: Result) => void, reject: (error: Error) => void) => () => void,
): Promise<Result> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = withResolvers<Result>();
  const undo = start(resolve, reject);
  const onAbort = (): void => {
    undo();
    reject(signal.reason as Error);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** `Promise.withResolvers`, which Node 20 does not have yet. */
function withResolvers<Result>(): {
  promise: Promise<Result>;
  resolve: (result: Result) => void;
  reject: (error: Error) => void;
} {
  let resolve: (result: Result) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<Result>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

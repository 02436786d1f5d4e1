import type { LocalPoolElement } from '@rserpool/session';
import { describeErrorCause, formatRemoteEndpoint, RserpoolError } from '@rserpool/wire';
import { formatIdentifier } from '../options/identifier.ts';
import type { EventPrinter } from '../services/event-printer.ts';

/** The first pause before the element begins anew, and the longest, in milliseconds. */
const firstPauseMs = 10_000;
const longestPauseMs = 300_000;

/** How an element is kept in its pool. */
export interface KeepRegisteredOptions {
  /** The element. */
  readonly element: LocalPoolElement;
  /** How often in a row it may begin anew. */
  readonly maximumAttempts: number;
  /** Is told what happens. */
  readonly printer: EventPrinter;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Keeps an element in its pool until the signal comes: what the element itself gives up, it begins again behind a
 * pause that grows.
 *
 * @param options - The element, limits.
 * @returns Resolves when the signal comes.
 * @throws RserpoolError `ERR_RSERPOOL_REGISTRATION_REJECTED` where the registrar does not want the element,
 *   `ERR_RSERPOOL_REGISTRATION_FAILED` where no registrar was found in all attempts.
 */
export async function keepRegistered(options: KeepRegisteredOptions): Promise<void> {
  const { element, maximumAttempts, printer, signal } = options;
  let attempts = 0;
  let home: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const { promise, resolve, reject } = settlers();
  const unsubscribers = [
    element.on('registered', ({ homeRegistrar }) => {
      attempts = 0;
      const { remote } = homeRegistrar;
      if (remote === undefined || remote.port === home) return;
      home = remote.port;
      const registrar = formatRemoteEndpoint(remote);
      printer.print('registered', { registrar }, `registered at ${registrar}`);
    }),
    element.on('homeRegistrarChanged', ({ reason, homeRegistrar }) => {
      if (reason !== 'keepAlive' || homeRegistrar.serverIdentifier === undefined) return;
      const registrar = formatIdentifier(homeRegistrar.serverIdentifier);
      printer.print('adopted', { registrar }, `adopted by the registrar ${registrar}`);
    }),
    element.on('expired', () =>
      printer.print('expired', {}, 'the registration has expired; registering again'),
    ),
    element.on('registrationRejected', ({ causes, stillRegistered }) => {
      const why = causes.map(describeErrorCause).join(', ');
      printer.print(
        'registrationRejected',
        { causes: why, stillRegistered },
        `the registrar rejects this: ${why}`,
      );
      if (stillRegistered) return;
      reject(
        new RserpoolError(
          'ERR_RSERPOOL_REGISTRATION_REJECTED',
          `The registrar does not want this element: ${why}. Ask for what the pool has, or join another one.`,
        ),
      );
    }),
    element.on('registrationFailed', ({ reason }) => {
      attempts += 1;
      if (attempts > maximumAttempts) {
        const failure = `No registrar was found in ${maximumAttempts} rounds (${reason}): check --registrar.`;
        reject(new RserpoolError('ERR_RSERPOOL_REGISTRATION_FAILED', failure));
        return;
      }
      const longest = Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs);
      const delayMs = Math.round(longest * (1 - Math.random() / 2));
      const text = `not registered (${reason}), attempt ${attempts}; beginning anew in ${delayMs} ms`;
      printer.print('registrationFailed', { reason, attempt: attempts, delayMs }, text);
      timer = setTimeout(() => element.register(), delayMs);
    }),
  ];
  signal.addEventListener('abort', resolve, { once: true });
  if (signal.aborted) resolve();
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', resolve);
    for (const unsubscribe of unsubscribers) unsubscribe();
  }
}

function settlers(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let resolve = (): void => undefined;
  let reject = (_error: Error): void => undefined;
  const promise = new Promise<void>((onDone, onError) => {
    resolve = onDone;
    reject = onError;
  });
  return { promise, resolve, reject };
}

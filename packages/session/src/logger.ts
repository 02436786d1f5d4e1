/** Where a pool user or pool element writes what happens; the `console` and most logging libraries fit. */
export interface Logger {
  /** Each attempt and each step. */
  debug(message: string): void;
  /** What is worth knowing in normal operation. */
  info(message: string): void;
  /** What went wrong and is being dealt with. */
  warn(message: string): void;
  /** What went wrong for good. */
  error(message: string): void;
}

type Level = keyof Logger;

/** The events that are more than a step; all others are written at the level `debug`. */
const levels: Readonly<Record<string, Level>> = {
  connected: 'info',
  registered: 'info',
  deregistered: 'info',
  failoverComplete: 'info',
  homeRegistrarChanged: 'info',
  elementLost: 'warn',
  attemptFailed: 'warn',
  retry: 'warn',
  homeRegistrarLost: 'warn',
  registrationUnanswered: 'warn',
  sessionRefused: 'warn',
  failed: 'error',
  registrationRejected: 'error',
  registrationFailed: 'error',
  deregistrationFailed: 'error',
};

/**
 * Writes an event.
 *
 * @param logger - Where to; nothing happens without one.
 * @param subject - Whose event it is.
 * @param event - What happened.
 */
export function logEvent(
  logger: Logger | undefined,
  subject: string,
  event: { readonly type: string; readonly reason?: unknown },
): void {
  if (logger === undefined) return;
  const reason = typeof event.reason === 'string' ? ` (${event.reason})` : '';
  logger[levels[event.type] ?? 'debug'](`${subject}: ${event.type}${reason}`);
}

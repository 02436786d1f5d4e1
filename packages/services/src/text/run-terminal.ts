import type { Session } from '@rserpool/session';
import { createRealClock, type Clock } from '@rserpool/transport';
import { pause } from '../pause.ts';

/** Options of {@link runTerminal}. */
export interface TerminalOptions {
  /**
   * Gives the lines to send, each with a line feed behind it; by default there are none. The lines have to end when the
   * signal comes: the terminal is done then.
   */
  readonly lines?: (signal: AbortSignal) => AsyncIterable<string>;
  /** Is given each message as text; by default nobody is. */
  readonly onText?: (text: string) => void;
  /**
   * A line that is sent first, and again after each failover without a cookie: it begins the session where the
   * element speaks first (daytime, chargen). By default there is none.
   */
  readonly greeting?: string;
  /** After how many messages the terminal ends; `Infinity` by default. */
  readonly maximumMessages?: number;
  /**
   * How long answers are waited for behind the last line, in milliseconds; 1000 by default, `Infinity` for as long as
   * the session lasts.
   */
  readonly lingerMs?: number;
  /** Ends the terminal. */
  readonly signal?: AbortSignal;
  /** Time and timers; the real clock by default. */
  readonly clock?: Clock;
}

/**
 * Runs a terminal: lines go out, text comes in, as for the services echo, discard, daytime and chargen.
 *
 * @param session - A session with a pool of a service of text.
 * @param options - Lines, what to do with the answers, when to end.
 * @returns How many messages came in.
 * @throws RserpoolError `ERR_RSERPOOL_SESSION_FAILED` where no element could be reached any more.
 * @example
 * ```ts
 * import { createInterface } from 'node:readline';
 * import type { PoolUser } from '@rserpool/session';
 * import { runTerminal } from '@rserpool/services';
 *
 * declare const user: PoolUser;
 * await using session = await user.connect('EchoPool', { resend: 'sinceCookie' });
 * await runTerminal(session, {
 *   lines: (signal) => createInterface({ input: process.stdin, signal }),
 *   onText: (text) => process.stdout.write(text),
 * });
 * ```
 */
export async function runTerminal(session: Session, options: TerminalOptions = {}): Promise<number> {
  const { onText, greeting, maximumMessages = Infinity, signal } = options;
  const done = new AbortController();
  const giveUp = (): void => done.abort();
  signal?.addEventListener('abort', giveUp, { once: true });
  const greet = (): void => {
    if (greeting !== undefined) session.send(`${greeting}\n`);
  };
  const stopGreeting = session.on('failoverComplete', ({ withCookie }) => {
    if (!withCookie) greet();
  });
  greet();
  const sending = sendLines(session, options, done.signal);
  let messages = 0;
  // Bytes of a character may be in two messages.
  const decoder = new TextDecoder();
  try {
    for await (const { data } of session) {
      onText?.(decoder.decode(data, { stream: true }));
      messages += 1;
      if (messages >= maximumMessages) break;
    }
  } finally {
    stopGreeting();
    done.abort();
    signal?.removeEventListener('abort', giveUp);
  }
  await sending;
  return messages;
}

/** Ends when there are no more lines and the time for answers is over, or the terminal is done. */
async function sendLines(session: Session, options: TerminalOptions, signal: AbortSignal): Promise<void> {
  const { lines, lingerMs = 1000, clock = createRealClock({ keepProcessAlive: true }) } = options;
  try {
    if (lines !== undefined) {
      for await (const line of lines(signal)) {
        if (!session.send(`${line}\n`)) await session.writable({ signal });
      }
    }
    await pause(clock, lingerMs, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    // Ends the loop over the messages, which would wait for more.
    await session[Symbol.asyncDispose]();
  }
}

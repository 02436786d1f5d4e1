import type { ServedSession } from '@rserpool/session';
import { type Clock, realClock } from '@rserpool/transport';
import { ServicePayloadProtocolIdentifier } from '../machine/service-protocol.ts';
import { decodeChargenCookie, encodeChargenCookie } from '../machine/text/chargen-cookie.ts';
import { chargenLine } from '../machine/text/chargen-line.ts';
import { pause } from '../pause.ts';
import { sendWhenWritable } from '../send-when-writable.ts';
import type { Service } from '../service.ts';

/** After how many lines there is a cookie, and others get their turn. */
const linesPerCookie = 64;

/** Options of {@link chargenService}. */
export interface ChargenServiceOptions {
  /** The pause between two lines, in milliseconds; 0 by default, as many lines as the user takes. */
  readonly intervalMs?: number;
  /** Time and timers; the real clock by default. */
  readonly clock?: Clock;
}

/**
 * The character generator (RFC 864): sends lines until the user ends the session, as fast as the user takes them. The
 * first message of the user begins it, what else it sends is dropped; after a failover the lines go on.
 *
 * @param options - The interval.
 * @returns What to give to `serve` of a pool element.
 */
export function chargenService(options: ChargenServiceOptions = {}): Service {
  return async (session) => {
    const { restoredState } = session;
    const first = restoredState === undefined ? 0 : decodeChargenCookie(restoredState);
    if (first === undefined) session.abort();
    else await Promise.all([drop(session), generate(session, first, options)]);
  };
}

async function drop(session: ServedSession): Promise<void> {
  for await (const _message of session);
}

async function generate(
  session: ServedSession,
  first: number,
  options: ChargenServiceOptions,
): Promise<void> {
  const { intervalMs = 0, clock = realClock } = options;
  for (let line = first; !session.hasEnded; line++) {
    if (session.hasControlChannel && line % linesPerCookie === 0)
      session.setCookie(encodeChargenCookie(line));
    await sendWhenWritable(session, chargenLine(line), ServicePayloadProtocolIdentifier.text);
    if (intervalMs > 0 || line % linesPerCookie === 0) await pause(clock, intervalMs);
  }
}

import type { ServedSession } from '@rserpool/session';
import { type Clock, realClock } from '@rserpool/transport';
import { FractalComputation } from '../machine/fractal/fractal-computation.ts';
import {
  decodeFractalCookie,
  encodeFractalCookie,
  type FractalState,
} from '../machine/fractal/fractal-cookie.ts';
import {
  defaultFractalLimits,
  type FractalLimits,
  isWithinFractalLimits,
} from '../machine/fractal/fractal-limits.ts';
import {
  decodeFractalPacket,
  encodeFractalPacket,
  maximumPointsPerPacket,
} from '../machine/fractal/fractal-packets.ts';
import { ServicePayloadProtocolIdentifier } from '../machine/service-protocol.ts';
import { pause } from '../pause.ts';
import { sendWhenWritable } from '../send-when-writable.ts';
import type { Service } from '../service.ts';

/** Options of {@link fractalService}. */
export interface FractalServiceOptions extends Partial<FractalLimits> {
  /** After how many packets of points the state goes to the user as a cookie; 10 by default. */
  readonly cookieMaximumPackets?: number;
  /** After how many milliseconds it does so in any case; 1000 by default. */
  readonly cookieMaximumTimeMs?: number;
  /** How many points one packet has, 1 .. 324; 324 by default. */
  readonly pointsPerPacket?: number;
  /**
   * The pause behind each packet, in milliseconds; 0 by default, which lets other sessions go on as well. Longer lets a
   * person watch.
   */
  readonly pauseMs?: number;
  /** For tests of failovers: after how many packets the element cuts the session; by default never. */
  readonly failureAfterPackets?: number;
  /** Time and timers; the real clock by default. */
  readonly clock?: Clock;
}

/**
 * The fractal service: computes the picture that the user asks for, or goes on with the one whose state the user brings
 * along. Its packets and its cookie are those of the reference implementation.
 *
 * @param options - How often there are cookies, limits.
 * @returns What to give to `serve` of a pool element.
 * @example
 * ```ts
 * import type { LocalPoolElement } from '@rserpool/session';
 * import { fractalService } from '@rserpool/services';
 *
 * declare const element: LocalPoolElement;
 * await element.serve(fractalService({ cookieMaximumPackets: 5 }));
 * ```
 */
export function fractalService(options: FractalServiceOptions = {}): Service {
  const limits = { ...defaultFractalLimits, ...options };
  return async (session) => {
    const state = await begin(session);
    if (state === undefined || !isWithinFractalLimits(state, limits)) session.abort();
    else await compute(session, state, options);
  };
}

/** The state to begin with: the one that the user brings along, or the beginning of what is asked for first. */
async function begin(session: ServedSession): Promise<FractalState | undefined> {
  if (session.restoredState !== undefined) return decodeFractalCookie(session.restoredState);
  for await (const { data } of session) {
    const packet = decodeFractalPacket(data);
    return packet?.type === 'parameter'
      ? { parameter: packet.parameter, currentX: 0, currentY: 0 }
      : undefined;
  }
  return undefined;
}

async function compute(
  session: ServedSession,
  from: FractalState,
  options: FractalServiceOptions,
): Promise<void> {
  const { cookieMaximumPackets = 10, cookieMaximumTimeMs = 1000, clock = realClock } = options;
  const { pointsPerPacket = maximumPointsPerPacket, pauseMs = 0, failureAfterPackets = Infinity } = options;
  const computation = new FractalComputation(from, pointsPerPacket);
  let packets = 0;
  let securedAt = clock.now();
  // The request itself is worth a cookie: an element that is lost before the first packet leaves it to the next one.
  secure(session, from);
  for (let points = computation.next(); points !== undefined; points = computation.next()) {
    await sendWhenWritable(
      session,
      encodeFractalPacket({ type: 'data', ...points }),
      ServicePayloadProtocolIdentifier.fractal,
    );
    packets += 1;
    if (packets % cookieMaximumPackets === 0 || clock.now() - securedAt >= cookieMaximumTimeMs) {
      secure(session, computation.state);
      securedAt = clock.now();
    }
    if (packets >= failureAfterPackets) session.abort();
    if (session.hasEnded) return;
    await pause(clock, pauseMs);
  }
  await sendWhenWritable(
    session,
    encodeFractalPacket({ type: 'end' }),
    ServicePayloadProtocolIdentifier.fractal,
  );
  await untilEnded(session);
}

function secure(session: ServedSession, state: FractalState): void {
  if (session.hasControlChannel && !session.hasEnded) session.setCookie(encodeFractalCookie(state));
}

/** The user closes the session: if the element did, the user would look for another one. */
async function untilEnded(session: ServedSession): Promise<void> {
  for await (const _message of session) {
    // A further request would be a second picture in one session, which the protocol does not have.
    session.abort();
  }
}

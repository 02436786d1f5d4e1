import type { ServedSession } from '@rserpool/session';
import { computePoint } from './compute-point.ts';
import { decodeFractalCookie, encodeFractalCookie, type FractalState } from './fractal-cookie.ts';
import {
  decodeFractalPacket,
  encodeFractalPacket,
  type FractalPacket,
  FractalPayloadProtocolIdentifier,
  maximumPointsPerPacket,
} from './fractal-packets.ts';
import type { FractalParameter } from './fractal-parameter.ts';

/** After how many rows the state goes to the user as a cookie: fewer cost traffic, more are computed again. */
const rowsPerCookie = 5;

/**
 * Serves one session of the fractal service: computes the picture that the user asks for, or goes on with the one
 * whose state the user brings along.
 *
 * @param session - The session.
 * @param pause - Is awaited between two rows: it lets a person watch, or virtual time pass.
 */
export async function serveFractal(session: ServedSession, pause: () => Promise<void>): Promise<void> {
  const state =
    session.restoredState === undefined ? await request(session) : decodeFractalCookie(session.restoredState);
  if (state === undefined) {
    session.abort();
    return;
  }
  const { parameter } = state;
  for (let y = state.currentY; y < parameter.height && !session.hasEnded; y++) {
    for (const packet of rowPackets(parameter, y)) await send(session, packet);
    const next = y + 1;
    if (next % rowsPerCookie === 0 && !session.hasEnded) {
      session.setCookie(encodeFractalCookie({ parameter, currentX: 0, currentY: next }));
    }
    await pause();
  }
  await send(session, { type: 'end' });
  await untilEnded(session);
}

/** The state at the beginning of the picture that the user asks for first. */
async function request(session: ServedSession): Promise<FractalState | undefined> {
  for await (const { data } of session) {
    const packet = decodeFractalPacket(data);
    return packet?.type === 'parameter'
      ? { parameter: packet.parameter, currentX: 0, currentY: 0 }
      : undefined;
  }
  return undefined;
}

function* rowPackets(parameter: FractalParameter, y: number): Generator<FractalPacket> {
  for (let startX = 0; startX < parameter.width; startX += maximumPointsPerPacket) {
    const length = Math.min(maximumPointsPerPacket, parameter.width - startX);
    const points = Uint32Array.from({ length }, (_, index) => computePoint(parameter, startX + index, y));
    yield { type: 'data', startX, startY: y, points };
  }
}

async function send(session: ServedSession, packet: FractalPacket): Promise<void> {
  if (session.hasEnded) return;
  const options = { payloadProtocolIdentifier: FractalPayloadProtocolIdentifier };
  if (!session.send(encodeFractalPacket(packet), options)) await session.writable();
}

/** The user closes the session: if the element did, the user would look for another one. */
async function untilEnded(session: ServedSession): Promise<void> {
  for await (const message of session) {
    // A further request would be a second picture in one session, which the protocol does not have.
    if (decodeFractalPacket(message.data) === undefined) session.abort();
  }
}

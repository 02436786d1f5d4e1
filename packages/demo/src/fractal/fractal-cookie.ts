import { fractalParameterLength, readFractalParameter, writeFractalParameter } from './fractal-packets.ts';
import type { FractalParameter } from './fractal-parameter.ts';

/** What an element needs to go on with a picture: the state that travels as a cookie with the user. */
export interface FractalState {
  /** The picture. */
  readonly parameter: FractalParameter;
  /** The column to go on from. */
  readonly currentX: number;
  /** The row to go on from. */
  readonly currentY: number;
}

/** The eight bytes `<FG-TD1>` that begin the reference's cookie. */
const cookieIdentifier: readonly number[] = [0x3c, 0x46, 0x47, 0x2d, 0x54, 0x44, 0x31, 0x3e];
const cookieLength = cookieIdentifier.length + fractalParameterLength + 8;

/**
 * The cookie of a state.
 *
 * @param state - How far the picture is.
 */
export function encodeFractalCookie(state: FractalState): Uint8Array {
  const bytes = new Uint8Array(cookieLength);
  bytes.set(cookieIdentifier);
  const view = new DataView(bytes.buffer);
  writeFractalParameter(view, cookieIdentifier.length, state.parameter);
  view.setUint32(cookieLength - 8, state.currentX);
  view.setUint32(cookieLength - 4, state.currentY);
  return bytes;
}

/**
 * The state in a cookie, or `undefined` where the bytes are no cookie of this service.
 *
 * @param bytes - What came back in an ASAP_COOKIE_ECHO.
 */
export function decodeFractalCookie(bytes: Uint8Array): FractalState | undefined {
  if (bytes.length !== cookieLength) return undefined;
  if (cookieIdentifier.some((byte, index) => bytes[index] !== byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parameter = readFractalParameter(view, cookieIdentifier.length);
  const currentX = view.getUint32(cookieLength - 8);
  const currentY = view.getUint32(cookieLength - 4);
  if (currentX > parameter.width || currentY > parameter.height) return undefined;
  return { parameter, currentX, currentY };
}

import { cookieMark, hasCookieMark } from '../numbered-cookie.ts';
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

const mark = cookieMark('<FG-TD1>');

/**
 * In the reference's cookie the picture has the header of a PARAMETER packet, with a length that counts the header
 * alone. It is written as there, and not looked at.
 */
const parameterHeader: readonly number[] = [1, 0, 0, 4];
const parameterOffset = mark.length + parameterHeader.length;
const positionOffset = parameterOffset + fractalParameterLength;
const cookieLength = positionOffset + 8;

/**
 * The cookie of a state.
 *
 * @param state - How far the picture is.
 */
export function encodeFractalCookie(state: FractalState): Uint8Array {
  const bytes = new Uint8Array(cookieLength);
  bytes.set(mark);
  bytes.set(parameterHeader, mark.length);
  const view = new DataView(bytes.buffer);
  writeFractalParameter(view, parameterOffset, state.parameter);
  view.setUint32(positionOffset, state.currentX);
  view.setUint32(positionOffset + 4, state.currentY);
  return bytes;
}

/**
 * The state in a cookie, or `undefined` where the bytes are no cookie of this service.
 *
 * @param bytes - What came back in an ASAP_COOKIE_ECHO.
 */
export function decodeFractalCookie(bytes: Uint8Array): FractalState | undefined {
  if (bytes.length !== cookieLength || !hasCookieMark(bytes, mark)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parameter = readFractalParameter(view, parameterOffset);
  const currentX = view.getUint32(positionOffset);
  const currentY = view.getUint32(positionOffset + 4);
  if (currentX > parameter.width || currentY > parameter.height) return undefined;
  return { parameter, currentX, currentY };
}

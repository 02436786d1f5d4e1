import type { CalcAppState } from './calc-app-state.ts';
import { calcAppStateLength, readCalcAppState, writeCalcAppState } from './calc-app-state.ts';

/**
 * The cookie of a job: the state without any mark, as the reference has it.
 *
 * @param state - How far the job is.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for amounts that are no numbers from 0 to 2^53 - 1.
 */
export function encodeCalcAppCookie(state: CalcAppState): Uint8Array {
  const bytes = new Uint8Array(calcAppStateLength);
  writeCalcAppState(new DataView(bytes.buffer), 0, state);
  return bytes;
}

/**
 * The state in a cookie, or `undefined` where the bytes are none, or say that more is done than the job has.
 *
 * @param bytes - What came back in an ASAP_COOKIE_ECHO.
 */
export function decodeCalcAppCookie(bytes: Uint8Array): CalcAppState | undefined {
  if (bytes.length !== calcAppStateLength) return undefined;
  const state = readCalcAppState(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
  return state !== undefined && state.completed <= state.jobSize ? state : undefined;
}

import type { UnknownParameter } from '@rserpool/wire';

/**
 * The type of the parameter with which an element may say how many messages of the association a cookie covers:
 * u32, behind the Cookie parameter of an ASAP_COOKIE. An extension of this implementation, in no RFC; the two highest
 * bits are `10`, so that everybody else skips it silently (RFC 5354 section 3).
 */
export const cookieCoverageParameterType: number = 0x803e;

/**
 * Makes the parameter.
 *
 * @param count - How many messages of this association the application had taken when it made the cookie.
 */
export function cookieCoverageParameter(count: number): UnknownParameter {
  const value = new Uint8Array(4);
  new DataView(value.buffer).setUint32(0, count);
  return { type: cookieCoverageParameterType, value, position: 1 };
}

/**
 * Reads the parameter.
 *
 * @param parameters - The parameters of an ASAP_COOKIE that the codec did not know.
 * @returns The number, or `undefined` where there is none or it is malformed.
 */
export function readCookieCoverage(parameters: readonly UnknownParameter[] | undefined): number | undefined {
  const value = parameters?.find(({ type }) => type === cookieCoverageParameterType)?.value;
  if (value === undefined || value.length !== 4) return undefined;
  return new DataView(value.buffer, value.byteOffset, 4).getUint32(0);
}

import { encodeBare } from './codec/encode-message.ts';
import { writePolicy } from './parameters/policy.ts';
import { type PoolElement, writePoolElement } from './parameters/pool-element.ts';
import type { PolicyParameter } from './parameters/selection-policy.ts';
import { type UserTransport, writeUserTransport } from './parameters/user-transport.ts';

/**
 * Encodes a Pool Element parameter alone, for the information of an Invalid Values cause (RFC 5354 section 3.12.4).
 *
 * @param element - What to encode.
 * @returns The whole parameter, without padding behind it.
 * @throws {@link RserpoolError} as {@link encodeAsapMessage} does.
 */
export function encodePoolElementParameter(element: PoolElement): Uint8Array {
  return encodeBare((writer, value) => writePoolElement(writer, value, 'poolElement', -1), element);
}

/**
 * Encodes a Pool Member Selection Policy parameter alone, for the information of an Inconsistent Pool Policy cause
 * (RFC 5354 section 3.12.6).
 *
 * @param policy - What to encode.
 * @returns The whole parameter, without padding behind it.
 * @throws {@link RserpoolError} as {@link encodeAsapMessage} does.
 */
export function encodePolicyParameter(policy: PolicyParameter): Uint8Array {
  return encodeBare(writePolicy, policy);
}

/**
 * Encodes a transport parameter alone, for the information of an Inconsistent Transport Type cause (RFC 5354
 * section 3.12.8).
 *
 * @param transport - What to encode.
 * @returns The whole parameter, without padding behind it.
 * @throws {@link RserpoolError} as {@link encodeAsapMessage} does.
 */
export function encodeTransportParameter(transport: UserTransport): Uint8Array {
  return encodeBare((writer, value) => writeUserTransport(writer, value, 'transport', -1), transport);
}

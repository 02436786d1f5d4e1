import type { AuthenticationParameters } from '../wire/chunks/init.ts';
import { ParameterType } from '../wire/parameter-type.ts';

/**
 * What one side contributes to the key: its RANDOM, CHUNKS and HMAC-ALGO parameters, header included and padding not
 * (RFC 4895 section 6.1).
 */
export function keyVector(parameters: AuthenticationParameters): Uint8Array {
  const { random, chunks, hmacAlgorithms } = parameters;
  const algorithms = hmacAlgorithms.flatMap((identifier) => [identifier >> 8, identifier & 0xff]);
  return new Uint8Array([
    ...header(ParameterType.random, random.length),
    ...random,
    ...(chunks === undefined ? [] : [...header(ParameterType.chunkList, chunks.length), ...chunks]),
    ...header(ParameterType.hmacAlgorithms, algorithms.length),
    ...algorithms,
  ]);
}

/**
 * The association shared key, where there is no endpoint pair shared key: both vectors, the one that is the smaller
 * number first; of equal numbers the shorter one (RFC 4895 section 6.1).
 */
export function associationKey(own: Uint8Array, peer: Uint8Array): Uint8Array {
  const [first, second] = isBefore(own, peer) ? [own, peer] : [peer, own];
  const key = new Uint8Array(first.length + second.length);
  key.set(first);
  key.set(second, first.length);
  return key;
}

/** Compares two vectors as numbers; leading zeros make one longer, not larger. */
function isBefore(left: Uint8Array, right: Uint8Array): boolean {
  const length = Math.max(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const difference = digit(left, at - length) - digit(right, at - length);
    if (difference !== 0) return difference < 0;
  }
  return left.length < right.length;
}

/** The byte that stands so many places before the end; 0 in front of the vector. */
function digit(vector: Uint8Array, fromEnd: number): number {
  return vector[vector.length + fromEnd] ?? 0;
}

function header(type: number, valueLength: number): number[] {
  return [type >> 8, type & 0xff, (valueLength + 4) >> 8, (valueLength + 4) & 0xff];
}

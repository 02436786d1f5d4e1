import { policyNamed } from './parameters/policy-layout.ts';
import type { PoolElement } from './parameters/pool-element.ts';
import type { PolicyParameter } from './parameters/selection-policy.ts';
import type { UnknownParameter } from './parameters/unknown-parameter.ts';
import type { UserTransport } from './parameters/user-transport.ts';

/**
 * How many bytes a Pool Element parameter takes in a message, with its padding. For filling a message up to a
 * limit without encoding it.
 *
 * @param element - A pool element that can be encoded.
 */
export function encodedPoolElementLength(element: PoolElement): number {
  let length = 16 + transportLength(element.userTransport) + policyLength(element.policy);
  if (element.asapTransport !== undefined) length += transportLength(element.asapTransport);
  return length + unknownLength(element.unknownParameters);
}

/**
 * How many bytes a Pool Handle parameter takes in a message, with its padding.
 *
 * @param poolHandle - The pool handle.
 */
export function encodedPoolHandleLength(poolHandle: Uint8Array): number {
  return padded(4 + poolHandle.length);
}

function transportLength(transport: UserTransport): number {
  if (transport.protocol === 'opaque') return padded(4 + transport.data.length);
  let length = transport.protocol === 'dccp' ? 12 : 8;
  if (transport.protocol === 'sctp') {
    for (const address of transport.addresses) length += 4 + address.length;
  } else {
    length += 4 + transport.address.length;
  }
  return length + unknownLength(transport.unknownParameters);
}

function policyLength(policy: PolicyParameter): number {
  return (
    8 +
    (policy.type === 'unknown' ? padded(policy.data.length) : (policyNamed(policy.type)?.layout.bytes ?? 0))
  );
}

function unknownLength(unknown: readonly UnknownParameter[] | undefined): number {
  if (unknown === undefined) return 0;
  let length = 0;
  for (const { value } of unknown) length += padded(4 + value.length);
  return length;
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

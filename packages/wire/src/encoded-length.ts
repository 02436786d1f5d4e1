import { policyDataLength } from './parameters/policy.ts';
import type { IpAddress } from './parameters/ip-address.ts';
import type { PoolElement } from './parameters/pool-element.ts';
import type { SctpTransport } from './parameters/sctp-transport.ts';
import type { PolicyParameter, UnknownPolicy } from './parameters/selection-policy.ts';
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
  const { unknownParameters } = element;
  return unknownParameters === undefined ? length : length + unknownLength(unknownParameters);
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
  if (transport.protocol === 'sctp') return sctpLength(transport);
  if (transport.protocol === 'opaque') return padded(4 + transport.data.length);
  const fields = transport.protocol === 'dccp' ? 12 : 8;
  return fields + 4 + transport.address.length + unknownLength(transport.unknownParameters);
}

function sctpLength({ addresses, unknownParameters }: SctpTransport): number {
  let length = 8 + 4 * addresses.length;
  for (let at = 0; at < addresses.length; at++) length += (addresses[at] as IpAddress).length;
  return unknownParameters === undefined ? length : length + unknownLength(unknownParameters);
}

function policyLength(policy: PolicyParameter): number {
  const length = policyDataLength(policy.type);
  return 8 + (length < 0 ? padded((policy as UnknownPolicy).data.length) : length);
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

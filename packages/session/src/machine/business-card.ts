import type { PoolElement } from '@rserpool/wire';

/**
 * What an ASAP_BUSINESS_CARD says (RFC 5352 sections 2.2.13 and 3.9): the pool that its sender belongs to, and the
 * elements that the receiver should go to when the sender fails.
 */
export interface BusinessCard {
  /** The pool of the sender. */
  readonly poolHandle: Uint8Array;
  /** The order of failover, the preferred one first; at least one. */
  readonly poolElements: readonly PoolElement[];
}

/**
 * A copy of a card that was received: decoded bytes are views of the packet, and the card outlives it.
 *
 * @param card - The card, or a message with its fields.
 */
export function copyOfCard({ poolHandle, poolElements }: BusinessCard): BusinessCard {
  return { poolHandle: poolHandle.slice(), poolElements: poolElements.map(deepCopy) };
}

function deepCopy<Value>(value: Value): Value {
  return copyOf(value) as Value;
}

function copyOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.slice();
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, copyOf(field)]));
}

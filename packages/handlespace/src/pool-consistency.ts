import type { ErrorCause, PolicyParameter, PoolElement } from '@rserpool/wire';
import { type Pool, poolTransportOf, transportCode } from './pool.ts';
import type { PoolTable } from './pool-table.ts';
import { inconsistentDataControl, inconsistentPolicy, inconsistentTransport } from './registration-causes.ts';

/**
 * Whether an element agrees with the pool that it wants to join or is in (RFC 5352 section 3.1 rules 2 and 3).
 *
 * @param pools - The pools.
 * @param number - The number of the pool.
 * @param element - The element.
 * @param type - The type of its policy.
 */
export function isConsistent(
  pools: PoolTable,
  number: number,
  element: PoolElement,
  type: PolicyParameter['type'],
): boolean {
  return type === pools.type(number) && transportCode(element.userTransport) === pools.transport(number);
}

/**
 * Compares an element with the pool that it wants to join or is in: policy type, transport type and data/control
 * channel configuration have to be those of the pool (RFC 5352 section 3.1 rules 2 and 3).
 *
 * @param pool - The pool.
 * @param element - The element.
 * @param type - The type of its policy.
 * @returns A cause for each difference; empty where there is none.
 */
export function inconsistencies(
  pool: Pool,
  element: PoolElement,
  type: PolicyParameter['type'],
): readonly ErrorCause[] {
  const { userTransport } = element;
  const causes: ErrorCause[] = [];
  if (type !== pool.policy.type) causes.push(inconsistentPolicy(pool.policy));
  const transport = poolTransportOf(userTransport);
  if (transport.protocol !== pool.transport.protocol) causes.push(inconsistentTransport(pool.transport));
  // Only transports of one type can be told apart by their use: that of another type is wrong anyhow.
  else if (transport.transportUse !== pool.transport.transportUse) causes.push(inconsistentDataControl());
  return causes;
}

import type { Handlespace } from '@rserpool/handlespace';
import type { PoolSnapshot } from './registrar-snapshot.ts';

/**
 * Every pool with its elements, in no particular order.
 *
 * @param handlespace - Where to look; it is not changed.
 */
export function snapshotPools(handlespace: Handlespace): PoolSnapshot[] {
  const snapshot: PoolSnapshot[] = [];
  for (const poolHandle of handlespace.pools()) {
    const pool = handlespace.peek(poolHandle);
    if (pool === undefined) continue;
    const poolElements = pool.elements.map((element) => handlespace.poolElement(element));
    snapshot.push({ poolHandle, policy: pool.policy, poolElements });
  }
  return snapshot;
}

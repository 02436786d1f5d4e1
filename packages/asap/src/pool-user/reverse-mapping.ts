import type { PoolElement, RemoteEndpoint } from '@rserpool/wire';
import { poolHandleOfKey } from '@rserpool/wire/internal';
import { includesAddress } from '../server-hunt/same-endpoint.ts';
import type { CachedPool } from './pool-cache.ts';

/** A pool element and its pool: what RFC 5352 section 1.1 calls a pool element handle, with all that is known of it. */
export interface PoolElementOfPool {
  /** The pool. */
  readonly poolHandle: Uint8Array;
  /** The element, as the registrar described it. */
  readonly poolElement: PoolElement;
}

/**
 * The reverse mapping of RFC 5352 section 6.6 A: from a sender's address to its pool element handle. An element whose
 * user transport has the address and the port is taken, or else the only one with the address, since a pool user
 * that is an element, too, sends from another port. Several possible ones are as good as none.
 *
 * @param pools - The cache: pools by their keys.
 * @param remote - Where the message came from.
 */
export function reverseMapping(
  pools: Iterable<readonly [string, CachedPool]>,
  remote: RemoteEndpoint,
): PoolElementOfPool | undefined {
  const byAddress = new Map<string, { pool: string; poolElement: PoolElement; hasPort: boolean }>();
  for (const [pool, { poolElements }] of pools) {
    for (const poolElement of poolElements) {
      const { userTransport } = poolElement;
      if (userTransport.protocol === 'opaque') continue;
      const own = userTransport.protocol === 'sctp' ? userTransport.addresses : [userTransport.address];
      if (!remote.addresses.some((address) => includesAddress(own, address))) continue;
      const hasPort = userTransport.port === remote.port;
      byAddress.set(`${pool} ${poolElement.identifier}`, { pool, poolElement, hasPort });
    }
  }
  const all = [...byAddress.values()];
  const exact = all.filter(({ hasPort }) => hasPort);
  const [found, ...others] = exact.length > 0 ? exact : all;
  if (found === undefined || others.length > 0) return undefined;
  return { poolHandle: poolHandleOfKey(found.pool), poolElement: found.poolElement };
}

import type { EnrpPeer } from '@rserpool/enrp';
import { formatIpAddress, formatPoolHandle, type PoolElement } from '@rserpool/wire';
import { type Plain, toPlain } from '../decode/to-plain.ts';
import { formatIdentifier } from '../options/identifier.ts';
import type { HandlespaceDump, OwnerSummary } from './read-handlespace.ts';

/**
 * What a registrar told about itself, as JSON.
 *
 * @param dump - What it told.
 */
export function dumpToPlain({ registrar, peers, pools, owners }: HandlespaceDump): Plain {
  return {
    registrar: formatIdentifier(registrar),
    peers: peers.map((peer) => peerToPlain(peer, owners)),
    ...ownerToPlain(owners.find(({ identifier }) => identifier === registrar)),
    pools: pools.map(({ poolHandle, policy, poolElements }) => ({
      poolHandle: formatPoolHandle(poolHandle),
      policy: policy.type,
      elements: poolElements.map(elementToPlain),
    })),
  };
}

function peerToPlain({ identifier, endpoint, status }: EnrpPeer, owners: readonly OwnerSummary[]): Plain {
  return {
    identifier: formatIdentifier(identifier),
    status,
    addresses: endpoint?.addresses.map((address) => formatIpAddress(address)) ?? [],
    port: endpoint?.port ?? 0,
    ...ownerToPlain(owners.find((owner) => owner.identifier === identifier)),
  };
}

function ownerToPlain(owner: OwnerSummary | undefined): { readonly [key: string]: Plain } {
  return { ownElements: owner?.elements ?? 0, checksum: owner?.checksum ?? 0xffff };
}

function elementToPlain({ identifier, homeRegistrar, ...element }: PoolElement): Plain {
  return {
    identifier: formatIdentifier(identifier),
    homeRegistrar: formatIdentifier(homeRegistrar),
    ...(toPlain(element) as { readonly [key: string]: Plain }),
  };
}

import { bytesToHex, type IpAddress, parseIpAddress, RserpoolError } from '@rserpool/wire';
import { checkAddress, hostAddresses, isLoopback, isUnspecified } from '@rserpool/transport/internal';

/**
 * The concrete local addresses of an endpoint: the unspecified ones stand for all of the host's of that family. By
 * default one that listens has the loopback ones, as with the other transports, so that nobody is reachable from outside
 * who does not ask for it; one that does not listen has all of the host's, since nobody knows yet whom it connects to.
 *
 * @param asked - What the caller asked for.
 * @param listen - Whether the endpoint accepts associations.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`.
 */
export function concreteAddresses(
  asked: readonly IpAddress[] | undefined,
  listen: boolean,
): readonly IpAddress[] {
  const isAsked = asked !== undefined && asked.length > 0;
  const addresses = isAsked ? asked : listen ? loopbackAddresses() : hostAddresses();
  const concrete: Map<string, IpAddress> = new Map();
  for (const address of addresses) {
    checkAddress('addresses', address);
    for (const one of isUnspecified(address) ? hostAddresses(address.length) : [address]) {
      if (!concrete.has(bytesToHex(one))) concrete.set(bytesToHex(one), one.slice());
    }
  }
  if (concrete.size > 0) return [...concrete.values()];
  throw new RserpoolError(
    'ERR_RSERPOOL_INVALID_ARGUMENT',
    'this host has no address of the family that was asked for; give another one',
  );
}

/** 127.0.0.1, and ::1 where the host has IPv6. */
function loopbackAddresses(): readonly IpAddress[] {
  const ipv6 = hostAddresses(16).filter(isLoopback).slice(0, 1);
  return [parseIpAddress('127.0.0.1'), ...ipv6];
}

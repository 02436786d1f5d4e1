import { bytesToHex, type IpAddress, parseIpAddress, RserpoolError } from '@rserpool/wire';
import { checkAddress, hostAddresses, isLoopback, isUnspecified } from '@rserpool/transport/internal';

/**
 * The concrete local addresses of an endpoint: the unspecified ones stand for all of the host's of that family, and by
 * default it is the loopback ones, as with the other transports, so that nobody is reachable from outside who does not
 * ask for it.
 *
 * @param asked - What the caller asked for.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`.
 */
export function concreteAddresses(asked: readonly IpAddress[] | undefined): readonly IpAddress[] {
  const addresses = asked === undefined || asked.length === 0 ? loopbackAddresses() : asked;
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

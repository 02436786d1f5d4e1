import { bytesEqual, type IpAddress, type RemoteEndpoint } from '@rserpool/wire';
import type { Hello } from './framing/hello.ts';
import { isLoopback } from '../core/system-addresses.ts';

const unique = (addresses: readonly IpAddress[]): IpAddress[] =>
  addresses.filter((address, index) => addresses.findIndex((other) => bytesEqual(other, address)) === index);

/**
 * Who the peer of an accepted connection is. Anybody can announce any address, and traffic that is meant for another
 * host must not be drawn away so: only the address that the connection comes from counts, and, where that is a loopback
 * one, the other loopback addresses that are announced (they are this same host in any case).
 *
 * @param source - The address that the connection comes from.
 * @param sourcePort - The ephemeral port that it comes from.
 * @param hello - What the peer announced.
 * @returns The verified addresses, and the announced port, or the ephemeral one where the peer does not listen.
 */
export function acceptedRemote(
  source: IpAddress,
  sourcePort: number,
  hello: Hello | undefined,
): RemoteEndpoint {
  const loopbacks = isLoopback(source) ? (hello?.addresses ?? []).filter(isLoopback) : [];
  const announcedPort = hello?.port ?? 0;
  return {
    addresses: unique([source, ...loopbacks]),
    port: announcedPort === 0 ? sourcePort : announcedPort,
  };
}

/**
 * Who the peer of an opened connection is: the address that was called and answered, and of the others that the caller
 * knew those that the peer announced too; without an announcement all that the caller knew.
 *
 * @param dialled - The address that answered.
 * @param asked - Where the caller wanted to connect to.
 * @param hello - What the peer announced.
 */
export function openedRemote(
  dialled: IpAddress,
  asked: RemoteEndpoint,
  hello: Hello | undefined,
): RemoteEndpoint {
  const announced = hello?.addresses;
  const confirmed = asked.addresses.filter(
    (address) => announced === undefined || announced.some((other) => bytesEqual(other, address)),
  );
  const loopbacks = isLoopback(dialled) ? (announced ?? []).filter(isLoopback) : [];
  return { addresses: unique([dialled, ...confirmed, ...loopbacks]), port: asked.port };
}

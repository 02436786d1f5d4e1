import type { PoolElement, RandomSource, RemoteEndpoint } from '@rserpool/wire';
import { parseIpAddress, poolHandleFromText, seededRandom } from '@rserpool/wire';
import type { PoolElementRegistration } from '../pool-element/pool-element-input.ts';

/** The pool of most tests. */
export const echo: Uint8Array = poolHandleFromText('echo');

/** Another pool. */
export const other: Uint8Array = poolHandleFromText('other');

/** An endpoint by its text, such as `10.0.0.1:3863`. */
export function endpoint(text: string): RemoteEndpoint {
  const [address = '', port = ''] = text.split(':');
  return { addresses: [parseIpAddress(address)], port: Number(port) };
}

/** What an element on a host registers. */
export function registrationOf(
  host: string,
  identifier: number,
  overrides: Partial<PoolElementRegistration> = {},
): PoolElementRegistration {
  return {
    identifier,
    registrationLife: 300,
    userTransport: { protocol: 'tcp', port: 7, address: parseIpAddress(host) },
    policy: { type: 'roundRobin' },
    ...overrides,
  };
}

/** An element as a registrar knows it. */
export function knownElement(
  host: string,
  identifier: number,
  homeRegistrar: number,
  overrides: Partial<PoolElement> = {},
): PoolElement {
  return {
    ...registrationOf(host, identifier),
    homeRegistrar,
    asapTransport: { protocol: 'sctp', port: 4000, transportUse: 0, addresses: [parseIpAddress(host)] },
    ...overrides,
  };
}

/** Random numbers that are all the middle of their range, so that what varies around a mean is the mean. */
export const middle: RandomSource = () => 0x80000000;

/** Random numbers of a fixed seed. */
export function seeded(seed: number): RandomSource {
  return seededRandom(seed);
}

/** Numbers for associations. */
export function numbers(): () => number {
  let last = 0;
  return () => ++last;
}

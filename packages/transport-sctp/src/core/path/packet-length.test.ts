import { describe, expect, test } from 'vitest';
import { defaultSctpParameters } from '../endpoint/default-parameters.ts';
import { Path } from './path.ts';
import { PathSet } from './path-set.ts';

const owner = { pathAcknowledged: () => undefined };

const ipv6Loopback = new Uint8Array(16).with(15, 1);
const parameters = { ...defaultSctpParameters, maximumPacketBytes: 1232, loopbackPacketBytes: 7680 };

function pathTo(destination: Uint8Array): Path {
  return new Path(owner, 1, destination, destination, 0, true, parameters);
}

describe('the longest packet of a path', () => {
  test.each([
    { name: '127.0.0.1', address: Uint8Array.of(127, 0, 0, 1), bytes: 7680 },
    { name: '127.1.2.3', address: Uint8Array.of(127, 1, 2, 3), bytes: 7680 },
    { name: '::1', address: ipv6Loopback, bytes: 7680 },
    { name: '10.0.0.1', address: Uint8Array.of(10, 0, 0, 1), bytes: 1232 },
    { name: '192.0.2.1', address: Uint8Array.of(192, 0, 2, 1), bytes: 1232 },
    { name: '::2', address: new Uint8Array(16).with(15, 2), bytes: 1232 },
  ])('to $name is $bytes bytes', ({ address, bytes }) => {
    expect(pathTo(address).mtuBytes).toBe(bytes);
  });

  test('decides how large chunks are: the path that takes least (RFC 9260 section 7.3)', () => {
    const near = pathTo(ipv6Loopback);
    const far = pathTo(Uint8Array.of(192, 0, 2, 1));
    expect(new PathSet([near], near).packetBytes).toBe(7680);
    expect(new PathSet([near, far], near).packetBytes).toBe(1232);
    const paths = new PathSet([near, far], near);
    paths.replace([near]);
    expect(paths.packetBytes).toBe(7680);
  });
});

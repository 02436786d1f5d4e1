import { createSocket } from 'node:dgram';
import { parseIpAddress } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { probeUdpPort } from './port-probe.ts';

const loopback = parseIpAddress('127.0.0.1');

/** A port that nobody has: the system has just given it, and taken it back. */
const closedPort = (): Promise<number> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });

describe('asking a host whether anybody has a UDP port', () => {
  it('tells that nobody has it', async () => {
    const port = await closedPort();
    await expect(new Promise<void>((resolve) => probeUdpPort(loopback, port, resolve))).resolves.toBe(
      undefined,
    );
  });

  it('tells nothing of an address that no packet can go to, such as one of a peer’s own link', async () => {
    let isRefused = false;
    probeUdpPort(parseIpAddress('fe80::1'), 9, () => {
      isRefused = true;
    });
    const port = await closedPort();
    await new Promise<void>((resolve) => probeUdpPort(loopback, port, resolve));
    expect(isRefused).toBe(false);
  });
});

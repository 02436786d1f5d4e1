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

/** Resolves when the host has said that nobody has the port. */
const refusal = (port: number): Promise<void> =>
  new Promise((resolve) => {
    probeUdpPort(loopback, port, resolve);
  });

describe('asking a host whether anybody has a UDP port', () => {
  it('tells that nobody has it', async () => {
    const port = await closedPort();
    await expect(refusal(port)).resolves.toBe(undefined);
  });

  it('tells nothing of an address that no packet can go to, such as one of a peer’s own link', async () => {
    let isRefused = false;
    probeUdpPort(parseIpAddress('fe80::1'), 9, () => {
      isRefused = true;
    });
    const port = await closedPort();
    await refusal(port);
    expect(isRefused).toBe(false);
  });
});

import { createSocket } from 'node:dgram';
import { parseIpAddress } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { describeGroupCompliance } from '../compliance/group-compliance.ts';
import { createUdpGroups } from './udp-groups.ts';

/** A port that the system has just found free; members share it, so nobody else may have it. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });

describeGroupCompliance({
  name: 'UDP multicast on the loopback interface',
  describe,
  it,
  expect,
  create: async () => {
    const groups = createUdpGroups();
    const interfaceAddress = parseIpAddress('127.0.0.1');
    return {
      networks: [groups, groups],
      group: parseIpAddress('239.255.38.63'),
      port: await freePort(),
      alwaysLoopsBack: true,
      options: [{ interfaceAddress }, { interfaceAddress }],
    };
  },
});

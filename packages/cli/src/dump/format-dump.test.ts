import { parseIpAddress, parseRemoteEndpoint, poolHandleFromText } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { dumpToPlain } from './dump-to-plain.ts';
import { formatDump } from './format-dump.ts';
import type { HandlespaceDump } from './read-handlespace.ts';

const addresses = [parseIpAddress('192.0.2.1'), parseIpAddress('2001:db8::1')];
const dump: HandlespaceDump = {
  registrar: 1,
  peers: [
    {
      identifier: 2,
      status: 'active',
      heard: true,
      lastHeardAt: 0,
      associated: true,
      endpoint: parseRemoteEndpoint('192.0.2.9:9901'),
    },
    { identifier: 3, status: 'active', heard: false, lastHeardAt: 0, associated: false, endpoint: undefined },
  ],
  owners: [
    { identifier: 1, elements: 1, checksum: 0xeb3c },
    { identifier: 2, elements: 1, checksum: 0x55a4 },
    { identifier: 3, elements: 0, checksum: 0xffff },
  ],
  pools: [
    {
      poolHandle: poolHandleFromText('P'),
      policy: { type: 'leastUsed', load: 0x8000_0000 },
      poolElements: [
        {
          identifier: 0x10,
          homeRegistrar: 1,
          registrationLife: 90_000,
          userTransport: { protocol: 'sctp', port: 7000, transportUse: 1, addresses },
          policy: { type: 'leastUsed', load: 0x8000_0000 },
          asapTransport: { protocol: 'sctp', port: 7001, transportUse: 0, addresses },
        },
        {
          identifier: 0x20,
          homeRegistrar: 2,
          registrationLife: -1,
          userTransport: {
            protocol: 'tcp',
            port: 80,
            address: parseIpAddress('192.0.2.2'),
          },
          policy: { type: 'leastUsed', load: 0 },
        },
      ],
    },
  ],
};

describe('a dump of a handlespace', () => {
  it('is tables for people, with lives in the unit of the registrar', () => {
    expect(formatDump(dump, 'milliseconds').split('\n')).toEqual([
      'registrar 0x00000001: 1 pool, 2 elements, 2 peers',
      '',
      'REGISTRAR   STATE   OWNS  CHECKSUM  ENRP',
      '0x00000001  asked      1  0xeb3c    as asked',
      '0x00000002  active     1  0x55a4    192.0.2.9:9901',
      '0x00000003  active     0  0xffff    not known',
      '',
      'pool P: policy leastUsed, 2 elements',
      '  ELEMENT     HOME            LIFE  POLICY                USER TRANSPORT                                ASAP TRANSPORT',
      '  0x00000010  0x00000001  90000 ms  leastUsed load=0.500  sctp+control 192.0.2.1,2001:db8::1 port 7000  sctp 192.0.2.1,2001:db8::1 port 7001',
      '  0x00000020  0x00000002  infinite  leastUsed load=0.000  tcp 192.0.2.2 port 80                         -',
    ]);
    expect(formatDump(dump, 'seconds')).toContain(' 90000 s ');
  });

  it('is JSON for programs, with who owns how much', () => {
    expect(dumpToPlain(dump)).toMatchObject({
      registrar: '0x00000001',
      ownElements: 1,
      checksum: 0xeb3c,
      peers: [
        { identifier: '0x00000002', port: 9901, ownElements: 1, checksum: 0x55a4 },
        { identifier: '0x00000003', addresses: [], port: 0, ownElements: 0, checksum: 0xffff },
      ],
      pools: [{ poolHandle: 'P', elements: [{ identifier: '0x00000010' }, { registrationLife: -1 }] }],
    });
  });
});

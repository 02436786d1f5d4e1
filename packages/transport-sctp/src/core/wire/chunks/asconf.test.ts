import { hexToBytes } from '@rserpool/wire';
import { describeChunk, readOnly, written } from '../testing/golden.fixture.ts';
import { describe, expect, it } from 'vitest';
import { type Asconf, putAsconf, readAsconf, type ReceivedAsconfRequest } from './asconf.ts';

// The parameters are the examples of RFC 5061 sections 4.2.1, 4.2.2 and 4.2.4.
const add = 'c001 0010 01023474 0005 0008 c0000201';
const remove = 'c002 0010 01023476 0005 0008 c0000201';
const primary = 'c004 0010 01023479 0005 0008 c0000201';
const address = hexToBytes('c0000201');

describeChunk<Asconf<ReceivedAsconfRequest>>(
  'ASCONF (RFC 5061 section 4.1.1)',
  { read: readAsconf, write: putAsconf },
  {
    golden: [
      {
        name: "the RFC's examples",
        hex: `c1 00 0040 00000001 0005 0008 0a000001 ${add} ${remove} ${primary}`,
        value: {
          serialNumber: 1,
          address: hexToBytes('0a000001'),
          requests: [
            { type: 'add', correlationIdentifier: 0x01023474, address, parameter: hexToBytes(add) },
            { type: 'delete', correlationIdentifier: 0x01023476, address, parameter: hexToBytes(remove) },
            {
              type: 'setPrimary',
              correlationIdentifier: 0x01023479,
              address,
              parameter: hexToBytes(primary),
            },
          ],
        },
      },
      {
        name: 'IPv6, and no request',
        hex: 'c1 00 001c ffffffff 0006 0014 20010db8000000000000000000000001',
        value: {
          serialNumber: 0xffffffff,
          address: hexToBytes('20010db8000000000000000000000001'),
          requests: [],
        },
      },
    ],
    failures: [
      { name: 'without an address', hex: 'c1 00 0008 00000001' },
      { name: 'a request before the address', hex: `c1 00 0018 00000001 ${add}` },
      { name: 'an address of the wrong length', hex: 'c1 00 0010 00000001 0005 0007 0a000001' },
      {
        name: 'a request without an address',
        hex: 'c1 00 0018 00000001 0005 0008 0a000001 c001 0008 00000002',
      },
      {
        name: 'a request without a correlation identifier',
        hex: 'c1 00 0014 00000001 0005 0008 0a000001 c001 0004',
      },
      {
        name: 'a request beyond the end',
        hex: 'c1 00 0020 00000001 0005 0008 0a000001 c001 0014 00000002 0005 0008 0a000001',
      },
    ],
  },
);

describe('parameters of ASCONF that are not known', () => {
  const start = '0005 0008 0a000001';

  it.each([
    { name: '00: stop', parameter: '3fff 0004', types: [] },
    { name: '01: stop and report', parameter: '7fff 0004', types: ['unrecognized'] },
    { name: '10: skip', parameter: 'bfff 0004', types: ['add'] },
    { name: '11: skip and report', parameter: 'ffff 0004', types: ['unrecognized', 'add'] },
  ])('follow their two high bits: $name', ({ parameter, types }) => {
    const asconf = readOnly(
      { read: readAsconf, write: putAsconf },
      `c1 00 0024 00000001 ${start} ${parameter} ${add}`,
    );
    expect(asconf?.requests.map(({ type }) => type)).toEqual(types);
  });

  it('are not written', () => {
    const request = { type: 'unrecognized', correlationIdentifier: 0, address: new Uint8Array(0) } as const;
    const asconf = { serialNumber: 1, address: hexToBytes('0a000001'), requests: [request] };
    expect(written((writer) => putAsconf(writer, asconf))).toBe('c1000010000000010005' + '00080a000001');
  });
});

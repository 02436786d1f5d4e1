import { hexToBytes, parseIpAddress } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { ChunkWalk } from '../chunk-walk.ts';
import { describeChunk, packetWith, written } from '../testing/golden.fixture.ts';
import { decodeInit, decodeInitAck } from './decode-init.ts';
import { type Init, putInit } from './init.ts';
import { type InitAck, putInitAck } from './init-ack.ts';
import { type InitFault, putInitFaultCause } from './init-fault.ts';

const plain: Init = {
  initiateTag: 0x01020304,
  receiverWindow: 1500,
  outboundStreams: 1,
  inboundStreams: 65535,
  initialTsn: 0xffffffff,
  addresses: [],
};
const plainHex = '01020304 000005dc 0001 ffff ffffffff';

const everything: Init = {
  ...plain,
  addresses: [parseIpAddress('192.0.2.1'), parseIpAddress('2001:db8::1'), parseIpAddress('192.0.2.2')],
  cookiePreservativeMs: 1000,
  supportedAddressTypes: [5, 6],
  supportedExtensions: [0xc1, 0x80, 0x0f],
  forwardTsnSupported: true,
  authentication: { random: hexToBytes('0102030405'), chunks: [0xc1], hmacAlgorithms: [3, 1] },
  adaptationLayerIndication: 7,
};
const everythingHex = `${plainHex}
  0005 0008 c0000201  0006 0014 20010db8000000000000000000000001  0005 0008 c0000202
  0009 0008 000003e8  000c 0008 0005 0006  8008 0007 c1800f 00  c000 0004
  8002 0009 0102030405 000000  8003 0005 c1 000000  8004 0008 0003 0001  c006 0008 00000007`;

describeChunk<Init>(
  'INIT (RFC 9260 section 3.3.2)',
  {
    read(bytes, offset, length) {
      const result = decodeInit(bytes, offset, length);
      return result.ok ? result.init : undefined;
    },
    write: putInit,
  },
  {
    golden: [
      { name: 'no parameter', hex: `01 00 0014 ${plainHex}`, value: plain },
      { name: 'every parameter', hex: `01 00 0078 ${everythingHex}`, value: everything },
      {
        name: 'the last parameter padded, its padding not counted',
        hex: `01 00 001b ${plainHex} 8008 0007 c1800f 00`,
        value: { ...plain, supportedExtensions: [0xc1, 0x80, 0x0f] },
      },
      {
        name: 'a parameter twice: the first one counts',
        hex: `01 00 0024 ${plainHex} 0009 0008 00000001 0009 0008 00000002`,
        value: { ...plain, cookiePreservativeMs: 1 },
        canonical: `01 00 001c ${plainHex} 0009 0008 00000001`,
      },
      {
        name: 'ECN, which is skipped by its high bits',
        hex: `01 00 0018 ${plainHex} 8000 0004`,
        value: plain,
        canonical: `01 00 0014 ${plainHex}`,
      },
      {
        name: 'addresses that nobody can have',
        hex: `01 00 0040 ${plainHex} 0005 0008 e0000001 0005 0008 ffffffff 0005 0008 00000000
          0006 0014 ff020000000000000000000000000001`,
        value: plain,
        canonical: `01 00 0014 ${plainHex}`,
      },
      {
        name: 'an IPv4 address in the clothes of an IPv6 one (section 3.3.2.1.2)',
        hex: `01 00 0028 ${plainHex} 0006 0014 00000000000000000000ffffc0000201`,
        value: plain,
        canonical: `01 00 0014 ${plainHex}`,
      },
      {
        name: 'the type of host names among the supported ones (section 3.3.2.1.5)',
        hex: `01 00 001e ${plainHex} 000c 000a 0006 000b 0005 0000`,
        value: { ...plain, supportedAddressTypes: [6, 5] },
        canonical: `01 00 001c ${plainHex} 000c 0008 0006 0005`,
      },
      {
        name: 'parameters of other chunks (RFC 5061 section 4.2)',
        hex: `01 00 0024 ${plainHex} c002 0010 00000001 0005 0008 c0000201`,
        value: plain,
        canonical: `01 00 0014 ${plainHex}`,
      },
      {
        name: 'AUTH without an algorithm is none',
        hex: `01 00 001c ${plainHex} 8002 0008 01020304`,
        value: plain,
        canonical: `01 00 0014 ${plainHex}`,
      },
    ],
    failures: [
      { name: 'too short for its fields', hex: '01 00 0010 01020304 000005dc 0001 ffff' },
      { name: 'tag 0', hex: '01 00 0014 00000000 000005dc 0001 ffff ffffffff' },
      { name: 'no outbound stream', hex: '01 00 0014 01020304 000005dc 0000 ffff ffffffff' },
      { name: 'no inbound stream', hex: '01 00 0014 01020304 000005dc 0001 0000 ffffffff' },
      { name: 'a window of 1499 bytes', hex: '01 00 0014 01020304 000005db 0001 ffff ffffffff' },
      { name: 'a host name', hex: `01 00 001a ${plainHex} 000b 0006 6100 0000` },
      { name: 'an IPv4 address of 3 bytes', hex: `01 00 001b ${plainHex} 0005 0007 c00002 00` },
      { name: 'an IPv6 address of 4 bytes', hex: `01 00 001c ${plainHex} 0006 0008 c0000201` },
      { name: 'a cookie preservative without a number', hex: `01 00 0018 ${plainHex} 0009 0004` },
      { name: 'an adaptation layer without an indication', hex: `01 00 0018 ${plainHex} c006 0004` },
      { name: 'half an algorithm', hex: `01 00 0019 ${plainHex} 8004 0005 00 000000` },
      { name: 'a parameter beyond the end', hex: `01 00 0018 ${plainHex} 8888 0005` },
      { name: 'a parameter without a length', hex: `01 00 0018 ${plainHex} 8888 0000` },
      { name: 'half a parameter header', hex: `01 00 0016 ${plainHex} 8888 0000` },
    ],
  },
);

describeChunk<InitAck>(
  'INIT ACK (RFC 9260 section 3.3.3)',
  {
    read(bytes, offset, length) {
      const result = decodeInitAck(bytes, offset, length);
      return result.ok ? result.init : undefined;
    },
    write: putInitAck,
  },
  {
    golden: [
      {
        name: 'a cookie and parameters that were not recognized',
        hex: `02 00 0030 ${plainHex} 0007 0007 aabbcc 00 0008 0009 ffff 0005 01 000000 0008 0008 c123 0004`,
        value: {
          ...plain,
          stateCookie: hexToBytes('aabbcc'),
          unrecognizedParameters: [hexToBytes('ffff000501'), hexToBytes('c1230004')],
        },
      },
      {
        name: 'an address behind the cookie',
        hex: `02 00 0024 ${plainHex} 0007 0008 aabbccdd 0005 0008 c0000201`,
        value: {
          ...plain,
          addresses: [parseIpAddress('192.0.2.1')],
          stateCookie: hexToBytes('aabbccdd'),
          unrecognizedParameters: [],
        },
      },
    ],
    failures: [
      { name: 'no cookie', hex: `02 00 0014 ${plainHex}` },
      { name: 'tag 0', hex: '02 00 001c 00000000 000005dc 0001 ffff ffffffff 0007 0008 aabbccdd' },
      { name: 'no stream', hex: '02 00 001c 01020304 000005dc 0001 0000 ffffffff 0007 0008 aabbccdd' },
    ],
  },
);

describe('RFC 9260 section 3.2.1: parameters of INIT that are not known', () => {
  it.each([
    { name: '00: stop', type: '3fff', reported: [], later: false },
    { name: '01: stop and report', type: '7fff', reported: ['7fff'], later: false },
    { name: '10: skip', type: 'bfff', reported: [], later: true },
    { name: '11: skip and report', type: 'ffff', reported: ['ffff'], later: true },
  ])('follow their two high bits: $name', ({ type, reported, later }) => {
    const bytes = packetWith(
      `01 00 0029 ${plainHex} 0009 0008 00000001 ${type} 0005 01 000000 c000 0005 00 000000`,
    );
    const result = decodeInit(bytes, 12, 0x29);
    expect(result).toMatchObject({
      ok: true,
      unrecognized: reported.map((high) => hexToBytes(`${high}000501`)),
    });
    const init = result.ok ? result.init : plain;
    expect([init.cookiePreservativeMs, init.forwardTsnSupported === true]).toEqual([1, later]);
  });

  it('do not make the answer grow without bound', () => {
    const parameters = 'ffff0004'.repeat(1000);
    const bytes = packetWith(`01 00 ${(20 + 4000).toString(16).padStart(4, '0')} ${plainHex} ${parameters}`);
    const result = decodeInit(bytes, 12, 4020);
    expect(result.ok && result.unrecognized.length).toBe(64);
  });

  it('nor do addresses', () => {
    const parameters = Array.from(
      { length: 200 },
      (_, index) => `00050008c00002${(index + 1).toString(16).padStart(2, '0')}`,
    );
    const length = 20 + 8 * parameters.length;
    const bytes = packetWith(
      `01 00 ${length.toString(16).padStart(4, '0')} ${plainHex} ${parameters.join('')}`,
    );
    const result = decodeInit(bytes, 12, length);
    expect(result.ok && result.init.addresses.length).toBe(32);
  });
});

describe('what is answered to an INIT or INIT ACK that is wrong', () => {
  const tag = 0x01020304;

  it.each<{ name: string; hex: string; fault: InitFault; cause: string }>([
    {
      name: 'no stream',
      hex: '01 00 0014 01020304 000005dc 0000 ffff ffffffff',
      fault: { why: 'zero-streams', initiateTag: tag },
      cause: '00070004',
    },
    {
      name: 'a small window',
      hex: '01 00 0014 01020304 000005db 0001 ffff ffffffff',
      fault: { why: 'small-window', initiateTag: tag },
      cause: '00070004',
    },
    {
      name: 'a tag of 0',
      hex: '01 00 0014 00000000 000005db 0001 ffff ffffffff',
      fault: { why: 'zero-tag', initiateTag: 0 },
      cause: '00070004',
    },
    {
      name: 'a host name',
      hex: `01 00 001a ${plainHex} 000b 0006 6100 0000`,
      fault: { why: 'host-name', initiateTag: tag, parameter: hexToBytes('000b00066100') },
      cause: '0005000a000b000661000000',
    },
    {
      name: 'no cookie',
      hex: `02 00 0014 ${plainHex}`,
      fault: { why: 'missing-cookie', initiateTag: tag },
      cause: '0002000a00000001' + '00070000',
    },
  ])('$name', ({ hex, fault, cause }) => {
    const bytes = packetWith(hex);
    const walk = new ChunkWalk();
    walk.start(bytes);
    walk.next();
    const decode = walk.type === 1 ? decodeInit : decodeInitAck;
    expect(decode(bytes, walk.offset, walk.length)).toEqual({ ok: false, fault });
    const chunk = written((writer) => {
      const abort = writer.beginChunk(6, 0);
      putInitFaultCause(writer, fault);
      writer.endChunk(abort);
    });
    expect(chunk.slice(8)).toBe(cause);
  });

  it('says that lengths are wrong', () => {
    const result = decodeInit(packetWith(`01 00 0018 ${plainHex} 8888 0000`), 12, 24);
    expect(result).toEqual({ ok: false, fault: { why: 'malformed', initiateTag: tag } });
    const fault: InitFault = { why: 'malformed', initiateTag: tag };
    const chunk = written((writer) => putInitFaultCause(writer, fault));
    expect(chunk.startsWith('000d')).toBe(true);
  });
});

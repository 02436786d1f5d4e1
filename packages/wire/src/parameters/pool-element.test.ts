import { describeParameter } from '../testing/golden.fixture.ts';
import { bytes, element, elementHex, sctp, sctpHex } from '../testing/samples.fixture.ts';
import { type PoolElement, readPoolElement, writePoolElement } from './pool-element.ts';

const roundRobinHex = '0008 0008 00000001';

describeParameter<PoolElement>(
  'Pool Element parameter (RFC 5354 section 3.10)',
  { read: readPoolElement, write: (writer, value) => writePoolElement(writer, value, 'poolElement', -1) },
  {
    golden: [
      { name: 'without an ASAP transport', hex: elementHex, value: element },
      {
        name: 'with an ASAP transport and a life of 300 seconds',
        hex: `000a 0038 12345678 00000000 0000012c ${sctpHex} ${roundRobinHex} 0004 0010 0f17 0000 0001 0008 0a010203`,
        value: {
          ...element,
          homeRegistrar: 0,
          registrationLife: 300,
          asapTransport: { ...sctp, port: 3863, transportUse: 0 },
        },
      },
      {
        name: 'whose last parameter is not a multiple of 4: the length covers no padding at the end',
        hex: '000a 0021 00000001 00000002 80000000 0010 0007 aabbcc 00 0008 0009 80000001 ee 000000',
        value: {
          identifier: 1,
          homeRegistrar: 2,
          registrationLife: -0x80000000,
          userTransport: { protocol: 'opaque', data: bytes(0xaa, 0xbb, 0xcc) },
          policy: { type: 'unknown', policyType: 0x80000001, data: bytes(0xee) },
        },
      },
      {
        name: 'with unrecognized parameters in all places',
        hex: `000a 0038 12345678 9abcdef0 ffffffff 8001 0004 ${sctpHex} 8002 0004 ${roundRobinHex} 8003 0005 ff000000`,
        canonical: `000a 0035 12345678 9abcdef0 ffffffff 8001 0004 ${sctpHex} 8002 0004 ${roundRobinHex} 8003 0005 ff000000`,
        value: {
          ...element,
          unknownParameters: [
            { type: 0x8001, value: bytes(), position: 0 },
            { type: 0x8002, value: bytes(), position: 1 },
            { type: 0x8003, value: bytes(0xff), position: 2 },
          ],
        },
      },
    ],
    failures: [
      {
        name: 'too short for its fields',
        hex: '000a 000c 12345678 9abcdef0',
        code: 'bad-length',
        offset: 0,
        type: 10,
        report: [3, '000a 000c 12345678 9abcdef0'],
      },
      {
        name: 'without a user transport',
        hex: `000a 0018 12345678 9abcdef0 ffffffff ${roundRobinHex}`,
        code: 'unexpected-parameter',
        offset: 16,
        type: 8,
        report: [3, roundRobinHex],
      },
      {
        name: 'without a policy',
        hex: `000a 0020 12345678 9abcdef0 ffffffff ${sctpHex}`,
        code: 'missing-parameter',
        offset: 32,
        type: 8,
        report: [3, `000a 0020 12345678 9abcdef0 ffffffff ${sctpHex}`],
      },
      {
        name: 'with two user transports: the second stands where the policy belongs',
        hex: `000a 0038 12345678 9abcdef0 ffffffff ${sctpHex} ${sctpHex} ${roundRobinHex}`,
        code: 'unexpected-parameter',
        offset: 32,
        type: 4,
        report: [3, sctpHex],
      },
      {
        name: 'with an ASAP transport that is TCP',
        hex: `000a 0038 12345678 9abcdef0 ffffffff ${sctpHex} ${roundRobinHex} 0005 0010 0f17 0000 0001 0008 0a010203`,
        code: 'unexpected-parameter',
        offset: 40,
        type: 5,
        report: [3, '0005 0010 0f17 0000 0001 0008 0a010203'],
      },
      {
        name: 'with a user transport that ends beyond it',
        hex: '000a 0018 12345678 9abcdef0 ffffffff 0004 0010 1e61 0001',
        code: 'truncated',
        offset: 16,
        type: 4,
        report: [3, '0004 0010 1e61 0001'],
      },
      {
        name: 'deeper than the limit',
        hex: elementHex,
        limits: { nestingDepth: 2 },
        code: 'limit-exceeded',
        offset: 24,
        type: 4,
        report: [6, ''],
      },
      {
        name: 'more parameters than the limit',
        hex: elementHex,
        limits: { parameters: 3 },
        code: 'limit-exceeded',
        offset: 32,
        type: 10,
        report: [6, ''],
      },
    ],
    refusals: [
      { name: 'identifier -1', value: { ...element, identifier: -1 }, words: 'poolElement.identifier is -1' },
      {
        name: 'home 2^32',
        value: { ...element, homeRegistrar: 2 ** 32 },
        words: 'poolElement.homeRegistrar',
      },
      {
        name: 'life 2^31',
        value: { ...element, registrationLife: 2 ** 31 },
        words: 'poolElement.registrationLife',
      },
      {
        name: 'an address deep inside',
        value: { ...element, userTransport: { ...sctp, addresses: [bytes(1)] } },
        words: 'poolElement.userTransport.addresses[0] has 1 bytes',
      },
      {
        name: 'an ASAP transport without addresses',
        value: { ...element, asapTransport: { ...sctp, addresses: [] } },
        words: 'poolElement.asapTransport.addresses is empty',
      },
    ],
  },
);

import { describeAsapMessage } from '../testing/golden.fixture.ts';
import { bytes, identifierHex, poolHandle, poolHandleHex, skippedHex } from '../testing/samples.fixture.ts';
import type { AsapEndpointKeepAlive } from './endpoint-keep-alive.ts';

const plain: AsapEndpointKeepAlive = {
  type: 'ASAP_ENDPOINT_KEEP_ALIVE',
  home: false,
  serverIdentifier: 0xcafe0001,
  poolHandle,
};

describeAsapMessage<AsapEndpointKeepAlive>({
  section: 'RFC 5352 section 2.2.7',
  golden: [
    { name: 'as drawn', hex: `0700 0010 cafe0001 ${poolHandleHex}`, value: plain },
    {
      name: 'from a new home registrar',
      hex: `0701 0010 cafe0001 ${poolHandleHex}`,
      value: { ...plain, home: true },
    },
    {
      name: 'with the identifier that the reference implementation adds',
      hex: `0700 0018 cafe0001 ${poolHandleHex} ${identifierHex}`,
      value: { ...plain, poolElementIdentifier: 0x12345678 },
    },
    {
      name: 'with an unrecognized parameter at the front',
      hex: `0700 0018 cafe0001 ${skippedHex} ${poolHandleHex}`,
      value: { ...plain, unknownParameters: [{ type: 0x8123, value: bytes(0xaa), position: 0 }] },
    },
  ],
  failures: [
    {
      name: 'too short for its server identifier',
      hex: '0700 0006 cafe',
      code: 'bad-length',
      offset: 0,
      type: 7,
      report: [3, '0700 0006 cafe'],
    },
    {
      name: 'without a pool handle',
      hex: '0700 0008 cafe0001',
      code: 'missing-parameter',
      offset: 8,
      type: 9,
      report: [3, '0700 0008 cafe0001'],
    },
  ],
  refusals: [
    {
      name: 'a server identifier of -1',
      value: { ...plain, serverIdentifier: -1 },
      words: 'serverIdentifier is -1',
    },
  ],
});

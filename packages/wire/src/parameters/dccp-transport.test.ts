import { describeParameter } from '../testing/golden.fixture.ts';
import { bytes } from '../testing/samples.fixture.ts';
import { type DccpTransport, readDccpTransport, writeDccpTransport } from './dccp-transport.ts';

const transport: DccpTransport = {
  protocol: 'dccp',
  port: 5004,
  serviceCode: 0xf1f2f3f4,
  address: bytes(10, 1, 2, 3),
};

describeParameter<DccpTransport>(
  'DCCP Transport parameter (RFC 5354 section 3.3)',
  { read: readDccpTransport, write: (writer, value) => writeDccpTransport(writer, value, 'transport', -1) },
  {
    golden: [
      {
        name: 'with a service code above 2^31',
        hex: '0003 0014 138c 0000 f1f2f3f4  0001 0008 0a010203',
        value: transport,
      },
      {
        name: 'with reserved bits and a second address',
        hex: '0003 001c 138c ffff f1f2f3f4  0001 0008 0a010203  0001 0008 0a010204',
        value: transport,
        canonical: '0003 0014 138c 0000 f1f2f3f4  0001 0008 0a010203',
      },
    ],
    failures: [
      {
        name: 'too short for its service code',
        hex: '0003 000a 138c 0000 f1f20000',
        code: 'bad-length',
        offset: 0,
        type: 3,
        report: [3, '0003 000a 138c 0000 f1f2'],
      },
      {
        name: 'without an address',
        hex: '0003 000c 138c 0000 f1f2f3f4',
        code: 'missing-parameter',
        offset: 12,
        type: 1,
        report: [3, '0003 000c 138c 0000 f1f2f3f4'],
      },
    ],
    refusals: [
      {
        name: 'a negative service code',
        value: { ...transport, serviceCode: -1 },
        words: 'transport.serviceCode is -1',
      },
    ],
  },
);

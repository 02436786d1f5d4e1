import { describeParameter } from '../testing/golden.fixture.ts';
import { bytes, sctp, serverHex } from '../testing/samples.fixture.ts';
import {
  readServerInformation,
  type ServerInformation,
  writeServerInformation,
} from './server-information.ts';

const server: ServerInformation = {
  identifier: 0xcafe0001,
  transport: { ...sctp, port: 9901, transportUse: 0 },
};

describeParameter<ServerInformation>(
  'Server Information parameter (RFC 5354 section 3.11)',
  {
    read: readServerInformation,
    write: (writer, value) => writeServerInformation(writer, value, 'server', -1),
  },
  {
    golden: [
      { name: 'one registrar', hex: serverHex, value: server },
      {
        name: 'with unrecognized parameters around the transport',
        hex: '000b 0020 cafe0001 8001 0004 0004 0010 26ad 0000 0001 0008 0a010203 8002 0004',
        value: {
          ...server,
          unknownParameters: [
            { type: 0x8001, value: bytes(), position: 0 },
            { type: 0x8002, value: bytes(), position: 1 },
          ],
        },
      },
    ],
    failures: [
      {
        name: 'too short',
        hex: '000b 0006 cafe0000',
        code: 'bad-length',
        offset: 0,
        type: 11,
        report: [3, '000b 0006 cafe'],
      },
      {
        name: 'without a transport',
        hex: '000b 0008 cafe0001',
        code: 'missing-parameter',
        offset: 8,
        type: 4,
        report: [3, '000b 0008 cafe0001'],
      },
      {
        name: 'with a TCP transport',
        hex: '000b 0018 cafe0001 0005 0010 26ad 0000 0001 0008 0a010203',
        code: 'unexpected-parameter',
        offset: 8,
        type: 5,
        report: [3, '0005 0010 26ad 0000 0001 0008 0a010203'],
      },
    ],
    refusals: [
      { name: 'identifier 0.5', value: { ...server, identifier: 0.5 }, words: 'server.identifier is 0.5' },
    ],
  },
);

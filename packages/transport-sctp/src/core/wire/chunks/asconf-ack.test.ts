import { hexToBytes } from '@rserpool/wire';
import { describeChunk } from '../testing/golden.fixture.ts';
import { type AsconfAck, putAsconfAck, readAsconfAck } from './asconf-ack.ts';

describeChunk<AsconfAck>(
  'ASCONF ACK (RFC 5061 section 4.1.2)',
  { read: readAsconfAck, write: putAsconfAck },
  {
    golden: [
      { name: 'everything was done', hex: '80 00 0008 00000009', value: { serialNumber: 9, responses: [] } },
      {
        name: 'a success and the refusal of section 4.3.1',
        hex: `80 00 002c 00000009 c005 0008 01023474
          c003 001c 01023476 00a0 0014 c002 0010 01023476 0005 0008 c0000201`,
        value: {
          serialNumber: 9,
          responses: [
            { correlationIdentifier: 0x01023474, causes: [] },
            {
              correlationIdentifier: 0x01023476,
              causes: [{ code: 0xa0, value: hexToBytes('c0020010010234760005 0008c0000201') }],
            },
          ],
        },
      },
      {
        name: 'a parameter that is not known is left out',
        hex: '80 00 000c 00000009 3fff 0004',
        value: { serialNumber: 9, responses: [] },
        canonical: '80 00 0008 00000009',
      },
    ],
    failures: [
      { name: 'without a serial number', hex: '80 00 0004' },
      { name: 'a response without an identifier', hex: '80 00 000c 00000009 c005 0004' },
      { name: 'a refusal without a cause', hex: '80 00 0010 00000009 c003 0008 00000001' },
      {
        name: 'a cause beyond the response',
        hex: '80 00 0014 00000009 c003 000c 00000001 00a0 0008',
      },
      { name: 'a response beyond the end', hex: '80 00 0010 00000009 c005 000c 00000001' },
    ],
  },
);

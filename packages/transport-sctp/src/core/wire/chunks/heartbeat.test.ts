import { describeChunk, type FailingChunk } from '../testing/golden.fixture.ts';
import { putHeartbeat, putHeartbeatAck, readHeartbeatInformation } from './heartbeat.ts';

const read = (bytes: Uint8Array, offset: number, length: number): readonly number[] | undefined => {
  const information = readHeartbeatInformation(bytes, offset, length);
  return information === undefined ? undefined : [...information];
};

const failures = (type: string): readonly FailingChunk[] => [
  { name: 'without information', hex: `${type} 00 0004` },
  { name: 'another parameter instead', hex: `${type} 00 000c 0002 0008 01020304` },
  { name: 'information longer than the chunk', hex: `${type} 00 000c 0001 0009 01020304` },
  { name: 'information shorter than its header', hex: `${type} 00 000c 0001 0003 01020304` },
];

describeChunk<readonly number[]>(
  'HEARTBEAT (RFC 9260 section 3.3.5)',
  { read, write: (writer, value) => putHeartbeat(writer, Uint8Array.from(value)) },
  {
    golden: [
      { name: 'four bytes', hex: '04 00 000c 0001 0008 01020304', value: [1, 2, 3, 4] },
      { name: 'five bytes', hex: '04 00 000d 0001 0009 0102030405 000000', value: [1, 2, 3, 4, 5] },
      {
        name: 'padding that is counted in the length of the chunk',
        hex: '04 00 0010 0001 0009 0102030405 000000',
        value: [1, 2, 3, 4, 5],
        canonical: '04 00 000d 0001 0009 0102030405 000000',
      },
      { name: 'nothing in it', hex: '04 00 0008 0001 0004', value: [] },
    ],
    failures: failures('04'),
  },
);

describeChunk<readonly number[]>(
  'HEARTBEAT ACK (RFC 9260 section 3.3.6)',
  { read, write: (writer, value) => putHeartbeatAck(writer, Uint8Array.from(value)) },
  {
    golden: [{ name: 'four bytes', hex: '05 00 000c 0001 0008 01020304', value: [1, 2, 3, 4] }],
    failures: failures('05'),
  },
);

import { describeChunk } from '../testing/golden.fixture.ts';
import {
  dataPayloadProtocolIdentifier,
  dataStream,
  dataStreamSequenceNumber,
  dataTsn,
  dataUserData,
  putDataChunk,
} from './data.ts';

interface Data {
  readonly flags: number;
  readonly tsn: number;
  readonly stream: number;
  readonly ssn: number;
  readonly ppid: number;
  readonly data: readonly number[];
}

describeChunk<Data>(
  'DATA (RFC 9260 section 3.3.1)',
  {
    read: (bytes, offset, length) => ({
      flags: bytes[offset + 1] as number,
      tsn: dataTsn(bytes, offset),
      stream: dataStream(bytes, offset),
      ssn: dataStreamSequenceNumber(bytes, offset),
      ppid: dataPayloadProtocolIdentifier(bytes, offset),
      data: [...dataUserData(bytes, offset, length)],
    }),
    write: (writer, { flags, tsn, stream, ssn, ppid, data }) =>
      putDataChunk(writer, flags, tsn, stream, ssn, ppid, Uint8Array.from(data), 0, data.length),
  },
  {
    golden: [
      {
        name: 'a whole message of 4 bytes',
        hex: '00 03 0014 00000001 0002 0003 0000000b 01020304',
        value: { flags: 3, tsn: 1, stream: 2, ssn: 3, ppid: 11, data: [1, 2, 3, 4] },
      },
      {
        name: 'one byte, the largest numbers, all flags',
        hex: '00 0f 0011 ffffffff ffff ffff ffffffff fe000000',
        value: { flags: 15, tsn: 0xffffffff, stream: 0xffff, ssn: 0xffff, ppid: 0xffffffff, data: [254] },
      },
      {
        name: 'a middle fragment of 3 bytes',
        hex: '00 00 0013 80000000 8000 8000 80000000 010203 00',
        value: { flags: 0, tsn: 0x80000000, stream: 0x8000, ssn: 0x8000, ppid: 0x80000000, data: [1, 2, 3] },
      },
      {
        name: 'no user data, which is answered with an ABORT and not with silence',
        hex: '00 03 0010 00000001 0002 0003 0000000b',
        value: { flags: 3, tsn: 1, stream: 2, ssn: 3, ppid: 11, data: [] },
      },
    ],
    failures: [
      { name: 'shorter than its fields', hex: '00 03 000c 00000001 0002 0003' },
      { name: 'longer than the packet', hex: '00 03 0015 00000001 0002 0003 0000000b 01020304' },
      { name: 'a length below the header', hex: '00 03 0003 00000001 0002 0003 0000000b' },
    ],
  },
);

import { describeChunk } from '../testing/golden.fixture.ts';
import {
  isSackWellFormed,
  putSack,
  sackCumulativeTsn,
  sackDuplicate,
  sackDuplicates,
  sackGapBlocks,
  sackGapEnd,
  sackGapStart,
  sackReceiverWindow,
} from './sack.ts';

interface Sack {
  readonly cumulativeTsn: number;
  readonly window: number;
  /** Start and end in turn. */
  readonly gaps: readonly number[];
  readonly duplicates: readonly number[];
}

describeChunk<Sack>(
  'SACK (RFC 9260 section 3.3.4)',
  {
    read(bytes, offset, length) {
      if (!isSackWellFormed(bytes, offset, length)) return undefined;
      const gaps: number[] = [];
      for (let block = 0; block < sackGapBlocks(bytes, offset); block++) {
        gaps.push(sackGapStart(bytes, offset, block), sackGapEnd(bytes, offset, block));
      }
      const duplicates: number[] = [];
      for (let index = 0; index < sackDuplicates(bytes, offset); index++) {
        duplicates.push(sackDuplicate(bytes, offset, index));
      }
      const cumulativeTsn = sackCumulativeTsn(bytes, offset);
      return { cumulativeTsn, window: sackReceiverWindow(bytes, offset), gaps, duplicates };
    },
    write: (writer, { cumulativeTsn, window, gaps, duplicates }) =>
      putSack(writer, cumulativeTsn, window, gaps, gaps.length / 2, duplicates, duplicates.length),
  },
  {
    golden: [
      {
        name: 'nothing but the cumulative TSN',
        hex: '03 00 0010 fffffffe 00040000 0000 0000',
        value: { cumulativeTsn: 0xfffffffe, window: 262144, gaps: [], duplicates: [] },
      },
      {
        name: "the RFC's example",
        hex: '03 00 0018 0000000c 00001234 0002 0000 0002 0003 0005 0005',
        value: { cumulativeTsn: 12, window: 4660, gaps: [2, 3, 5, 5], duplicates: [] },
      },
      {
        name: 'gaps and duplicates at the edges',
        hex: '03 00 001c 80000000 ffffffff 0001 0002 0002 ffff ffffffff 00000000',
        value: {
          cumulativeTsn: 0x80000000,
          window: 0xffffffff,
          gaps: [2, 65535],
          duplicates: [0xffffffff, 0],
        },
      },
    ],
    failures: [
      { name: 'too short for its fields', hex: '03 00 000c 0000000c 00001234' },
      { name: 'fewer gap blocks than announced', hex: '03 00 0014 0000000c 00001234 0002 0000 0002 0003' },
      { name: 'fewer duplicates than announced', hex: '03 00 0010 0000000c 00001234 0000 0001' },
      { name: 'bytes that belong to nothing', hex: '03 00 0014 0000000c 00001234 0000 0000 00020003' },
      { name: '65535 gap blocks in 16 bytes', hex: '03 00 0010 0000000c 00001234 ffff ffff' },
    ],
  },
);

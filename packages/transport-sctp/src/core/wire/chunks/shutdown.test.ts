import { describeChunk } from '../testing/golden.fixture.ts';
import { putShutdown, shutdownCumulativeTsn } from './shutdown.ts';

describeChunk<number>(
  'SHUTDOWN (RFC 9260 section 3.3.8)',
  { read: (bytes, offset) => shutdownCumulativeTsn(bytes, offset), write: putShutdown },
  {
    golden: [{ name: 'a cumulative TSN', hex: '07 00 0008 fedcba98', value: 0xfedcba98 }],
    failures: [
      { name: 'without it', hex: '07 00 0004' },
      { name: 'more than it', hex: '07 00 000c fedcba98 00000000' },
    ],
  },
);

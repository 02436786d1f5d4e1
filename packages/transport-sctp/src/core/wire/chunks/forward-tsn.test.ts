import { describeChunk } from '../testing/golden.fixture.ts';
import { type ForwardTsn, putForwardTsn, readForwardTsn } from './forward-tsn.ts';

describeChunk<ForwardTsn>(
  'FORWARD TSN (RFC 3758 section 3.2)',
  { read: readForwardTsn, write: putForwardTsn },
  {
    golden: [
      { name: 'no stream', hex: 'c0 00 0008 ffffffff', value: { newCumulativeTsn: 0xffffffff, streams: [] } },
      {
        name: 'two streams',
        hex: 'c0 00 0010 00000007 0001 ffff fffe 0000',
        value: {
          newCumulativeTsn: 7,
          streams: [
            { stream: 1, streamSequenceNumber: 65535 },
            { stream: 65534, streamSequenceNumber: 0 },
          ],
        },
      },
    ],
    failures: [
      { name: 'without a TSN', hex: 'c0 00 0004' },
      { name: 'half a stream', hex: 'c0 00 000a 00000007 0001 0000' },
    ],
  },
);

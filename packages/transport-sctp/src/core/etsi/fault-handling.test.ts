import { describePurposes } from '../testing/test-purposes.fixture.ts';

describePurposes('fault handling (FH)', [
  {
    id: 'SCTP-FH-I-5-1-1',
    purpose: 'more than Association.Max.Retrans timeouts in a row end the association',
    script: `given associationMaxRetrans=2
      established
      heartbeats lost
      user send
      > DATA tsn=1
      wait 1000
      > DATA tsn=1
      wait 2000
      > DATA tsn=1
      wait 4000
      = associationLost reason=unreachable
      < SACK cum=1
      > ABORT t=1 | tag=endpoint`,
  },
  {
    id: 'SCTP-FH-I-5-1-2',
    purpose: 'a SACK clears the counter',
    script: `given associationMaxRetrans=2 rtoMaxMs=1000
      established
      heartbeats lost
      user send
      > DATA tsn=1
      wait 1000
      > DATA tsn=1
      wait 1000
      > DATA tsn=1
      < SACK cum=1
      user send
      > DATA tsn=2
      wait 1000
      > DATA tsn=2
      wait 1000
      > DATA tsn=2
      < SACK cum=2
      = acknowledged
      = acknowledged`,
  },
  {
    id: 'SCTP-FH-V-5-2',
    purpose: 'HEARTBEAT is answered with its information, to where it came from',
    script: `established
      < HEARTBEAT info=0011223344556677
      > HEARTBEAT-ACK info=0011223344556677 | to=1`,
  },
  {
    id: 'SCTP-FH-O-5-3-1',
    purpose: 'DATA out of the blue is answered with ABORT',
    script: `< DATA tsn=1 | tag=12345
      > ABORT t=1 | tag=12345`,
  },
  { id: 'SCTP-FH-O-5-3-2', purpose: 'ABORT out of the blue is discarded', script: '< ABORT | tag=12345' },
  {
    id: 'SCTP-FH-O-5-3-3',
    purpose: 'SHUTDOWN ACK out of the blue is answered with SHUTDOWN COMPLETE',
    script: `< SHUTDOWN-ACK | tag=12345
      > SHUTDOWN-COMPLETE t=1 | tag=12345`,
  },
  {
    id: 'SCTP-FH-O-5-3-4',
    purpose: 'SHUTDOWN COMPLETE out of the blue is discarded',
    script: '< SHUTDOWN-COMPLETE | tag=12345',
  },
  {
    id: 'SCTP-FH-O-5-3-5',
    purpose: 'a packet from an address that is not unicast is discarded',
    script: ['224.0.0.1', '255.255.255.255', '0.0.0.0', 'ff02::1', '::'].map(
      (address) => `< COOKIE-ECHO cookie=01020304 | tag=12345 from=${address}
      = nothing
      < DATA tsn=1 | tag=12345 from=${address}
      = nothing
      < INIT | from=${address}
      = nothing`,
    ),
  },
]);

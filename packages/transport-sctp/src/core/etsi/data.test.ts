import { describePurposes } from '../testing/test-purposes.fixture.ts';

const twoAddresses = { addresses: 2 } as const;

describePurposes('data (D)', [
  {
    id: 'SCTP-D-V-8-1',
    purpose: 'a message that fits into a packet is one DATA chunk',
    script: `established
      user send len=1200
      > DATA tsn=1 flags=BE len=1200
      < SACK cum=1`,
  },
  {
    id: 'SCTP-D-V-8-2',
    purpose: 'a message that does not is fragmented: first, middle and last with one stream sequence number',
    script: `established
      user send len=3000 sid=1
      > DATA tsn=1 flags=B sid=1 ssn=0 len=1204
      > DATA tsn=2 flags= sid=1 ssn=0 len=1204
      > DATA tsn=3 flags=E sid=1 ssn=0 len=592
      < SACK cum=3`,
  },
  {
    id: 'SCTP-D-V-8-3',
    purpose: 'fragments are put together',
    script: `established
      < DATA tsn=1 flags=B len=100
      > SACK cum=1
      < DATA tsn=2 flags= len=100
      = nothing
      < DATA tsn=3 flags=E len=50
      > SACK cum=3
      = message len=250`,
  },
  {
    id: 'SCTP-D-V-8-4',
    purpose: 'a SACK of what is outstanding: it is not sent again',
    script: `established
      user send
      > DATA tsn=1
      < SACK cum=1
      = acknowledged
      wait 60000`,
  },
  {
    id: 'SCTP-D-I-8-5',
    purpose: 'T3-rtx expires: what is outstanding is sent again, the RTO doubles',
    script: `established
      user send
      > DATA tsn=1
      wait 1000
      > DATA tsn=1
      wait 1999
      > nothing
      wait 1
      > DATA tsn=1
      < SACK cum=1`,
  },
  {
    id: 'SCTP-D-O-8-6',
    purpose: 'a duplicate is reported at once and not delivered again',
    script: `established
      < DATA tsn=1
      > SACK cum=1 dups=
      = message
      < DATA tsn=1
      > SACK cum=1 dups=1
      = nothing
      < DATA tsn=1; DATA tsn=1
      > SACK cum=1 dups=1,1
      = nothing`,
  },
  {
    id: 'SCTP-D-O-8-7',
    purpose: 'a window of zero is probed with one message',
    script: `established
      user send len=1000
      > DATA tsn=1
      < SACK cum=1 rwnd=0
      user send len=1000
      user send len=1000
      > nothing
      wait 1000
      > DATA tsn=2
      wait 2000
      > DATA tsn=2
      < SACK cum=2 rwnd=1500
      > DATA tsn=3
      < SACK cum=3`,
  },
  {
    id: 'SCTP-D-O-8-8',
    purpose: 'a window of zero is probed with a fragment, as long as SACKs come',
    script: `given associationMaxRetrans=2 pathMaxRetrans=2
      < INIT rwnd=1500
      > INIT-ACK
      < COOKIE-ECHO
      > COOKIE-ACK
      user send len=2400
      > DATA tsn=1 flags=B len=1204
      < SACK cum=1 rwnd=0
      wait 1000
      > DATA tsn=2 flags=E
      < SACK cum=1 rwnd=0
      wait 2000
      > DATA tsn=2 flags=E
      < SACK cum=1 rwnd=0
      wait 4000
      > DATA tsn=2 flags=E
      < SACK cum=1 rwnd=0
      wait 8000
      > DATA tsn=2 flags=E
      < SACK cum=2 rwnd=1500
      = acknowledged`,
  },
  {
    id: 'SCTP-D-V-8-9',
    purpose: 'what is sent again comes before what is new',
    script: `established
      user send len=1200
      > DATA tsn=1
      user send len=1200
      > DATA tsn=2
      heartbeats lost
      wait 1000
      > DATA tsn=1
      user send len=1200
      < SACK cum=1
      > DATA tsn=2
      < SACK cum=2
      > DATA tsn=3
      < SACK cum=3`,
  },
  {
    id: 'SCTP-D-V-8-10',
    purpose: 'a SACK from the other address of the peer is a SACK',
    options: twoAddresses,
    script: `< INIT params=000500080a000002000500080a000102
      > INIT-ACK
      < COOKIE-ECHO
      > COOKIE-ACK
      wait 100
      user send
      > DATA tsn=1 | to=1
      < SACK cum=1 | from=2
      = acknowledged
      wait 60000`,
  },
  {
    id: 'SCTP-D-I-8-11',
    purpose: 'DATA without user data is answered with ABORT and No User Data',
    script: `established
      < DATA tsn=1 len=0
      > ABORT causes=9
      = associationLost`,
  },
  {
    id: 'SCTP-D-O-8-12',
    purpose: 'a SACK that is older than the last one is discarded',
    script: `established
      user send
      > DATA tsn=1
      user send
      > DATA tsn=2
      < SACK cum=2
      < SACK cum=1 rwnd=0
      user send
      > DATA tsn=3
      < SACK cum=3
      wait 60000`,
  },
  {
    id: 'SCTP-D-V-8-13',
    purpose: 'a message of the longest length that is taken is delivered',
    script: `given maximumMessageBytes=2000
      established
      < DATA tsn=1 flags=B len=1000
      > SACK cum=1
      < DATA tsn=2 flags=E len=1000
      wait 200
      > SACK cum=2
      = message len=2000`,
  },
  {
    id: 'SCTP-D-V-8-14',
    purpose: 'a message of the longest length that is taken is sent',
    script: `given maximumMessageBytes=2000
      established
      user send len=2000
      > DATA tsn=1 flags=B
      > DATA tsn=2 flags=E
      < SACK cum=2
      = acknowledged bytes=2000`,
  },
  {
    id: 'SCTP-D-V-8-15',
    purpose: 'a message that is longer is not delivered; it is refused',
    script: `given maximumMessageBytes=2000
      established
      < DATA tsn=1 flags=B len=1000
      > SACK cum=1
      < DATA tsn=2 flags=E len=1001
      > ABORT causes=4
      = associationLost`,
  },
]);

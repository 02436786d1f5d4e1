import { describePurposes } from '../testing/test-purposes.fixture.ts';

describePurposes('association termination (AT)', [
  {
    id: 'SCTP-AT-V-2-2',
    purpose: 'ABORT ends an association that is up',
    script: `established
      < ABORT
      = associationLost reason=aborted
      wait 60000`,
  },
  {
    id: 'SCTP-AT-I-2-3',
    purpose: 'SHUTDOWN waits until everything is acknowledged',
    script: `established
      user send
      > DATA tsn=1
      user shutdown
      wait 999
      > nothing
      < SACK cum=1
      > SHUTDOWN
      < SHUTDOWN-ACK
      > SHUTDOWN-COMPLETE`,
  },
  {
    id: 'SCTP-AT-I-2-4',
    purpose: 'SHUTDOWN is sent again when T2-shutdown expires, with the cumulative TSN of then',
    script: `established
      user shutdown
      > SHUTDOWN cum=0
      < DATA tsn=1
      > SHUTDOWN cum=1
      wait 1000
      > SHUTDOWN cum=1
      < SHUTDOWN-ACK
      > SHUTDOWN-COMPLETE`,
  },
  {
    id: 'SCTP-AT-I-2-5',
    purpose: 'no more than Association.Max.Retrans SHUTDOWNs again, then the application is told',
    script: `given associationMaxRetrans=2
      established
      heartbeats lost
      user shutdown
      > SHUTDOWN
      wait 1000
      > SHUTDOWN
      wait 2000
      > SHUTDOWN
      wait 4000
      = associationLost
      wait 60000`,
  },
  {
    id: 'SCTP-AT-V-2-6',
    purpose: 'SHUTDOWN ACK in SHUTDOWN-SENT is answered with SHUTDOWN COMPLETE, the association is gone',
    script: `established
      user shutdown
      > SHUTDOWN
      < SHUTDOWN-ACK
      > SHUTDOWN-COMPLETE t=0
      = associationLost reason=closed
      < DATA tsn=1
      > ABORT t=1 | tag=endpoint`,
  },
  {
    id: 'SCTP-AT-I-2-7-1',
    purpose: 'no user data is taken in SHUTDOWN-SENT',
    script: `established
      user shutdown
      > SHUTDOWN
      user send len=9
      = sendFailed len=9
      < SHUTDOWN-ACK
      > SHUTDOWN-COMPLETE`,
  },
  {
    id: 'SCTP-AT-I-2-7-2',
    purpose: 'no user data is taken in SHUTDOWN-RECEIVED',
    script: `established
      user send
      > DATA tsn=1
      < SHUTDOWN
      user send len=9
      = sendFailed len=9
      < SACK cum=1
      > SHUTDOWN-ACK
      < SHUTDOWN-COMPLETE`,
  },
  {
    id: 'SCTP-AT-I-2-7-3',
    purpose: 'no user data is taken in SHUTDOWN-PENDING',
    script: `established
      user send
      > DATA tsn=1
      user shutdown
      user send len=9
      = sendFailed len=9
      < SACK cum=1
      > SHUTDOWN
      < SHUTDOWN-ACK
      > SHUTDOWN-COMPLETE`,
  },
  {
    id: 'SCTP-AT-I-2-7-4',
    purpose: 'no user data is taken in SHUTDOWN-ACK-SENT',
    script: `established
      < SHUTDOWN
      > SHUTDOWN-ACK
      user send len=9
      = sendFailed len=9
      < SHUTDOWN-COMPLETE`,
  },
  {
    id: 'SCTP-AT-I-2-8',
    purpose:
      'DATA in SHUTDOWN-SENT is acknowledged at once with another SHUTDOWN, and a SACK where there are gaps',
    script: `established
      user shutdown
      > SHUTDOWN cum=0
      < DATA tsn=1
      > SHUTDOWN cum=1
      = message
      < DATA tsn=3 ssn=2
      > SHUTDOWN cum=1; SACK cum=1 gaps=2-2
      < DATA tsn=2 ssn=1
      > SHUTDOWN cum=3
      < SHUTDOWN-ACK
      > SHUTDOWN-COMPLETE`,
  },
  {
    id: 'SCTP-AT-I-2-9',
    purpose: 'DATA in SHUTDOWN-RECEIVED is discarded',
    script: `established
      user send
      > DATA tsn=1
      < SHUTDOWN
      < DATA tsn=1
      = nothing
      < SACK cum=1
      > SHUTDOWN-ACK
      < SHUTDOWN-COMPLETE`,
  },
  {
    id: 'SCTP-AT-I-2-10',
    purpose: 'SHUTDOWN while data is outstanding: it is sent again and acknowledged before SHUTDOWN ACK',
    script: `established
      user send
      > DATA tsn=1
      < SHUTDOWN
      > nothing
      wait 1000
      > DATA tsn=1
      < SACK cum=1
      > SHUTDOWN-ACK
      < SHUTDOWN-COMPLETE
      = acknowledged
      = associationLost reason=closed-by-peer`,
  },
  {
    id: 'SCTP-AT-I-2-11',
    purpose: 'SHUTDOWN ACK is sent again when T2-shutdown expires',
    script: `established
      < SHUTDOWN
      > SHUTDOWN-ACK
      wait 1000
      > SHUTDOWN-ACK
      < SHUTDOWN-COMPLETE`,
  },
  {
    id: 'SCTP-AT-I-2-12',
    purpose: 'no more than Association.Max.Retrans SHUTDOWN ACKs again, then the application is told',
    script: `given associationMaxRetrans=2
      established
      heartbeats lost
      < SHUTDOWN
      > SHUTDOWN-ACK
      wait 1000
      > SHUTDOWN-ACK
      wait 2000
      > SHUTDOWN-ACK
      wait 4000
      = associationLost
      wait 60000`,
  },
  {
    id: 'SCTP-AT-I-2-13',
    purpose: 'SHUTDOWN COMPLETE in SHUTDOWN-ACK-SENT ends the association',
    script: `established
      < SHUTDOWN
      > SHUTDOWN-ACK
      < SHUTDOWN-COMPLETE
      = associationLost reason=closed-by-peer
      wait 60000`,
  },
  {
    id: 'SCTP-AT-V-2-14',
    purpose: 'SHUTDOWN acknowledges everything that is outstanding',
    script: `established
      user send
      > DATA tsn=1
      < SHUTDOWN cum=1
      > SHUTDOWN-ACK
      = acknowledged
      < SHUTDOWN-COMPLETE`,
  },
]);

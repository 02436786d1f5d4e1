import { describePurposes } from '../testing/test-purposes.fixture.ts';

describePurposes('bundling of data with control chunks (BDC)', [
  {
    id: 'SCTP-BDC-I-7-1',
    purpose: 'INIT together with DATA sets nothing up and delivers nothing',
    script: `< INIT; DATA tsn=1
      = nothing`,
  },
  {
    id: 'SCTP-BDC-I-7-2',
    purpose: 'INIT ACK together with DATA: the data is not taken',
    script: `user associate
      > INIT
      < INIT-ACK; DATA tsn=1
      = nothing
      wait 1000
      > INIT`,
  },
  {
    id: 'SCTP-BDC-I-7-3',
    purpose: 'SHUTDOWN COMPLETE together with DATA: the data is not taken',
    script: `established
      < SHUTDOWN
      > SHUTDOWN-ACK
      < SHUTDOWN-COMPLETE; DATA tsn=1
      = nothing
      wait 1000
      > SHUTDOWN-ACK
      < SHUTDOWN-COMPLETE`,
  },
  {
    id: 'SCTP-BDC-V-7-4',
    purpose: 'COOKIE ECHO together with DATA: both are taken',
    script: `< INIT
      > INIT-ACK
      < COOKIE-ECHO; DATA tsn=1
      > COOKIE-ACK; SACK cum=1
      = associationUp
      = message`,
  },
  {
    id: 'SCTP-BDC-V-7-5',
    purpose: 'COOKIE ACK together with DATA: both are taken',
    script: `user associate
      > INIT
      < INIT-ACK
      > COOKIE-ECHO
      < COOKIE-ACK; DATA tsn=1
      > SACK cum=1
      = associationUp
      = message`,
  },
  {
    id: 'SCTP-BDC-V-7-6',
    purpose: 'SACK together with SHUTDOWN: both are taken',
    script: `established
      user send
      > DATA tsn=1
      < SACK cum=1; SHUTDOWN cum=1
      > SHUTDOWN-ACK
      < SHUTDOWN-COMPLETE
      = acknowledged`,
  },
  {
    id: 'SCTP-BDC-V-7-7',
    purpose: 'SACK together with DATA: both are taken',
    script: `established
      user send
      > DATA tsn=1
      < SACK cum=1; DATA tsn=1
      > SACK cum=1
      = acknowledged
      = message`,
  },
  {
    id: 'SCTP-BDC-V-7-8',
    purpose: 'SHUTDOWN ACK together with DATA: the data is not taken',
    script: `established
      user shutdown
      > SHUTDOWN
      < SHUTDOWN-ACK; DATA tsn=1
      > SHUTDOWN-COMPLETE
      = associationLost reason=closed
      = nothing`,
  },
]);

import { describePurposes } from '../testing/test-purposes.fixture.ts';

describePurposes('duplicate messages (DM)', [
  {
    id: 'SCTP-DM-O-4-1',
    purpose: 'INIT in COOKIE-WAIT is answered with an INIT ACK with the same tag',
    script: `user associate
      > INIT
      < INIT
      > INIT-ACK
      < INIT-ACK
      > COOKIE-ECHO
      < COOKIE-ACK
      = associationUp`,
  },
  {
    id: 'SCTP-DM-O-4-2-1',
    purpose: 'INIT in ESTABLISHED is answered with INIT ACK, the association stays as it is',
    script: `established
      < INIT tag=12345
      > INIT-ACK | tag=12345
      < DATA tsn=1
      > SACK cum=1`,
  },
  {
    id: 'SCTP-DM-O-4-2-2',
    purpose: 'INIT in SHUTDOWN-ACK-SENT is answered with SHUTDOWN ACK',
    script: `established
      < SHUTDOWN
      > SHUTDOWN-ACK
      < INIT
      > SHUTDOWN-ACK
      < SHUTDOWN-COMPLETE`,
  },
  {
    id: 'SCTP-DM-O-4-3',
    purpose: 'INIT ACK in COOKIE-ECHOED is discarded',
    script: `user associate
      > INIT
      < INIT-ACK
      > COOKIE-ECHO
      < INIT-ACK
      > nothing
      < COOKIE-ACK
      = associationUp`,
  },
  {
    id: 'SCTP-DM-O-4-4',
    purpose: 'COOKIE ACK in ESTABLISHED is discarded',
    script: `connected
      < COOKIE-ACK
      = nothing
      < DATA tsn=1
      > SACK cum=1`,
  },
  {
    id: 'SCTP-DM-O-4-5',
    purpose: 'SHUTDOWN in SHUTDOWN-SENT is answered with SHUTDOWN ACK',
    script: `established
      user shutdown
      > SHUTDOWN
      < SHUTDOWN
      > SHUTDOWN-ACK
      < SHUTDOWN-ACK
      > SHUTDOWN-COMPLETE
      = associationLost reason=closed`,
  },
  {
    id: 'SCTP-DM-O-4-6-1',
    purpose: 'SHUTDOWN in COOKIE-WAIT is discarded',
    script: `user associate
      > INIT
      < SHUTDOWN | tag=endpoint
      = nothing
      < INIT-ACK
      > COOKIE-ECHO
      < COOKIE-ACK`,
  },
  {
    id: 'SCTP-DM-O-4-6-2',
    purpose: 'SHUTDOWN without an association is answered as any packet out of the blue',
    script: `< SHUTDOWN | tag=12345
      > ABORT t=1 | tag=12345
      = nothing`,
  },
  {
    id: 'SCTP-DM-O-4-6-3',
    purpose: 'SHUTDOWN in SHUTDOWN-SENT starts T2-shutdown anew',
    script: `established
      user shutdown
      > SHUTDOWN
      wait 900
      < SHUTDOWN
      > SHUTDOWN-ACK
      wait 999
      > nothing
      wait 1
      > SHUTDOWN-ACK
      < SHUTDOWN-COMPLETE`,
  },
  {
    id: 'SCTP-DM-O-4-7-1',
    purpose:
      'SHUTDOWN ACK in COOKIE-WAIT is answered with SHUTDOWN COMPLETE, the setup goes on (section 8.5.1 E)',
    script: `user associate
      > INIT
      < SHUTDOWN-ACK | tag=12345
      > SHUTDOWN-COMPLETE t=1 | tag=12345
      = nothing
      wait 1000
      > INIT
      < INIT-ACK
      > COOKIE-ECHO
      < COOKIE-ACK`,
  },
  {
    id: 'SCTP-DM-O-4-7-2',
    purpose: 'SHUTDOWN ACK in ESTABLISHED is discarded',
    script: `established
      < SHUTDOWN-ACK
      = nothing
      < DATA tsn=1
      > SACK cum=1`,
  },
  {
    id: 'SCTP-DM-O-4-7-3',
    purpose: 'SHUTDOWN ACK in SHUTDOWN-ACK-SENT is answered with SHUTDOWN COMPLETE',
    script: `established
      < SHUTDOWN
      > SHUTDOWN-ACK
      < SHUTDOWN-ACK
      > SHUTDOWN-COMPLETE
      = associationLost`,
  },
  {
    id: 'SCTP-DM-O-4-8',
    purpose: 'COOKIE ECHO with a wrong MAC in ESTABLISHED is discarded',
    script: `established
      < COOKIE-ECHO cookie=altered
      = nothing
      < DATA tsn=1
      > SACK cum=1`,
  },
  {
    id: 'SCTP-DM-O-4-9',
    purpose: 'SHUTDOWN COMPLETE in COOKIE-WAIT is discarded',
    script: `user associate
      > INIT
      < SHUTDOWN-COMPLETE | tag=endpoint
      = nothing
      < INIT-ACK
      > COOKIE-ECHO
      < COOKIE-ACK`,
  },
  {
    id: 'SCTP-DM-O-4-10',
    purpose: 'DATA in SHUTDOWN-ACK-SENT is discarded',
    script: `established
      < SHUTDOWN
      > SHUTDOWN-ACK
      < DATA tsn=1
      = nothing
      < SHUTDOWN-COMPLETE
      = associationLost reason=closed-by-peer`,
  },
]);

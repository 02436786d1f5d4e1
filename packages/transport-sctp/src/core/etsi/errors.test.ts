import { describePurposes } from '../testing/test-purposes.fixture.ts';

describePurposes('error (E)', [
  {
    id: 'SCTP-E-O-6-1',
    purpose:
      'ERROR with Stale Cookie in COOKIE-ECHOED: another INIT, that asks for a longer life, or the end',
    script: `user associate
      > INIT
      < INIT-ACK
      > COOKIE-ECHO
      < ERROR causes=00030008000003e8
      > INIT
      < INIT-ACK
      > COOKIE-ECHO
      < COOKIE-ACK
      = associationUp`,
  },
  {
    id: 'SCTP-E-O-6-2',
    purpose: 'ERROR with Stale Cookie in other states changes nothing',
    script: [
      `user associate
      > INIT
      < ERROR causes=00030008000003e8
      = nothing
      wait 1000
      > INIT
      < INIT-ACK
      > COOKIE-ECHO
      < COOKIE-ACK`,
      `established
      < ERROR causes=00030008000003e8
      < DATA tsn=1
      > SACK cum=1`,
    ],
  },
  {
    id: 'SCTP-E-I-6-3',
    purpose: 'DATA on a stream that does not exist is acknowledged and reported',
    script: `established
      < DATA tsn=1 sid=10
      > ERROR causes=1; SACK cum=1
      = nothing
      < DATA tsn=2 sid=9
      wait 200
      > SACK cum=2
      = message stream=9`,
  },
  {
    id: 'SCTP-E-I-6-4',
    purpose: 'INIT ACK without a cookie is answered with ABORT and Missing Mandatory Parameter',
    script: `user associate
      > INIT
      < INIT-ACK cookie=none
      > ABORT causes=2
      = associationLost
      wait 60000`,
  },
  {
    id: 'SCTP-E-I-6-5',
    purpose: 'INIT ACK with an unknown parameter: it is reported with the COOKIE ECHO',
    script: `user associate
      > INIT
      < INIT-ACK params=ffff000801020304
      > COOKIE-ECHO; ERROR causes=8
      < COOKIE-ACK
      = associationUp`,
  },
  {
    id: 'SCTP-E-I-6-6',
    purpose: 'COOKIE ECHO together with ERROR sets up all the same',
    script: `< INIT
      > INIT-ACK
      < COOKIE-ECHO; ERROR causes=00080008c0000004
      > COOKIE-ACK
      = associationUp`,
  },
]);

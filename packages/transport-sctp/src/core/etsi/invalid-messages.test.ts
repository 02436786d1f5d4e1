import { describePurposes } from '../testing/test-purposes.fixture.ts';

describePurposes('invalid message handling (IMH)', [
  {
    id: 'SCTP-IMH-I-3-1',
    purpose: 'an INIT that is too short is discarded',
    script: `< CHUNK type=1 hex=0000000100010000000a000a | tag=zero
      = nothing`,
  },
  {
    id: 'SCTP-IMH-I-3-2',
    purpose: 'an INIT ACK that is too short sets nothing up',
    script: `user associate
      > INIT
      < CHUNK type=2 hex=0000000100010000000a000a
      wait 999
      > nothing
      wait 1
      > INIT
      < INIT-ACK
      > COOKIE-ECHO
      < COOKIE-ACK`,
  },
  {
    id: 'SCTP-IMH-I-3-3',
    purpose: 'COOKIE ECHO with a wrong verification tag is discarded',
    script: `< INIT
      > INIT-ACK
      < COOKIE-ECHO | tag=wrong
      = nothing
      < COOKIE-ECHO
      > COOKIE-ACK`,
  },
  {
    id: 'SCTP-IMH-I-3-4',
    purpose: 'a packet with a wrong checksum is discarded',
    script: `< INIT | checksum=wrong
      = nothing
      < INIT
      > INIT-ACK`,
  },
  {
    id: 'SCTP-IMH-I-3-5',
    purpose: 'COOKIE ECHO with a wrong cookie is discarded',
    script: `< INIT
      > INIT-ACK
      < COOKIE-ECHO cookie=altered
      = nothing
      < COOKIE-ECHO
      > COOKIE-ACK`,
  },
  {
    id: 'SCTP-IMH-I-3-6',
    purpose: 'COOKIE ECHO with an expired cookie is answered with the error Stale Cookie',
    script: `< INIT
      > INIT-ACK
      wait 60001
      < COOKIE-ECHO
      > ERROR causes=3
      = nothing`,
  },
  {
    id: 'SCTP-IMH-I-3-7',
    purpose: 'ABORT with a wrong verification tag is discarded',
    script: `established
      < ABORT | tag=wrong
      = nothing
      < DATA tsn=1
      > SACK cum=1`,
  },
  {
    id: 'SCTP-IMH-I-3-8',
    purpose: 'a packet that is too short for the INIT in it is discarded',
    script: `< INIT params=000500080a000002 | cut=4
      = nothing`,
  },
  {
    id: 'SCTP-IMH-I-3-9',
    purpose: 'SHUTDOWN ACK with a wrong verification tag in SHUTDOWN-SENT is discarded',
    script: `established
      user shutdown
      > SHUTDOWN
      < SHUTDOWN-ACK | tag=wrong
      = nothing
      < SHUTDOWN-ACK
      > SHUTDOWN-COMPLETE`,
  },
  {
    id: 'SCTP-IMH-I-3-10',
    purpose: 'SHUTDOWN COMPLETE with a wrong verification tag in SHUTDOWN-ACK-SENT is discarded',
    script: `established
      < SHUTDOWN
      > SHUTDOWN-ACK
      < SHUTDOWN-COMPLETE | tag=wrong
      = nothing
      wait 1000
      > SHUTDOWN-ACK
      < SHUTDOWN-COMPLETE`,
  },
]);

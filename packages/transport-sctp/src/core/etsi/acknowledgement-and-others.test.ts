import { describePurposes } from '../testing/test-purposes.fixture.ts';

const twoAddresses = { addresses: 2 } as const;

describePurposes('acknowledgement (A)', [
  {
    id: 'SCTP-A-V-9-1',
    purpose: 'the first DATA is acknowledged at once',
    script: `established
      < DATA tsn=1
      > SACK cum=1`,
  },
  {
    id: 'SCTP-A-V-9-2',
    purpose: 'one SACK acknowledges several chunks of a packet',
    script: `established
      < DATA tsn=1; DATA tsn=2 ssn=1; DATA tsn=3 ssn=2
      > SACK cum=3
      = message
      = message
      = message`,
  },
  {
    id: 'SCTP-A-O-9-3',
    purpose: 'a gap is reported at once, and that it is filled, too',
    script: `established
      < DATA tsn=1
      > SACK cum=1
      < DATA tsn=3 ssn=2
      > SACK cum=1 gaps=2-2
      < DATA tsn=4 ssn=3
      > SACK cum=1 gaps=2-3
      < DATA tsn=2 ssn=1
      > SACK cum=4 gaps=`,
  },
]);

describePurposes('miscellaneous (M)', [
  {
    id: 'SCTP-M-I-10-1',
    purpose: 'an unknown chunk with the bits 11 is reported, what follows it is taken',
    script: `established
      < CHUNK type=255 hex=01020304; DATA tsn=1
      > ERROR causes=6; SACK cum=1
      = message`,
  },
  {
    id: 'SCTP-M-I-10-2',
    purpose: 'an unknown chunk with the bits 00 is not reported, what follows it is not taken',
    script: `established
      < CHUNK type=63 hex=01020304; DATA tsn=1
      = nothing`,
  },
  {
    id: 'SCTP-M-I-10-3',
    purpose: 'an unknown chunk with the bits 01 is reported, what follows it is not taken',
    script: `established
      < CHUNK type=127 hex=01020304; DATA tsn=1
      > ERROR causes=6
      = nothing`,
  },
  {
    id: 'SCTP-M-I-10-4',
    purpose: 'an unknown chunk with the bits 10 is not reported, what follows it is taken',
    script: `established
      < CHUNK type=191 hex=01020304; DATA tsn=1
      > SACK cum=1
      = message`,
  },
]);

describePurposes('retransmission timer (RT)', [
  {
    id: 'SCTP-RT-I-11-1',
    purpose: 'the RTO doubles with each timeout up to RTO.Max (one address)',
    script: `given rtoInitialMs=1000 rtoMaxMs=5000
      established
      heartbeats lost
      user send
      > DATA tsn=1
      wait 1000
      > DATA tsn=1
      wait 2000
      > DATA tsn=1
      wait 4000
      > DATA tsn=1
      wait 4999
      > nothing
      wait 1
      > DATA tsn=1
      < SACK cum=1`,
  },
  {
    id: 'SCTP-RT-I-11-2',
    purpose: 'the RTO doubles with each timeout up to RTO.Max (one address, set up from this side)',
    script: `given rtoInitialMs=500 rtoMinMs=500 rtoMaxMs=1500
      connected
      heartbeats lost
      user send
      > DATA tsn=1
      wait 500
      > DATA tsn=1
      wait 1000
      > DATA tsn=1
      wait 1500
      > DATA tsn=1
      wait 1499
      > nothing
      wait 1
      > DATA tsn=1
      < SACK cum=1`,
  },
  {
    id: 'SCTP-RT-I-11-3',
    purpose: 'the RTO doubles for the address that did not answer alone (two addresses)',
    options: twoAddresses,
    script: `< INIT params=000500080a000002000500080a000102
      > INIT-ACK
      < COOKIE-ECHO
      > COOKIE-ACK
      wait 100
      heartbeats lost
      user send
      > DATA tsn=1 | to=1
      wait 999
      > nothing
      wait 1
      > DATA tsn=1 | to=2
      wait 999
      > nothing
      wait 1
      > DATA tsn=1
      < SACK cum=1 | from=2`,
  },
]);

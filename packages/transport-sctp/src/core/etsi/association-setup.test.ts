import { describe, expect, it } from 'vitest';
import { describePurposes } from '../testing/test-purposes.fixture.ts';
import { makePair } from '../testing/sctp-pair.fixture.ts';
import { SimulatedEndpoint } from '../testing/simulated-endpoint.fixture.ts';

const twoAddresses = { addresses: 2 } as const;

describePurposes('association setup (AS)', [
  { id: 'SCTP-AS-V-1-1-1', purpose: 'active setup', script: 'connected' },
  { id: 'SCTP-AS-V-1-1-2', purpose: 'passive setup', script: 'established' },
  {
    id: 'SCTP-AS-I-1-2-1',
    purpose: 'INIT is sent again when T1-init expires',
    script: `user associate
      > INIT
      wait 1000
      > INIT
      < INIT-ACK
      > COOKIE-ECHO
      < COOKIE-ACK
      = associationUp`,
  },
  {
    id: 'SCTP-AS-I-1-2-2',
    purpose: 'COOKIE ECHO is sent again when T1-cookie expires',
    script: `user associate
      > INIT
      < INIT-ACK
      > COOKIE-ECHO
      wait 1000
      > COOKIE-ECHO
      < COOKIE-ACK
      = associationUp`,
  },
  {
    id: 'SCTP-AS-I-1-3-1',
    purpose: 'no more than Max.Init.Retransmits INITs, then the application is told',
    script: `given maxInitRetransmits=2
      user associate
      > INIT
      wait 1000
      > INIT
      wait 2000
      > INIT
      wait 4000
      = associationLost reason=setup-timeout
      wait 60000`,
  },
  {
    id: 'SCTP-AS-I-1-3-2',
    purpose: 'no more than Max.Init.Retransmits COOKIE ECHOs, then the application is told',
    script: `given maxInitRetransmits=2
      user associate
      > INIT
      < INIT-ACK
      > COOKIE-ECHO
      wait 1000
      > COOKIE-ECHO
      wait 2000
      > COOKIE-ECHO
      wait 4000
      = associationLost reason=setup-timeout
      wait 60000`,
  },
  {
    id: 'SCTP-AS-V-1-6-1',
    purpose: 'INIT with every optional parameter is taken',
    // Two addresses, Cookie Preservative, Supported Address Types.
    script: `
      < INIT params=000500080a0000020006001420010db800000000000000000000000100090008000003e8000c000800050006
      > INIT-ACK
      < COOKIE-ECHO
      > COOKIE-ACK
      = associationUp`,
  },
  {
    id: 'SCTP-AS-V-1-6-2',
    purpose: 'INIT ACK with optional parameters is taken',
    script: `user associate
      > INIT
      < INIT-ACK params=000500080a00000280000004c0000004
      > COOKIE-ECHO
      < COOKIE-ACK
      = associationUp`,
  },
  {
    id: 'SCTP-AS-V-1-7-1',
    purpose: 'fewer inbound streams in INIT than outbound ones that are wanted: the smaller number is used',
    script: `given outboundStreams=10
      < INIT is=2
      > INIT-ACK os=2
      < COOKIE-ECHO
      > COOKIE-ACK
      = associationUp outboundStreams=2`,
  },
  {
    id: 'SCTP-AS-I-1-7-2',
    purpose: 'INIT with no outbound stream is answered with ABORT',
    script: `< INIT os=0
      > ABORT causes=7
      = nothing`,
  },
  {
    id: 'SCTP-AS-V-1-7-3',
    purpose:
      'fewer inbound streams in INIT ACK than outbound ones that were wanted: the smaller number is used',
    script: `given outboundStreams=10
      user associate
      > INIT os=10
      < INIT-ACK is=3
      > COOKIE-ECHO
      < COOKIE-ACK
      = associationUp outboundStreams=3`,
  },
  {
    id: 'SCTP-AS-I-1-7-4',
    purpose: 'INIT ACK with no outbound stream: the association is not set up',
    script: `user associate
      > INIT
      < INIT-ACK os=0
      > ABORT causes=7
      = associationLost
      wait 60000`,
  },
  {
    id: 'SCTP-AS-V-1-7-5',
    purpose: 'two streams in both directions',
    script: `< INIT os=2 is=2
      > INIT-ACK
      < COOKIE-ECHO
      > COOKIE-ACK
      = associationUp outboundStreams=2 inboundStreams=2
      < DATA tsn=1 sid=0
      > SACK cum=1
      < DATA tsn=2 sid=1; DATA tsn=3 sid=1 ssn=1
      wait 200
      > SACK cum=3
      = message stream=0
      = message stream=1
      user send sid=1
      > DATA tsn=1 sid=1 ssn=0
      user send sid=0
      > DATA tsn=2 sid=0 ssn=0
      < SACK cum=2`,
  },
  {
    id: 'SCTP-AS-I-1-8-1',
    purpose: 'an unknown parameter in INIT with the bits 01: stop, and report',
    script: `< INIT params=7fff00080102030400090008000003e8
      > INIT-ACK unrecognized=7fff000801020304
      < COOKIE-ECHO
      > COOKIE-ACK`,
  },
  {
    id: 'SCTP-AS-I-1-8-2',
    purpose: 'an unknown parameter in INIT with the bits 00: stop, and do not report what follows either',
    script: `< INIT params=3fff000801020304ffff0004
      > INIT-ACK
      < COOKIE-ECHO
      > COOKIE-ACK`,
  },
  {
    id: 'SCTP-AS-I-1-8-3',
    purpose: 'an unknown parameter in INIT with the bits 11: go on, and report',
    script: `< INIT params=ffff000801020304fffe0004
      > INIT-ACK unrecognized=ffff000801020304,fffe0004
      < COOKIE-ECHO
      > COOKIE-ACK`,
  },
  {
    id: 'SCTP-AS-I-1-8-4',
    purpose: 'an unknown parameter in INIT with the bits 10: go on, and do not report it',
    script: `< INIT params=bfff000801020304ffff0004
      > INIT-ACK unrecognized=ffff0004
      < COOKIE-ECHO
      > COOKIE-ACK`,
  },
  {
    id: 'SCTP-AS-O-1-9-1',
    purpose: 'INIT with addresses that are known while the association is up is answered with INIT ACK',
    script: `established
      < INIT tag=12345 params=000500080a000002
      > INIT-ACK | tag=12345
      < DATA tsn=1
      > SACK cum=1`,
  },
  {
    id: 'SCTP-AS-O-1-9-2',
    purpose:
      'INIT with a new address while the association is up is answered with ABORT, which has no effect on it',
    script: `established
      < INIT tag=12345 params=000500080a000002000500080a090909
      > ABORT causes=11 | tag=12345
      < DATA tsn=1
      > SACK cum=1`,
  },
  {
    id: 'SCTP-AS-V-1-10-1',
    purpose: 'INIT without an address: the source address is the only one',
    options: twoAddresses,
    script: `< INIT | from=2
      > INIT-ACK | to=2
      < COOKIE-ECHO | from=2
      > COOKIE-ACK | to=2
      user send
      > DATA tsn=1 | to=2
      wait 1000
      > DATA tsn=1 | to=2
      < SACK cum=1 | from=2`,
  },
  {
    id: 'SCTP-AS-V-1-10-2',
    purpose: 'INIT ACK without an address: its source address is the only one',
    script: `connected
      user send
      > DATA tsn=1 | to=1
      wait 1000
      > DATA tsn=1 | to=1
      < SACK cum=1`,
  },
  {
    id: 'SCTP-AS-V-1-11-1',
    purpose: 'INIT with two addresses: both are used',
    options: twoAddresses,
    script: `< INIT params=000500080a000002000500080a000102
      > INIT-ACK
      < COOKIE-ECHO
      > COOKIE-ACK
      wait 100
      user send
      > DATA tsn=1 | to=1
      wait 1000
      > DATA tsn=1 | to=2
      < SACK cum=1 | from=2`,
  },
  {
    id: 'SCTP-AS-V-1-11-2',
    purpose: 'INIT ACK with two addresses: both are used',
    options: twoAddresses,
    script: `user associate
      > INIT
      < INIT-ACK params=000500080a000002000500080a000102
      > COOKIE-ECHO
      < COOKIE-ACK
      wait 100
      user send
      > DATA tsn=1 | to=1
      wait 1000
      > DATA tsn=1 | to=2
      < SACK cum=1 | from=2`,
  },
  {
    id: 'SCTP-AS-V-1-12-1',
    purpose: 'INIT with a host name is answered with ABORT (what RFC 9260 section 3.3.2.1.4 asks for since)',
    script: `< INIT params=000b000861626300
      > ABORT causes=5
      = nothing`,
  },
  {
    id: 'SCTP-AS-I-1-12-2',
    purpose: 'INIT ACK with a host name is answered with ABORT',
    script: `user associate
      > INIT
      < INIT-ACK params=000b000861626300
      > ABORT causes=5
      = associationLost
      wait 60000`,
  },
  {
    id: 'SCTP-AS-V-1-13-1',
    purpose: 'INIT with supported address types that fit',
    script: `< INIT params=000c000600050000
      > INIT-ACK
      < COOKIE-ECHO
      > COOKIE-ACK`,
  },
  {
    id: 'SCTP-AS-I-1-13-2',
    purpose:
      'INIT with supported address types without the one that it came by: that one is supported all the same',
    script: `< INIT params=000c000600060000
      > INIT-ACK
      < COOKIE-ECHO
      > COOKIE-ACK
      = associationUp`,
  },
  {
    id: 'SCTP-AS-I-1-14-1',
    purpose:
      'INIT with the tag 0 is discarded (RFC 9260 section 3.3.2; the purpose, of RFC 2960, wants an ABORT)',
    script: `< INIT tag=0
      = nothing`,
  },
  {
    id: 'SCTP-AS-I-1-14-2',
    purpose: 'INIT ACK with the tag 0: the association is not set up',
    script: `user associate
      > INIT
      < INIT-ACK tag=0
      > ABORT t=1 causes=7 | tag=endpoint
      = associationLost
      wait 60000`,
  },
  {
    id: 'SCTP-AS-I-1-15',
    purpose: 'INIT is sent again to the other address of the peer',
    options: twoAddresses,
    script: `user associate
      > INIT | to=1
      wait 1000
      > INIT | to=2
      wait 2000
      > INIT | to=1`,
  },
]);

describe('ETSI TS 102 369, association setup (AS): what one exchange does not show', () => {
  it('SCTP-AS-I-1-4: nothing is kept of an INIT', () => {
    const { server, network, client } = makePair();
    network.filter = ({ bytes }) => bytes[12] !== 10;
    for (let count = 0; count < 100; count++) {
      new SimulatedEndpoint(network, { addresses: ['10.0.0.1'], port: 6000 + count, seed: count }).associate(
        server,
      );
      network.run(2);
    }
    expect([server.nextTimeout(), server.events, client.events]).toEqual([undefined, [], []]);
    expect(server.machine.statistics.initsAnswered).toBe(100);
  });

  it.each([
    { id: 'SCTP-AS-V-1-5-1', chunk: 'INIT', type: 1 },
    { id: 'SCTP-AS-V-1-5-2', chunk: 'INIT ACK', type: 2 },
  ])(
    '$id: tags of $chunk are random: 64 endpoints and associations have as many different ones',
    ({ type }) => {
      const tags = new Set<number>();
      for (let seed = 1; seed <= 64; seed++) {
        const { client, server, network } = makePair({ seed });
        network.filter = ({ bytes }) => {
          if (bytes[12] === type) tags.add(new DataView(bytes.buffer, bytes.byteOffset).getUint32(16));
          return true;
        };
        client.associate(server);
        network.run(5);
      }
      expect([tags.size, tags.has(0)]).toEqual([64, false]);
    },
  );
});

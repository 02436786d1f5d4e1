import { describe, expect, test } from 'vitest';
import { runScript } from '../testing/scripted-peer.fixture.ts';

const twoAddresses = { addresses: 2 } as const;

describe('RFC 9260 section 5.1: establishment of an association', () => {
  test('the opening side sends INIT and COOKIE ECHO, and is up with COOKIE ACK', () => {
    const script = `
      user associate
      > INIT os=16 is=2048
      = nothing
      < INIT-ACK os=5 is=7
      > COOKIE-ECHO cookie=c00c1e00
      = nothing
      < COOKIE-ACK
      = associationUp inbound=false outboundStreams=7 inboundStreams=5`;
    expect(runScript(script)).toBeUndefined();
  });

  test('the listening side answers INIT with a cookie, and is up with COOKIE ECHO', () => {
    const script = `
      < INIT os=5 is=7
      > INIT-ACK os=7 is=2048
      = nothing
      < COOKIE-ECHO
      > COOKIE-ACK
      = associationUp inbound=true outboundStreams=7 inboundStreams=5`;
    expect(runScript(script)).toBeUndefined();
  });

  test('messages that are sent before the association is up go with the COOKIE ECHO', () => {
    const script = `
      user associate
      > INIT
      user send len=10
      user send len=20
      > nothing
      < INIT-ACK
      > COOKIE-ECHO; DATA tsn=1 len=10; DATA tsn=2 len=20
      user send len=30
      > nothing
      < COOKIE-ACK; SACK cum=2
      > DATA tsn=3 len=30`;
    expect(runScript(script)).toBeUndefined();
  });

  test('DATA behind a COOKIE ECHO is taken and acknowledged at once, behind the COOKIE ACK', () => {
    const script = `
      < INIT
      > INIT-ACK
      < COOKIE-ECHO; DATA tsn=1 len=8
      > COOKIE-ACK; SACK cum=1
      = associationUp
      = message len=8`;
    expect(runScript(script)).toBeUndefined();
  });

  test('INIT and INIT ACK list the addresses, and none where there is only one', () => {
    const lists = `
      < INIT
      > INIT-ACK addresses=10.0.0.1,10.0.1.1`;
    expect(runScript(lists, twoAddresses)).toBeUndefined();
    expect(runScript(lists.replace('10.0.0.1,10.0.1.1', ''))).toBeUndefined();
  });
});

describe('RFC 9260 section 4: T1-init and T1-cookie', () => {
  test('INIT is sent again with a doubled timeout to all addresses in turn, and given up after Max.Init.Retransmits', () => {
    const script = `
      given maxInitRetransmits=3
      user associate
      > INIT | to=1
      wait 999
      > nothing
      wait 1
      > INIT | to=2
      wait 1000
      > INIT | to=1
      wait 1999
      > nothing
      wait 1
      > INIT | to=2
      wait 1999
      = nothing
      wait 1
      = associationLost reason=setup-timeout`;
    expect(runScript(script, twoAddresses)).toBeUndefined();
  });

  test('COOKIE ECHO is sent again, with what went with it', () => {
    const script = `
      given maxInitRetransmits=2
      user associate
      > INIT
      user send len=10
      < INIT-ACK
      > COOKIE-ECHO; DATA tsn=1
      wait 1000
      > COOKIE-ECHO; DATA tsn=1
      wait 2000
      > COOKIE-ECHO; DATA tsn=1
      wait 4000
      = sendFailed len=10
      = associationLost reason=setup-timeout`;
    expect(runScript(script)).toBeUndefined();
  });

  test('regression: a lost COOKIE ACK is answered by another one, also when the association is up (notes 2)', () => {
    const script = `
      established
      < COOKIE-ECHO
      > COOKIE-ACK
      < DATA tsn=1
      > SACK cum=1
      < COOKIE-ECHO
      > COOKIE-ACK
      wait 70000
      < COOKIE-ECHO
      > COOKIE-ACK`;
    expect(runScript(script)).toBeUndefined();
  });

  test('an ABORT in answer to INIT means that nobody listens', () => {
    const script = `
      user associate
      > INIT
      < ABORT
      = associationLost reason=refused`;
    expect(runScript(script)).toBeUndefined();
  });
});

describe('RFC 9260 section 3.3.3: INIT ACKs that are not right', () => {
  const refused = (ack: string, answer: string, tag: string) => `
    user associate
    > INIT
    < INIT-ACK ${ack}
    > ABORT ${answer} | tag=${tag}
    = associationLost reason=protocol-violation`;

  test.each([
    ['tag=0', 't=1 causes=7', 'endpoint'],
    ['os=0', 't=0 causes=7', 'peer'],
    ['is=0', 't=0 causes=7', 'peer'],
    ['cookie=none', 't=0 causes=2', 'peer'],
    ['params=000b000861626300', 't=0 causes=5', 'peer'],
  ])('INIT ACK with %s ends the attempt', (ack, answer, tag) => {
    expect(runScript(refused(ack, answer, tag))).toBeUndefined();
  });

  test('too small a window is refused, and the attempt goes on', () => {
    const script = `
      user associate
      > INIT
      < INIT-ACK rwnd=1499
      > ABORT t=0 causes=7
      = nothing
      < INIT-ACK rwnd=1500
      > COOKIE-ECHO
      < COOKIE-ACK
      = associationUp`;
    expect(runScript(script)).toBeUndefined();
  });

  test('an INIT ACK when none is expected is of no interest (section 5.2.3)', () => {
    const script = `
      connected
      < INIT-ACK
      < INIT-ACK tag=0
      < INIT-ACK os=0
      > nothing
      < DATA tsn=1
      > SACK cum=1`;
    expect(runScript(script)).toBeUndefined();
  });
});

describe('RFC 9260 section 3.3.2: INITs that are not right', () => {
  test.each([
    ['os=0', 7],
    ['is=0', 7],
    ['rwnd=1499', 7],
    ['params=000b000861626300', 5],
  ])(
    'INIT with %s is answered with ABORT, also for an association that exists, which stays',
    (init, cause) => {
      const script = `
      < INIT ${init}
      > ABORT t=0 causes=${cause}
      established
      < INIT ${init}
      > ABORT t=0 causes=${cause}
      < DATA tsn=1
      > SACK cum=1`;
      expect(runScript(script)).toBeUndefined();
    },
  );

  test('INIT with tag 0, in a packet with a tag, or with other chunks is discarded in silence', () => {
    const script = `
      < INIT tag=0
      > nothing
      < INIT | tag=77
      > nothing
      < INIT; DATA tsn=1 | tag=zero
      > nothing`;
    expect(runScript(script)).toBeUndefined();
  });

  test('unknown parameters are skipped or stop the reading, and are reported, as their high bits say', () => {
    // 0x3000 stops, 0x7000 stops and is reported, 0xb000 is skipped, 0xf000 is skipped and reported; then an address.
    const address = '000500080a000102';
    const answers = [
      ['30000004', '10.0.0.2', ''],
      ['70000004', '10.0.0.2', '70000004'],
      ['b0000004', '10.0.0.2,10.0.1.2', ''],
      ['f0000004', '10.0.0.2,10.0.1.2', 'f0000004'],
    ];
    for (const [parameter, , unrecognized] of answers) {
      const script = `
        < INIT params=${parameter}${address}
        > INIT-ACK ${unrecognized === '' ? '' : `unrecognized=${unrecognized}`}`;
      expect(runScript(script)).toBeUndefined();
    }
  });
});

describe('RFC 9260 section 3.2.2: unknown parameters in an INIT ACK', () => {
  test('are reported behind the COOKIE ECHO', () => {
    const script = `
      user associate
      > INIT
      < INIT-ACK params=f0000004
      > COOKIE-ECHO; ERROR causes=8`;
    expect(runScript(script)).toBeUndefined();
  });
});

describe('RFC 9260 section 5.2.6: stale cookies', () => {
  const stale = '000300080000ffff';

  test('a stale cookie leads to another INIT, and the third one to the end', () => {
    const script = `
      user associate
      > INIT
      user send len=5
      < INIT-ACK
      > COOKIE-ECHO; DATA tsn=1
      < ERROR causes=${stale}
      > INIT
      < INIT-ACK
      > COOKIE-ECHO; DATA tsn=1
      < ERROR causes=${stale}
      > INIT
      < INIT-ACK
      > COOKIE-ECHO; DATA tsn=1
      < ERROR causes=${stale}
      = sendFailed
      = associationLost reason=stale-cookie`;
    expect(runScript(script)).toBeUndefined();
  });

  test('after that the association comes up and the data arrives', () => {
    const script = `
      user associate
      > INIT
      user send len=5
      < INIT-ACK
      > COOKIE-ECHO; DATA tsn=1
      < ERROR causes=${stale}
      > INIT
      < INIT-ACK
      > COOKIE-ECHO; DATA tsn=1
      < COOKIE-ACK; SACK cum=1
      = associationUp`;
    expect(runScript(script)).toBeUndefined();
  });

  test('in any other state it is of no interest', () => {
    const script = `
      connected
      < ERROR causes=${stale}
      > nothing
      = nothing`;
    expect(runScript(script)).toBeUndefined();
  });
});

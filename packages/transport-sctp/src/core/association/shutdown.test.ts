import { describe, expect, test } from 'vitest';
import { runScript } from '../testing/scripted-peer.fixture.ts';

const twoAddresses = { addresses: 2 } as const;

describe('RFC 9260 section 9.2: shutdown', () => {
  test('SHUTDOWN waits until everything is acknowledged', () => {
    const script = `
      established
      user send len=10
      > DATA tsn=1
      user shutdown
      > nothing
      < SACK cum=1
      > SHUTDOWN cum=0
      < SHUTDOWN-ACK
      > SHUTDOWN-COMPLETE t=0
      = associationLost reason=closed`;
    expect(runScript(script)).toBeUndefined();
  });

  test('SHUTDOWN of the peer waits until everything is acknowledged, too', () => {
    const script = `
      established
      user send len=10
      > DATA tsn=1
      < SHUTDOWN cum=0
      > nothing
      < SHUTDOWN cum=1
      > SHUTDOWN-ACK
      < SHUTDOWN-COMPLETE
      = associationLost reason=closed-by-peer`;
    expect(runScript(script)).toBeUndefined();
  });

  test('once it is being shut down nothing new is taken', () => {
    const script = `
      established
      user send len=10
      > DATA tsn=1
      user shutdown
      user send len=11
      = sendFailed len=11
      < SHUTDOWN cum=0
      user send len=12
      = sendFailed len=12
      < SACK cum=1
      > SHUTDOWN-ACK
      user send len=13
      = sendFailed len=13`;
    expect(runScript(script)).toBeUndefined();
  });

  test('both sides shut down at the same time', () => {
    const script = `
      established
      user shutdown
      > SHUTDOWN
      < SHUTDOWN cum=0
      > SHUTDOWN-ACK
      < SHUTDOWN-ACK
      > SHUTDOWN-COMPLETE t=0
      = associationLost reason=closed`;
    expect(runScript(script)).toBeUndefined();
  });

  test('T2-shutdown sends SHUTDOWN again, by the other path, and gives up after Association.Max.Retrans', () => {
    const script = `
      given associationMaxRetrans=3
      < INIT params=000500080a000102
      > INIT-ACK
      < COOKIE-ECHO
      > COOKIE-ACK
      user shutdown
      > SHUTDOWN | to=1
      wait 1000
      > SHUTDOWN | to=2
      wait 1000
      > SHUTDOWN | to=1
      wait 2000
      > SHUTDOWN | to=2
      wait 2000
      = associationLost reason=unreachable`;
    expect(runScript(script, twoAddresses)).toBeUndefined();
  });

  test('T2-shutdown sends SHUTDOWN ACK again', () => {
    const script = `
      established
      < SHUTDOWN cum=0
      > SHUTDOWN-ACK
      wait 1000
      > SHUTDOWN-ACK
      wait 2000
      > SHUTDOWN-ACK
      < SHUTDOWN-COMPLETE
      = associationLost reason=closed-by-peer`;
    expect(runScript(script)).toBeUndefined();
  });

  test('DATA that comes while SHUTDOWN is out is taken and answered with SHUTDOWN, with a SACK where there is a gap', () => {
    const script = `
      established
      user shutdown
      > SHUTDOWN cum=0
      < DATA tsn=1 len=7
      > SHUTDOWN cum=1
      = message len=7
      < DATA tsn=3
      > SHUTDOWN cum=1; SACK cum=1 gaps=2-2
      < DATA tsn=1
      > SHUTDOWN cum=1; SACK cum=1 gaps=2-2
      < DATA tsn=2 ssn=1
      > SHUTDOWN cum=3
      < SHUTDOWN-ACK
      > SHUTDOWN-COMPLETE`;
    expect(runScript(script)).toBeUndefined();
  });

  test('T5-shutdown-guard aborts after 5 times RTO.Max a peer that never comes to an end', () => {
    const data = Array.from({ length: 10 }, () => 'wait 999\n< DATA tsn=1\n> SHUTDOWN cum=1; SACK').join(
      '\n',
    );
    const script = `
      given rtoMaxMs=2000
      established
      < DATA tsn=1
      > SACK
      user shutdown
      > SHUTDOWN
      ${data}
      wait 10
      > ABORT
      = associationLost reason=unreachable`;
    expect(runScript(script)).toBeUndefined();
  });

  test('a duplicate SHUTDOWN gets its SHUTDOWN ACK again', () => {
    const script = `
      established
      < SHUTDOWN cum=0
      > SHUTDOWN-ACK
      < SHUTDOWN cum=0
      > SHUTDOWN-ACK`;
    expect(runScript(script)).toBeUndefined();
  });

  test('chunks of a shutdown that are not expected do nothing', () => {
    const script = `
      established
      < SHUTDOWN-ACK
      < SHUTDOWN-COMPLETE
      > nothing
      < DATA tsn=1
      > SACK cum=1
      user shutdown
      > SHUTDOWN
      < SHUTDOWN-COMPLETE
      < COOKIE-ACK
      = message
      = nothing`;
    expect(runScript(script)).toBeUndefined();
  });

  test('SHUTDOWN is discarded before the association is up', () => {
    const script = `
      user associate
      > INIT
      < SHUTDOWN cum=0
      > nothing
      < INIT-ACK
      > COOKIE-ECHO
      < SHUTDOWN cum=0
      > nothing
      < COOKIE-ACK
      = associationUp`;
    expect(runScript(script)).toBeUndefined();
  });

  test('a SHUTDOWN that acknowledges what was never sent is a breach of the protocol', () => {
    const script = `
      established
      < SHUTDOWN cum=1
      > ABORT causes=13
      = associationLost reason=protocol-violation`;
    expect(runScript(script)).toBeUndefined();
  });

  test('the application may shut down before the association is up', () => {
    const nothingSent = `
      user associate
      > INIT
      user shutdown
      = associationLost reason=closed`;
    expect(runScript(nothingSent)).toBeUndefined();
    const sent = `
      user associate
      > INIT
      user send len=3
      user shutdown
      < INIT-ACK
      > COOKIE-ECHO; DATA tsn=1
      < COOKIE-ACK
      < SACK cum=1
      > SHUTDOWN
      < SHUTDOWN-ACK
      > SHUTDOWN-COMPLETE
      = associationLost reason=closed`;
    expect(runScript(sent)).toBeUndefined();
  });
});

describe('RFC 9260 section 9.1: abort', () => {
  test('ABORT of the peer ends the association, and its reason is told', () => {
    const script = `
      established
      user send len=10
      > DATA tsn=1
      < ABORT causes=000c00094f6f707321000000
      = sendFailed len=10
      = associationLost reason=aborted`;
    expect(runScript(script)).toBeUndefined();
  });

  test('the application aborts: one ABORT with the cause User-Initiated Abort, and nobody answers any more', () => {
    const script = `
      established
      user abort
      > ABORT t=0 causes=12
      = associationUp
      = nothing
      < DATA tsn=1
      > ABORT t=1 | tag=endpoint`;
    expect(runScript(script.replace('established', established))).toBeUndefined();
  });

  test('DATA without user data is answered with ABORT', () => {
    const script = `
      established
      < DATA tsn=1 len=0
      > ABORT causes=9
      = associationLost reason=protocol-violation`;
    expect(runScript(script)).toBeUndefined();
  });
});

const established = `< INIT
  > INIT-ACK
  < COOKIE-ECHO
  > COOKIE-ACK`;

import { describe, expect, test } from 'vitest';
import { asapRegistrarTimingProfiles } from '../timing/asap-timing-profiles.ts';
import { RegistrarHand } from '../testing/registrar-hand.fixture.ts';
import { echo, endpoint, knownElement } from '../testing/samples.fixture.ts';
import type { AsapRegistrarOptions } from './asap-registrar-options.ts';

/** A registrar with an own element 7, an element 8 of registrar 99, and a user at association 50. */
function setUp(options: Partial<AsapRegistrarOptions> = {}): RegistrarHand {
  const registrar = new RegistrarHand(options);
  registrar.register(7, { registrationLife: -1 });
  registrar.handlespace.register(echo, knownElement('10.1.0.8', 8, 99));
  registrar.hand.accept(50, endpoint('10.2.0.1:5000'));
  return registrar;
}

describe('RFC 5352 section 3.5: reports of unreachable endpoints', () => {
  test('a report has the element probed at once, with the H flag 0', () => {
    const step = setUp().report(50, 7);
    expect(step.sends).toMatchObject([
      {
        association: 7,
        message: { type: 'ASAP_ENDPOINT_KEEP_ALIVE', home: false, poolElementIdentifier: 7 },
      },
    ]);
  });

  test('every report does, also while a keep-alive is outstanding', () => {
    const registrar = setUp();
    expect(registrar.report(50, 7).messages).toHaveLength(1);
    expect(registrar.report(50, 7).messages).toHaveLength(1);
  });

  test('reports do not prolong the time that a dead element has to answer', () => {
    const registrar = setUp();
    registrar.report(50, 7);
    registrar.hand.pass(3_000);
    registrar.report(50, 7);
    expect(registrar.hand.pass(2_000).events('elementRemoved')).toMatchObject([
      { reason: 'keepAliveTimeout' },
    ]);
  });

  test('if the keep-alive is answered the element is retained', () => {
    const registrar = setUp();
    registrar.report(50, 7);
    registrar.acknowledge(7);
    expect(registrar.hand.pass(4_000).events('elementRemoved')).toEqual([]);
    expect(registrar.find(7)).toBeDefined();
  });

  test('MAX-BAD-PE-REPORT: an element goes when the reports exceed the threshold, though it answers', () => {
    const registrar = setUp();
    for (let report = 1; report <= 3; report++) {
      expect(registrar.report(50, 7).events('unreachableReported')).toMatchObject([
        { reports: report, counted: true },
      ]);
      registrar.acknowledge(7);
      registrar.hand.pass(1_000);
    }
    const step = registrar.report(50, 7);
    expect(step.events('elementRemoved')).toMatchObject([{ reason: 'badReports', own: true }]);
    expect(step.of('handleUpdate')).toMatchObject([{ action: 'delete' }]);
    expect(step.messages).toEqual([]);
  });

  test('the profile rsplib removes when the threshold is reached, and does not probe', () => {
    const registrar = setUp({ timing: asapRegistrarTimingProfiles.rsplib });
    expect(registrar.report(50, 7).messages).toEqual([]);
    registrar.report(50, 7);
    expect(registrar.report(50, 7).events('elementRemoved')).toMatchObject([{ reason: 'badReports' }]);
  });

  test('a re-registration clears the count', () => {
    const registrar = setUp();
    for (let report = 1; report <= 3; report++) {
      registrar.report(50, 7);
      registrar.acknowledge(7);
      registrar.hand.pass(1_000);
    }
    registrar.registerAgain(7);
    expect(registrar.report(50, 7).events('unreachableReported')).toMatchObject([{ reports: 1 }]);
  });

  test('an element of another registrar is probed over an association of its own, which is closed afterwards', () => {
    const registrar = setUp();
    const step = registrar.report(50, 8);
    expect(step.opens).toEqual([{ type: 'open', association: 1_001, remote: endpoint('10.1.0.8:4000') }]);
    expect(registrar.hand.up(1_001, endpoint('10.1.0.8:4000')).messages).toMatchObject([{ home: false }]);
    const alive = registrar.acknowledge(1_001, 8);
    expect(alive.events('elementAlive')).toHaveLength(1);
    expect(alive.closes).toEqual([{ type: 'close', association: 1_001, abort: false }]);
    expect(registrar.hand.pass(4_000).outputs).toEqual([]);
  });

  test('a dead element of another registrar is removed, and the peers are told (RFC 5353 section 3.3.2)', () => {
    const registrar = setUp();
    registrar.report(50, 8);
    const step = registrar.hand.lose(1_001, 'refused');
    expect(step.events('elementRemoved')).toMatchObject([{ reason: 'unreachable', own: false }]);
    expect(step.of('handleUpdate')).toHaveLength(1);
    expect(registrar.find(8)).toBeUndefined();
  });

  test('the profile rsplib removes an element of another registrar without telling the peers', () => {
    const registrar = setUp({ timing: asapRegistrarTimingProfiles.rsplib });
    for (let report = 1; report <= 2; report++) registrar.report(50, 8);
    const step = registrar.report(50, 8);
    expect(step.events('elementRemoved')).toHaveLength(1);
    expect(step.of('handleUpdate')).toEqual([]);
  });

  test('a report about an element that is not known is dropped', () => {
    const registrar = setUp();
    expect(registrar.report(50, 9).outputs).toEqual([]);
    expect(registrar.machine.counters.unreachableReportsDropped).toBe(1);
  });

  test('what a user reports again within a second is the same event: probed for, but not counted', () => {
    const registrar = setUp();
    registrar.report(50, 7);
    registrar.acknowledge(7);
    registrar.hand.pass(999);
    const again = registrar.report(50, 7);
    expect(again.messageTypes).toEqual(['ASAP_ENDPOINT_KEEP_ALIVE']);
    expect(again.events('unreachableReported')).toMatchObject([{ reports: 1, counted: false }]);
    registrar.acknowledge(7);
    registrar.hand.pass(1);
    expect(registrar.report(50, 7).events('unreachableReported')).toMatchObject([
      { reports: 2, counted: true },
    ]);
    expect(registrar.machine.counters.unreachableReportsRepeated).toBe(1);
  });

  test('reports of several users count at once, each', () => {
    const registrar = setUp();
    for (let user = 51; user <= 53; user++) {
      registrar.hand.accept(user, endpoint(`10.2.0.${String(user)}:5000`));
      expect(registrar.report(user, 7).events('elementRemoved')).toEqual([]);
    }
    expect(registrar.report(50, 7).events('elementRemoved')).toMatchObject([{ reason: 'badReports' }]);
  });

  test('section 9.1, threat 9: however many reports come, an element gets so many keep-alives a second', () => {
    const registrar = setUp({ limits: { maximumKeepAlivesPerSecond: 4 } });
    let sent = 0;
    let told = 0;
    for (let report = 0; report < 50; report++) {
      const step = registrar.report(50, 7);
      sent += step.messages.length;
      told += step.events('keepAliveSuppressed').length;
      registrar.acknowledge(7);
    }
    expect([sent, told]).toEqual([4, 1]);
    expect(registrar.machine.counters.keepAlivesSuppressed).toBe(46);
    registrar.hand.pass(500);
    expect([registrar.report(50, 7), registrar.report(50, 7)].map((step) => step.messages.length)).toEqual([
      1, 1,
    ]);
    expect(registrar.report(50, 7).messages).toEqual([]);
  });

  test('section 9.1, threat 8: a flood of reports over one association is dropped', () => {
    const registrar = setUp({ limits: { maximumReportsPerSecond: 5 }, timing: { maximumBadReports: 1e9 } });
    let sent = 0;
    for (let report = 0; report < 1_000; report++) sent += registrar.report(50, 7).messages.length;
    expect(sent).toBe(5);
    registrar.hand.pass(1_000);
    expect(registrar.report(50, 7).messages).toHaveLength(1);
  });

  test('many reported elements of other registrars are probed a few at a time', () => {
    const registrar = setUp({ limits: { maximumOutstandingProbes: 3 } });
    let opens = 0;
    for (let number = 100; number < 150; number++) {
      registrar.handlespace.register(echo, knownElement(`10.3.0.${String(number)}`, number, 99));
      opens += registrar.report(50, number).opens.length;
    }
    expect(opens).toBe(3);
    expect(registrar.hand.pass(5_000).opens).toHaveLength(3);
    registrar.hand.pass(100_000);
    expect(registrar.find(8)).toBeDefined();
    expect(registrar.handlespace.elementCount).toBe(1);
    expect(registrar.hand.machine.nextTimeout()).toBeUndefined();
  });
});

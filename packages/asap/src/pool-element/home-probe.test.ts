import type { AsapMessage } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { Hand } from '../testing/hand.fixture.ts';
import { echo, endpoint, middle, numbers, registrationOf } from '../testing/samples.fixture.ts';
import type { AsapTiming } from '../timing/asap-timing.ts';
import { PoolElementMachine } from './pool-element-machine.ts';

const identity = { poolHandle: echo, poolElementIdentifier: 17 };
const granted: AsapMessage = { type: 'ASAP_REGISTRATION_RESPONSE', rejected: false, ...identity };
const second = endpoint('10.0.0.2:3863');

function keepAlive(serverIdentifier: number, home: boolean): AsapMessage {
  return { type: 'ASAP_ENDPOINT_KEEP_ALIVE', home, serverIdentifier, poolHandle: echo };
}

/** A pool element that is registered over association 1 since time 0. */
function registered(timing: Partial<AsapTiming> = {}) {
  const machine = new PoolElementMachine({
    random: middle,
    allocateAssociation: numbers(),
    registrars: [endpoint('10.0.0.1:3863')],
    timing: {
      homeRegistrarLossGraceMs: 10_000,
      formerHomeProbeInitialMs: 500,
      formerHomeProbeMaximumMs: 2_000,
      ...timing,
    },
  });
  const hand = new Hand(machine);
  hand.give({ type: 'register', poolHandle: echo, poolElement: registrationOf('10.1.0.1', 17) });
  hand.up(1);
  hand.message(1, granted);
  return { machine, hand };
}

/** Lets the first attempt to reach the former home registrar begin, and returns its association. */
function probing(hand: ReturnType<typeof registered>['hand']): number {
  const [open] = hand.pass(501).opens;
  if (open === undefined) throw new Error('no attempt');
  return open.association;
}

describe('a pool element that lost its home registrar', () => {
  test('tries it again, with a pause that doubles up to its cap, until the grace ends', () => {
    const { hand } = registered();
    hand.lose(1);
    const attempts: number[] = [];
    while (hand.now < 10_000) {
      for (const { association } of hand.pass(1).opens) {
        attempts.push(hand.now);
        const failed = hand.lose(association, 'refused').events('formerHomeProbeFailed');
        expect(failed).toMatchObject([{ attempt: attempts.length, reason: 'refused' }]);
      }
    }
    expect(attempts.slice(0, 6).map((at) => Math.round(at / 100) * 100)).toEqual([
      500, 1_000, 2_000, 4_000, 6_000, 8_000,
    ]);
    expect(hand.pass(2).events('serverHuntStarted')).toMatchObject([{ reason: 'homeRegistrarLost' }]);
  });

  test('gives an attempt up that nobody answers, and goes on', () => {
    const { hand } = registered();
    hand.lose(1);
    const association = probing(hand);
    const step = hand.pass(501);
    expect(step.closes).toEqual([{ type: 'close', association, abort: true }]);
    expect(step.events('formerHomeProbeFailed')).toMatchObject([{ attempt: 1, reason: 'no answer in time' }]);
    expect(hand.pass(501).events('formerHomeProbed')).toMatchObject([{ attempt: 2 }]);
  });

  test('registers at once when it answers, because it may have removed the element meanwhile', () => {
    const { hand, machine } = registered();
    hand.lose(1, 'path failure');
    const association = probing(hand);
    const step = hand.up(association);
    expect(step.events('homeRegistrarChanged')).toMatchObject([{ reason: 'probe' }]);
    expect(step.sends).toMatchObject([{ association, message: { type: 'ASAP_REGISTRATION' } }]);
    expect(machine.homeRegistrar?.association).toBe(association);
    hand.message(association, granted);
    expect(hand.pass(20_000).outputs).toEqual([]);
  });

  test('goes on with the hunt or the former home registrar, whichever answers first', () => {
    const { hand } = registered();
    hand.lose(1);
    const association = probing(hand);
    hand.give({ type: 'updatePolicy', policy: { type: 'roundRobin' } });
    const step = hand.up(association);
    expect(step.eventTypes).toContain('serverHuntStopped');
    expect(step.messageTypes).toEqual(['ASAP_REGISTRATION']);
  });

  test('stops to try when a registrar adopts it', () => {
    const { hand } = registered();
    hand.lose(1);
    const association = probing(hand);
    hand.accept(50, second);
    expect(hand.message(50, keepAlive(2, true)).closes).toEqual([
      { type: 'close', association, abort: true },
    ]);
    expect(hand.pass(20_000).outputs).toEqual([]);
  });

  test.each([['deregister'], ['shutdown']] as const)('stops to try on %s', (type) => {
    const { hand } = registered();
    hand.lose(1);
    const association = probing(hand);
    expect(hand.give({ type }).closes).toContainEqual({ type: 'close', association, abort: true });
    expect(hand.pass(20_000).events('formerHomeProbed')).toEqual([]);
  });

  test('registers at once when it is told that it was removed, by whichever registrar', () => {
    const { hand } = registered({ minimumReregistrationIntervalMs: 100 });
    hand.pass(1_000);
    hand.lose(1);
    hand.accept(50, second);
    const step = hand.message(50, { type: 'ASAP_DEREGISTRATION_RESPONSE', ...identity });
    expect(step.eventTypes).toEqual(['expired', 'serverHuntStarted', 'serverHuntAttempt']);
    const [open] = step.opens;
    expect(hand.up(open?.association ?? 0).messageTypes).toEqual(['ASAP_REGISTRATION']);
  });

  test('does not try one that aborted the association: that one lives, and has given the element up', () => {
    const { hand } = registered({ minimumReregistrationIntervalMs: 5_000 });
    hand.lose(1, 'aborted');
    expect(hand.pass(4_000).outputs).toEqual([]);
  });
});

describe('two registrars hold themselves for the home registrar of a pool element', () => {
  test('a second one adopts it while the first lives: it registers there at once', () => {
    const { hand } = registered();
    hand.pass(5_000);
    hand.accept(50, second);
    const step = hand.message(50, keepAlive(2, true));
    expect(step.events('homeRegistrarContested')).toMatchObject([
      { homeRegistrar: { association: 50 }, rival: { association: 1 } },
    ]);
    expect(step.sends.map((send) => [send.association, send.message.type])).toEqual([
      [50, 'ASAP_ENDPOINT_KEEP_ALIVE_ACK'],
      [50, 'ASAP_REGISTRATION'],
    ]);
  });

  test('but not sooner than the least time between two registrations admits', () => {
    const { hand } = registered({ minimumReregistrationIntervalMs: 3_000 });
    hand.pass(1_000);
    hand.accept(50, second);
    expect(hand.message(50, keepAlive(2, true)).messageTypes).toEqual(['ASAP_ENDPOINT_KEEP_ALIVE_ACK']);
    expect(hand.pass(1_999).sends).toEqual([]);
    expect(hand.pass(2).sends).toMatchObject([{ association: 50, message: { type: 'ASAP_REGISTRATION' } }]);
  });

  test('a keep-alive of another one makes it register with its own, with a pause that doubles up to the grace', () => {
    const { hand } = registered();
    hand.message(1, keepAlive(1, false));
    hand.accept(50, second);
    const registrations: number[] = [];
    for (hand.pass(5_000); hand.now < 60_000; hand.pass(500)) {
      const step = hand.message(50, keepAlive(2, false));
      if (!step.messageTypes.includes('ASAP_REGISTRATION')) continue;
      expect(step.sends.map((send) => send.association)).toEqual([50, 1]);
      registrations.push(hand.now);
      hand.message(1, granted);
    }
    expect(registrations).toEqual([5_000, 6_000, 8_000, 12_000, 20_000, 30_000, 40_000, 50_000]);
  });

  test('once the matter has rested for two graces, at once again', () => {
    const { hand } = registered();
    hand.accept(50, second);
    hand.pass(5_000);
    expect(hand.message(50, keepAlive(2, false)).messageTypes).toContain('ASAP_REGISTRATION');
    hand.message(1, granted);
    hand.pass(500);
    expect(hand.message(50, keepAlive(2, false)).messageTypes).not.toContain('ASAP_REGISTRATION');
    hand.pass(20_000);
    expect(hand.message(50, keepAlive(2, false)).messageTypes).toContain('ASAP_REGISTRATION');
    hand.message(1, granted);
    hand.pass(1_000);
    expect(hand.message(50, keepAlive(2, false)).messageTypes).toContain('ASAP_REGISTRATION');
  });

  test('a keep-alive of the home registrar itself over another association does not', () => {
    const { hand } = registered();
    hand.pass(5_000);
    hand.accept(50, endpoint('10.0.0.1:3863'));
    expect(hand.message(50, keepAlive(1, false)).messageTypes).toEqual(['ASAP_ENDPOINT_KEEP_ALIVE_ACK']);
  });

  test('an element whose registration was rejected does not register again', () => {
    const { hand } = registered();
    hand.give({ type: 'deregister' });
    hand.message(1, { type: 'ASAP_DEREGISTRATION_RESPONSE', ...identity });
    hand.give({ type: 'register', poolHandle: echo, poolElement: registrationOf('10.1.0.1', 17) });
    hand.message(1, { type: 'ASAP_REGISTRATION_RESPONSE', rejected: true, ...identity });
    hand.accept(50, second);
    expect(hand.message(50, keepAlive(2, true)).messageTypes).toEqual(['ASAP_ENDPOINT_KEEP_ALIVE_ACK']);
  });
});

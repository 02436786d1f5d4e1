import type { AsapMessage } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { Hand } from '../testing/hand.fixture.ts';
import { echo, endpoint, middle, numbers, registrationOf } from '../testing/samples.fixture.ts';
import { PoolElementMachine } from './pool-element-machine.ts';

const identity = { poolHandle: echo, poolElementIdentifier: 17 };
const answer: AsapMessage = { type: 'ASAP_DEREGISTRATION_RESPONSE', ...identity };

function setUp() {
  const machine = new PoolElementMachine({
    random: middle,
    allocateAssociation: numbers(),
    registrars: [endpoint('10.0.0.1:3863'), endpoint('10.0.0.2:3863')],
  });
  const hand = new Hand(machine);
  hand.give({ type: 'register', poolHandle: echo, poolElement: registrationOf('10.1.0.1', 17) });
  return { machine, hand };
}

function registered() {
  const { machine, hand } = setUp();
  hand.up(1);
  hand.message(1, { type: 'ASAP_REGISTRATION_RESPONSE', rejected: false, ...identity });
  return { machine, hand };
}

describe('RFC 5352 section 3.2: deregistration of a pool element', () => {
  test('D1 to D4: the message names the element, goes over the same association, and T3 of 30 seconds starts', () => {
    const { hand, machine } = registered();
    const step = hand.give({ type: 'deregister' });
    expect(step.sends).toEqual([
      { type: 'send', association: 1, message: { type: 'ASAP_DEREGISTRATION', ...identity } },
    ]);
    expect(machine.runningTimers()).toEqual([{ name: 'T3-deregistration', at: 30_000 }]);
  });

  test('the answer stops T3 and ends the membership', () => {
    const { hand, machine } = registered();
    hand.give({ type: 'deregister' });
    expect(hand.message(1, answer).eventTypes).toEqual(['deregistered']);
    expect(machine.nextTimeout()).toBeUndefined();
    expect(machine.homeRegistrar).toBeDefined();
  });

  test('when T3 expires it hunts and deregisters at another registrar', () => {
    const { hand } = registered();
    hand.give({ type: 'deregister' });
    const step = hand.pass(30_000);
    expect(step.eventTypes).toContain('deregistrationUnanswered');
    const next = hand.up(step.opens[0]?.association ?? 0);
    expect(next.messageTypes).toEqual(['ASAP_DEREGISTRATION']);
    expect(hand.message(step.opens[0]?.association ?? 0, answer).eventTypes).toEqual(['deregistered']);
  });

  test('when the association breaks it hunts and deregisters at another registrar', () => {
    const { hand } = registered();
    hand.give({ type: 'deregister' });
    const step = hand.lose(1);
    expect(step.events('deregistrationUnanswered')).toMatchObject([{ reason: 'sendFailure' }]);
    expect(hand.up(step.opens[0]?.association ?? 0).messageTypes).toEqual(['ASAP_DEREGISTRATION']);
  });

  test('it gives up after MAX-REG-ATTEMPT attempts', () => {
    const { hand, machine } = registered();
    hand.give({ type: 'deregister' });
    hand.up(hand.pass(30_000).opens[0]?.association ?? 0);
    expect(hand.pass(30_000).events('deregistrationFailed')).toMatchObject([{ reason: 'attempts' }]);
    expect(machine.nextTimeout()).toBeUndefined();
  });

  test('a rejection is reported with its causes, and the element stops re-registering', () => {
    const { hand } = registered();
    hand.give({ type: 'deregister' });
    const causes = [{ code: 0xa, information: new Uint8Array(0) }];
    const step = hand.message(1, { type: 'ASAP_DEREGISTRATION_RESPONSE', ...identity, error: { causes } });
    expect(step.events('deregistrationFailed')).toMatchObject([{ reason: 'rejected', causes }]);
    expect(hand.pass(10_000_000).messages).toEqual([]);
  });

  test('before any registration was sent nothing has to be said to anybody', () => {
    const { hand, machine } = setUp();
    const step = hand.give({ type: 'deregister' });
    expect(step.messages).toEqual([]);
    expect(step.eventTypes).toEqual(['serverHuntStopped', 'deregistered']);
    expect(machine.nextTimeout()).toBeUndefined();
  });

  test('a registration that is still outstanding is deregistered as well', () => {
    const { hand } = setUp();
    hand.up(1);
    expect(hand.give({ type: 'deregister' }).messageTypes).toEqual(['ASAP_DEREGISTRATION']);
    const late: AsapMessage = { type: 'ASAP_REGISTRATION_RESPONSE', rejected: false, ...identity };
    expect(hand.message(1, late).outputs).toEqual([]);
  });

  test('a new registration has to wait for the end of the deregistration', () => {
    const { hand } = registered();
    const poolElement = registrationOf('10.1.0.1', 17);
    hand.give({ type: 'deregister' });
    expect(() => hand.give({ type: 'register', poolHandle: echo, poolElement })).toThrow(
      /ERR_RSERPOOL_INVALID_STATE/,
    );
    hand.message(1, answer);
    expect(hand.give({ type: 'register', poolHandle: echo, poolElement }).messageTypes).toEqual([
      'ASAP_REGISTRATION',
    ]);
  });

  test('where nothing is registered there is nothing to do', () => {
    const { hand } = registered();
    hand.give({ type: 'deregister' });
    hand.message(1, answer);
    expect(hand.give({ type: 'deregister' }).outputs).toEqual([]);
  });

  test('without any registrar it ends with an error', () => {
    const { hand } = registered();
    hand.lose(1);
    hand.give({ type: 'deregister' });
    expect(hand.pass(1_000_000).events('deregistrationFailed')).toMatchObject([{ reason: 'noRegistrar' }]);
  });
});

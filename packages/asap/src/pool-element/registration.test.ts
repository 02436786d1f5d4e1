import type { AsapMessage, ErrorCause } from '@rserpool/wire';
import { RserpoolError } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { asapTimingProfiles } from '../timing/asap-timing-profiles.ts';
import { Hand } from '../testing/hand.fixture.ts';
import { echo, endpoint, middle, numbers, other, registrationOf } from '../testing/samples.fixture.ts';
import type { PoolElementRegistration } from './pool-element-input.ts';
import { PoolElementMachine } from './pool-element-machine.ts';
import type { PoolElementOptions } from './pool-element-options.ts';
import { reregistrationDelayMs } from './reregistration-delay.ts';

const element = registrationOf('10.1.0.1', 17);

function setUp(options: Partial<PoolElementOptions> = {}) {
  const machine = new PoolElementMachine({
    random: middle,
    allocateAssociation: numbers(),
    registrars: [endpoint('10.0.0.1:3863'), endpoint('10.0.0.2:3863')],
    ...options,
  });
  return { machine, hand: new Hand(machine) };
}

function granted(causes?: readonly ErrorCause[]): AsapMessage {
  return {
    type: 'ASAP_REGISTRATION_RESPONSE',
    rejected: false,
    poolHandle: echo,
    poolElementIdentifier: 17,
    ...(causes === undefined ? {} : { error: { causes } }),
  };
}

const rejected: AsapMessage = {
  type: 'ASAP_REGISTRATION_RESPONSE',
  rejected: true,
  poolHandle: echo,
  poolElementIdentifier: 17,
  error: { causes: [{ code: 5, information: new Uint8Array(0) }] },
};

/** An element whose registration was granted; returns the association to its home registrar. */
function registered(
  options: Partial<PoolElementOptions> = {},
  poolElement: PoolElementRegistration = element,
) {
  const { machine, hand } = setUp(options);
  const [open] = hand.give({ type: 'register', poolHandle: echo, poolElement }).opens;
  const association = open?.association ?? 0;
  hand.up(association, open?.remote);
  hand.message(association, granted());
  return { machine, hand, association };
}

describe('RFC 5352 section 3.1: registration of a pool element', () => {
  test('without a home registrar it hunts for one first', () => {
    const { hand } = setUp();
    const step = hand.give({ type: 'register', poolHandle: echo, poolElement: element });
    expect(step.messages).toEqual([]);
    expect(step.opens).toHaveLength(2);
  });

  test('R2 and R3: the message has the pool handle, the identifier, the life, the transport and the policy', () => {
    const { hand } = setUp();
    hand.give({ type: 'register', poolHandle: echo, poolElement: element });
    expect(hand.up(1).sends).toEqual([
      {
        type: 'send',
        association: 1,
        message: {
          type: 'ASAP_REGISTRATION',
          poolHandle: echo,
          poolElement: { ...element, homeRegistrar: 0 },
        },
      },
    ]);
  });

  test('R4: T2-registration of 30 seconds runs until the answer', () => {
    const { hand, machine } = setUp();
    hand.give({ type: 'register', poolHandle: echo, poolElement: element });
    hand.up(1);
    expect(machine.runningTimers()).toEqual([{ name: 'T2-registration', at: 30_000 }]);
    hand.message(1, granted());
    expect(machine.runningTimers().map((timer) => timer.name)).toEqual(['T4-reregistration']);
  });

  test('when T2 expires it hunts, avoids the registrar that did not answer, and registers at another one', () => {
    const { hand } = setUp();
    const opens = hand.give({ type: 'register', poolHandle: echo, poolElement: element }).opens;
    hand.up(opens[0]?.association ?? 0, opens[0]?.remote);
    const step = hand.pass(30_000);
    expect(step.events('registrationUnanswered')).toMatchObject([{ attempt: 1, reason: 'timeout' }]);
    expect(step.closes).toEqual([{ type: 'close', association: opens[0]?.association, abort: true }]);
    expect(step.opens[0]?.remote).toEqual(opens[1]?.remote);
    const next = hand.up(step.opens[0]?.association ?? 0, step.opens[0]?.remote);
    expect(next.messageTypes).toEqual(['ASAP_REGISTRATION']);
    expect(next.events('registrationSent')).toMatchObject([{ attempt: 2 }]);
  });

  test('when the association breaks before the answer it hunts at once and registers again (SEND.FAILURE)', () => {
    const { hand } = setUp();
    hand.give({ type: 'register', poolHandle: echo, poolElement: element });
    hand.up(1);
    const step = hand.lose(1);
    expect(step.eventTypes).toContain('registrationUnanswered');
    expect(step.opens.length).toBeGreaterThan(0);
    expect(hand.up(step.opens[0]?.association ?? 0).messageTypes).toEqual(['ASAP_REGISTRATION']);
  });

  test('MAX-REG-ATTEMPT: after two unanswered registrations it reports the failure and stops', () => {
    const { hand, machine } = setUp();
    hand.give({ type: 'register', poolHandle: echo, poolElement: element });
    hand.up(1);
    const second = hand.pass(30_000);
    hand.up(second.opens[0]?.association ?? 0);
    const step = hand.pass(30_000);
    expect(step.events('registrationFailed')).toMatchObject([{ reason: 'attempts' }]);
    expect(step.opens).toEqual([]);
    expect(machine.nextTimeout()).toBeUndefined();
    expect(hand.pass(10_000_000).outputs).toEqual([]);
  });

  test('frequent changes of the policy do not keep an unanswered registration from failing', () => {
    const { hand } = setUp();
    let step = hand.give({ type: 'register', poolHandle: echo, poolElement: element });
    let failures = 0;
    for (let second = 0; second < 100; second++) {
      const [opened] = step.opens;
      if (opened !== undefined) hand.up(opened.association, opened.remote);
      if (failures === 0)
        hand.give({ type: 'updatePolicy', policy: { type: 'weightedRoundRobin', weight: second } });
      step = hand.pass(1_000);
      failures += step.events('registrationFailed').length;
    }
    expect(failures).toBe(1);
  });

  test('after a failure the application may start anew, and the attempts count from zero', () => {
    const { hand } = setUp();
    hand.give({ type: 'register', poolHandle: echo, poolElement: element });
    hand.up(1);
    hand.up(hand.pass(30_000).opens[0]?.association ?? 0);
    hand.pass(30_000);
    const step = hand.give({ type: 'register', poolHandle: echo, poolElement: element });
    const next = hand.up(step.opens[0]?.association ?? 0);
    expect(next.events('registrationSent')).toMatchObject([{ attempt: 1 }]);
  });

  test('a hunt that finds nobody ends the registration with an error', () => {
    const { hand } = setUp({ timing: { maximumServerHuntRounds: 3 } });
    hand.give({ type: 'register', poolHandle: echo, poolElement: element });
    const step = hand.pass(1_000_000);
    expect(step.events('registrationFailed')).toMatchObject([{ reason: 'noRegistrar' }]);
  });

  test('a rejection is reported with its causes and not repeated', () => {
    const { hand, machine } = setUp();
    hand.give({ type: 'register', poolHandle: echo, poolElement: element });
    hand.up(1);
    const step = hand.message(1, rejected);
    expect(step.events('registrationRejected')).toMatchObject([
      { causes: [{ code: 5 }], stillRegistered: false },
    ]);
    expect(machine.nextTimeout()).toBeUndefined();
    expect(hand.pass(10_000_000).messages).toEqual([]);
  });

  test('with the error corrected a rejected element registers again', () => {
    const { hand } = setUp();
    hand.give({ type: 'register', poolHandle: echo, poolElement: element });
    hand.up(1);
    hand.message(1, rejected);
    const step = hand.give({ type: 'updatePolicy', policy: { type: 'random' } });
    expect(step.messages).toMatchObject([
      { type: 'ASAP_REGISTRATION', poolElement: { policy: { type: 'random' } } },
    ]);
  });

  test('what the registrar modified arrives as warnings', () => {
    const { hand } = setUp();
    hand.give({ type: 'register', poolHandle: echo, poolElement: element });
    hand.up(1);
    const cause = { code: 3, information: new Uint8Array([1]) };
    expect(hand.message(1, granted([cause])).events('registered')).toMatchObject([{ warnings: [cause] }]);
  });

  test('an answer about another element, or over another association, is none', () => {
    const { hand } = setUp();
    hand.give({ type: 'register', poolHandle: echo, poolElement: element });
    hand.up(1);
    const answer = { type: 'ASAP_REGISTRATION_RESPONSE', rejected: false } as const;
    expect(hand.message(1, { ...answer, poolHandle: other, poolElementIdentifier: 17 }).outputs).toEqual([]);
    expect(hand.message(1, { ...answer, poolHandle: echo, poolElementIdentifier: 18 }).outputs).toEqual([]);
    expect(hand.message(9, { ...answer, poolHandle: echo, poolElementIdentifier: 17 }).outputs).toEqual([]);
    expect(hand.message(1, { ...answer, poolHandle: echo, poolElementIdentifier: 17 }).eventTypes).toEqual([
      'registered',
    ]);
  });
});

describe('RFC 5352 section 3.1: re-registration of a pool element', () => {
  test('T4-reregistration fires 20 seconds before the life ends, with the same identifier', () => {
    const { hand, machine } = registered();
    expect(machine.nextTimeout()).toBe(280_000);
    const step = hand.pass(280_000);
    expect(step.messages).toMatchObject([{ type: 'ASAP_REGISTRATION', poolElement: { identifier: 17 } }]);
    expect(hand.message(1, granted()).events('registered')).toMatchObject([{ reregistration: true }]);
    expect(machine.nextTimeout()).toBe(560_000);
  });

  test('T4 is at most 10 minutes', () => {
    expect(reregistrationDelayMs(3_600, asapTimingProfiles.rfc)).toBe(600_000);
    expect(reregistrationDelayMs(-1, asapTimingProfiles.rfc)).toBe(600_000);
    expect(reregistrationDelayMs(620, asapTimingProfiles.rfc)).toBe(600_000);
    expect(reregistrationDelayMs(619, asapTimingProfiles.rfc)).toBe(599_000);
    expect(reregistrationDelayMs(31, asapTimingProfiles.rfc)).toBe(11_000);
  });

  test('T4 of a short life is a third of it, so that two lost attempts do no harm', () => {
    expect(reregistrationDelayMs(30, asapTimingProfiles.rfc)).toBe(10_000);
    expect(reregistrationDelayMs(24, asapTimingProfiles.rfc)).toBe(8_000);
    expect(reregistrationDelayMs(1, asapTimingProfiles.rfc)).toBe(1_000);
    for (let life = 4; life < 2_000; life++) {
      const delay = reregistrationDelayMs(life, asapTimingProfiles.rfc);
      expect(delay).toBeLessThanOrEqual(life * 1_000 * 0.99);
      expect(delay).toBeGreaterThanOrEqual(reregistrationDelayMs(life - 1, asapTimingProfiles.rfc));
    }
  });

  test('with lives in milliseconds T4 counts them so', () => {
    expect(reregistrationDelayMs(90_000, asapTimingProfiles.rsplib)).toBe(30_000);
    expect(reregistrationDelayMs(45_000, asapTimingProfiles.rsplib)).toBe(25_000);
  });

  test('the profile lan re-registers at least every 5 seconds', () => {
    for (const life of [1, 10, 300, -1]) {
      expect(reregistrationDelayMs(life, asapTimingProfiles.lan)).toBeLessThanOrEqual(5_000);
    }
  });

  test('a change of the policy re-registers at once', () => {
    const { hand } = registered();
    const step = hand.give({ type: 'updatePolicy', policy: { type: 'weightedRoundRobin', weight: 3 } });
    expect(step.messages).toMatchObject([
      { type: 'ASAP_REGISTRATION', poolElement: { identifier: 17, policy: { weight: 3 } } },
    ]);
  });

  test('changes during an outstanding registration are sent once it is answered, the last one only', () => {
    const { hand } = registered();
    hand.give({ type: 'updatePolicy', policy: { type: 'weightedRoundRobin', weight: 1 } });
    for (const weight of [2, 3, 4]) {
      const step = hand.give({ type: 'updatePolicy', policy: { type: 'weightedRoundRobin', weight } });
      expect(step.messages).toEqual([]);
    }
    expect(hand.message(1, granted()).messages).toMatchObject([{ poolElement: { policy: { weight: 4 } } }]);
    expect(hand.message(1, granted()).messages).toEqual([]);
  });

  test('when a change is rejected the accepted registration is kept alive', () => {
    const { hand, machine } = registered();
    hand.give({ type: 'updatePolicy', policy: { type: 'random' } });
    expect(hand.message(1, rejected).events('registrationRejected')).toMatchObject([
      { stillRegistered: true },
    ]);
    expect(machine.nextTimeout()).toBe(280_000);
    expect(hand.pass(280_000).messages).toMatchObject([{ poolElement: { policy: { type: 'roundRobin' } } }]);
  });

  test('when the same registration is rejected later the element is out', () => {
    const { hand } = registered();
    hand.pass(280_000);
    expect(hand.message(1, rejected).events('registrationRejected')).toMatchObject([
      { stillRegistered: false },
    ]);
    expect(hand.pass(10_000_000).messages).toEqual([]);
  });

  test('the count of attempts starts at zero after each success', () => {
    const { hand } = registered();
    for (let round = 0; round < 5; round++) {
      const step = hand.pass(280_000);
      expect(step.events('registrationSent')).toMatchObject([{ attempt: 1 }]);
      hand.message(1, granted());
    }
  });
});

describe('RFC 5352 section 3.2: the registration life runs out', () => {
  const gone = { type: 'ASAP_DEREGISTRATION_RESPONSE', poolHandle: echo, poolElementIdentifier: 17 } as const;

  test('an unsolicited deregistration response is reported, and the element registers again', () => {
    const { hand } = registered();
    hand.pass(60_000);
    const step = hand.message(1, gone);
    expect(step.eventTypes).toEqual(['expired', 'registrationSent']);
    expect(step.messageTypes).toEqual(['ASAP_REGISTRATION']);
    expect(hand.message(1, granted()).events('registered')).toMatchObject([{ reregistration: false }]);
  });

  test('a registrar that expires elements at once does not drive the element into a storm', () => {
    const { hand } = registered();
    let registrations = 0;
    for (let message = 0; message < 1_000; message++) {
      registrations += hand.message(1, gone).messages.length;
      registrations += hand.pass(10).messages.length;
      hand.message(1, granted());
    }
    expect(registrations).toBeGreaterThan(5);
    expect(registrations).toBeLessThanOrEqual(11);
  });

  test('one from a registrar that is not the home registrar does not count', () => {
    const { hand } = registered();
    hand.accept(50);
    expect(hand.message(50, gone).outputs).toEqual([]);
  });
});

describe('misuse of a pool element is refused with an error', () => {
  test.each([
    ['an empty pool handle', new Uint8Array(0), element],
    ['identifier 0', echo, { ...element, identifier: 0 }],
    ['a fractional identifier', echo, { ...element, identifier: 1.5 }],
    ['a life of 0', echo, { ...element, registrationLife: 0 }],
    ['a life below -1', echo, { ...element, registrationLife: -2 }],
  ])('%s', (_, poolHandle, poolElement) => {
    const { hand } = setUp();
    expect(() => hand.give({ type: 'register', poolHandle, poolElement })).toThrow(
      /ERR_RSERPOOL_INVALID_ARGUMENT/,
    );
    expect(hand.machine.poll()).toBeUndefined();
  });

  test('a second element in the same machine, an update of nothing', () => {
    const { hand } = registered();
    const second = registrationOf('10.1.0.1', 18);
    expect(() => hand.give({ type: 'register', poolHandle: echo, poolElement: second })).toThrow(
      RserpoolError,
    );
    const { hand: fresh } = setUp();
    expect(() => fresh.give({ type: 'updatePolicy', policy: { type: 'random' } })).toThrow(
      /ERR_RSERPOOL_INVALID_STATE/,
    );
  });
});

describe('the end of a pool element machine', () => {
  test('shutdown closes the association, stops all timers and is deaf from then on', () => {
    const { hand, machine } = registered();
    expect(hand.give({ type: 'shutdown' }).closes).toEqual([{ type: 'close', association: 1, abort: false }]);
    expect(machine.nextTimeout()).toBeUndefined();
    expect(hand.message(1, granted()).outputs).toEqual([]);
  });
});

import type { AsapMessage } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { Hand } from '../testing/hand.fixture.ts';
import { echo, endpoint, middle, numbers, other, registrationOf } from '../testing/samples.fixture.ts';
import { PoolElementMachine } from './pool-element-machine.ts';
import type { PoolElementOptions } from './pool-element-options.ts';

const identity = { poolHandle: echo, poolElementIdentifier: 17 };
const granted: AsapMessage = { type: 'ASAP_REGISTRATION_RESPONSE', rejected: false, ...identity };

function keepAlive(serverIdentifier: number, home: boolean): AsapMessage {
  return { type: 'ASAP_ENDPOINT_KEEP_ALIVE', home, serverIdentifier, poolHandle: echo };
}

function setUp(options: Partial<PoolElementOptions> = {}) {
  const machine = new PoolElementMachine({
    random: middle,
    allocateAssociation: numbers(),
    registrars: [endpoint('10.0.0.1:3863')],
    ...options,
  });
  return { machine, hand: new Hand(machine) };
}

function registered(options: Partial<PoolElementOptions> = {}) {
  const { machine, hand } = setUp(options);
  hand.give({ type: 'register', poolHandle: echo, poolElement: registrationOf('10.1.0.1', 17) });
  hand.up(1);
  hand.message(1, granted);
  return { machine, hand };
}

describe('RFC 5352 section 3.4: endpoint keep-alive at the pool element', () => {
  test('KA1: a keep-alive for another pool handle is silently discarded', () => {
    const { hand } = registered();
    const message: AsapMessage = {
      type: 'ASAP_ENDPOINT_KEEP_ALIVE',
      home: true,
      serverIdentifier: 1,
      poolHandle: other,
    };
    expect(hand.message(1, message).outputs).toEqual([]);
  });

  test('KA1: before the registration there is no handle to match', () => {
    const { hand } = setUp();
    hand.accept(50);
    expect(hand.message(50, keepAlive(1, true)).outputs).toEqual([]);
  });

  test('KA1: neither is there one while the registration still waits for a registrar', () => {
    const { hand } = setUp();
    hand.give({ type: 'register', poolHandle: echo, poolElement: registrationOf('10.1.0.1', 17) });
    hand.accept(50);
    expect(hand.message(50, keepAlive(1, true)).outputs).toEqual([]);
  });

  test('a rejected element acknowledges, but a new home registrar is no reason to register again', () => {
    const { hand } = setUp();
    hand.give({ type: 'register', poolHandle: echo, poolElement: registrationOf('10.1.0.1', 17) });
    hand.up(1);
    hand.message(1, { type: 'ASAP_REGISTRATION_RESPONSE', rejected: true, ...identity });
    hand.accept(50);
    expect(hand.message(50, keepAlive(2, true)).messageTypes).toEqual(['ASAP_ENDPOINT_KEEP_ALIVE_ACK']);
    hand.lose(50);
    const step = hand.give({ type: 'reportUnreachable', poolHandle: other, poolElementIdentifier: 5 });
    expect(hand.up(step.opens[0]?.association ?? 0).messageTypes).toEqual(['ASAP_ENDPOINT_UNREACHABLE']);
  });

  test('one that names another element of the endpoint is not answered', () => {
    const { hand } = registered();
    const message: AsapMessage = {
      type: 'ASAP_ENDPOINT_KEEP_ALIVE',
      home: false,
      serverIdentifier: 1,
      poolHandle: echo,
      poolElementIdentifier: 18,
    };
    expect(hand.message(1, message).outputs).toEqual([]);
  });

  test('KA2.1 to KA2.3: it is acknowledged with handle and identifier over the association that it came by', () => {
    const { hand } = registered();
    hand.accept(50, endpoint('10.0.0.2:3863'));
    for (const association of [1, 50]) {
      const step = hand.message(association, keepAlive(1, false));
      expect(step.sends).toEqual([
        { type: 'send', association, message: { type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK', ...identity } },
      ]);
    }
  });

  test('KA2.4: the sender of the H flag becomes the home registrar, and T4 goes on', () => {
    const { hand, machine } = registered();
    const t4 = machine.nextTimeout();
    hand.lose(1);
    hand.accept(50, endpoint('10.0.0.2:3863'));
    const step = hand.message(50, keepAlive(2, true));
    expect(step.events('homeRegistrarChanged')).toMatchObject([
      { reason: 'keepAlive', homeRegistrar: { association: 50, serverIdentifier: 2 } },
    ]);
    expect(step.messageTypes).toEqual(['ASAP_ENDPOINT_KEEP_ALIVE_ACK']);
    expect(machine.runningTimers().find((timer) => timer.name === 'T4-reregistration')?.at).toBe(t4);
    expect(hand.pass(280_000).sends.map((send) => [send.association, send.message.type])).toEqual([
      [50, 'ASAP_REGISTRATION'],
    ]);
  });

  test('KA2.4: without the H flag the home registrar stays', () => {
    const { hand, machine } = registered();
    hand.accept(50);
    hand.message(50, keepAlive(2, false));
    expect(machine.homeRegistrar?.association).toBe(1);
  });

  test('KA2.4: the H flag of the home registrar itself changes nothing but what is known of it', () => {
    const { hand, machine } = registered();
    expect(hand.message(1, keepAlive(1, true)).events('homeRegistrarChanged')).toEqual([]);
    expect(machine.homeRegistrar?.serverIdentifier).toBe(1);
    hand.accept(50);
    expect(hand.message(50, keepAlive(1, true)).events('homeRegistrarChanged')).toEqual([]);
    expect(machine.homeRegistrar?.association).toBe(1);
  });

  test('the association to a former home registrar is closed after the grace, not at once', () => {
    const { hand } = registered({ timing: { homeRegistrarLossGraceMs: 5_000 } });
    hand.accept(50);
    expect(hand.message(50, keepAlive(2, true)).closes).toEqual([]);
    expect(hand.pass(4_999).closes).toEqual([]);
    expect(hand.pass(1).closes).toEqual([{ type: 'close', association: 1, abort: false }]);
  });

  test('a former home registrar that adopts the element again over its old association is known by its address', () => {
    const { hand, machine } = registered({ timing: { homeRegistrarLossGraceMs: 5_000 } });
    const remote = machine.homeRegistrar?.remote;
    hand.accept(50);
    hand.message(50, keepAlive(2, true));
    hand.message(1, keepAlive(1, true));
    expect(machine.homeRegistrar).toEqual({ association: 1, remote, serverIdentifier: 1 });
    expect(remote).toBeDefined();
    expect(hand.pass(6_000).closes).toEqual([]);
  });

  test('a registration that is outstanding is repeated at the registrar that adopts', () => {
    const { hand } = setUp();
    hand.give({ type: 'register', poolHandle: echo, poolElement: registrationOf('10.1.0.1', 17) });
    hand.up(1);
    hand.accept(50);
    const step = hand.message(50, keepAlive(2, true));
    expect(step.messageTypes).toEqual(['ASAP_ENDPOINT_KEEP_ALIVE_ACK', 'ASAP_REGISTRATION']);
    expect(hand.message(50, granted).eventTypes).toEqual(['registered']);
  });

  test('a hunt ends when a registrar adopts the element', () => {
    const { hand } = registered();
    hand.lose(1);
    hand.give({ type: 'updatePolicy', policy: { type: 'roundRobin' } });
    hand.accept(50);
    const step = hand.message(50, keepAlive(2, true));
    expect(step.eventTypes).toContain('serverHuntStopped');
    expect(step.messageTypes).toContain('ASAP_REGISTRATION');
  });

  test.each([true, false])(
    'an element that had given up registers again when a registrar looks after it (H flag: %s)',
    (home) => {
      const { hand } = registered({ timing: { maximumRegistrationAttempts: 1 } });
      hand.pass(280_000);
      expect(hand.pass(30_000).eventTypes).toContain('registrationFailed');
      hand.accept(50);
      expect(hand.message(50, keepAlive(2, home)).messageTypes).toEqual([
        'ASAP_ENDPOINT_KEEP_ALIVE_ACK',
        'ASAP_REGISTRATION',
      ]);
    },
  );
});

describe('the association to the home registrar breaks while nothing is outstanding', () => {
  test('the element waits to be adopted before it hunts', () => {
    const { hand } = registered({ timing: { homeRegistrarLossGraceMs: 5_000 } });
    const step = hand.lose(1);
    expect(step.events('homeRegistrarLost')).toMatchObject([{ graceEndsAt: expect.closeTo(5_000, 3) }]);
    expect(step.opens).toEqual([]);
    expect(hand.pass(4_999).eventTypes).not.toContain('serverHuntStarted');
    const end = hand.pass(2);
    expect(end.events('serverHuntStarted')).toMatchObject([{ reason: 'homeRegistrarLost' }]);
    const next = hand.up(end.opens[0]?.association ?? 0);
    expect(next.events('homeRegistrarChanged')).toMatchObject([{ reason: 'hunt' }]);
    expect(next.messageTypes).toEqual(['ASAP_REGISTRATION']);
  });

  test('the grace varies by a quarter, so that the elements of a dead registrar fall out of step', () => {
    const ends = Array.from({ length: 50 }, (_, seed) => {
      let state = seed;
      const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
      const { hand } = registered({ random, timing: { homeRegistrarLossGraceMs: 4_000 } });
      return hand.lose(1).events('homeRegistrarLost')[0]?.['graceEndsAt'] as number;
    });
    expect(Math.min(...ends)).toBeGreaterThanOrEqual(3_000);
    expect(Math.max(...ends)).toBeLessThanOrEqual(5_000);
    expect(new Set(ends).size).toBeGreaterThan(25);
  });

  test('a registrar that aborts has given the element up: it is waited for no longer than between registrations', () => {
    const timing = { homeRegistrarLossGraceMs: 5_000, minimumReregistrationIntervalMs: 100 };
    const { hand } = registered({ timing });
    const step = hand.lose(1, 'aborted');
    expect(step.events('homeRegistrarLost')).toMatchObject([{ graceEndsAt: expect.closeTo(100, 3) }]);
    const end = hand.pass(101);
    expect(end.events('serverHuntStarted')).toMatchObject([{ reason: 'homeRegistrarLost' }]);
    expect(hand.up(end.opens[0]?.association ?? 0).messageTypes).toEqual(['ASAP_REGISTRATION']);
  });

  test('adoption within the grace ends it without a hunt or a registration', () => {
    const { hand } = registered({ timing: { homeRegistrarLossGraceMs: 5_000 } });
    hand.lose(1);
    hand.accept(50, endpoint('10.0.0.2:3863'));
    const step = hand.message(50, keepAlive(2, true));
    expect(step.events('homeRegistrarChanged')).toMatchObject([{ reason: 'keepAlive' }]);
    const later = hand.pass(100_000);
    expect(later.opens).toEqual([]);
    expect(later.messages).toEqual([]);
  });

  test('the former home registrar may come back over a new association without the H flag', () => {
    const { hand, machine } = registered({ timing: { homeRegistrarLossGraceMs: 5_000 } });
    hand.message(1, keepAlive(1, false));
    hand.lose(1);
    hand.accept(50, endpoint('10.0.0.9:999'));
    const step = hand.message(50, keepAlive(1, false));
    expect(step.events('homeRegistrarChanged')).toMatchObject([{ reason: 'reconnected' }]);
    expect(machine.homeRegistrar?.association).toBe(50);
    expect(hand.pass(6_000).outputs).toEqual([]);
  });

  test('a former home registrar that never told its identifier is known by its transport address', () => {
    const { hand, machine } = registered();
    hand.lose(1);
    hand.accept(50, endpoint('10.0.0.9:3863'));
    hand.message(50, keepAlive(9, false));
    expect(machine.homeRegistrar).toBeUndefined();
    hand.accept(51, endpoint('10.0.0.1:3863'));
    hand.message(51, keepAlive(1, false));
    expect(machine.homeRegistrar).toMatchObject({ association: 51, serverIdentifier: 1 });
  });

  test('a request within the grace hunts at once', () => {
    const { hand } = registered();
    hand.lose(1);
    expect(hand.give({ type: 'updatePolicy', policy: { type: 'roundRobin' } }).opens).toHaveLength(1);
  });

  test('an element that is not registered only notes the loss', () => {
    const { hand, machine } = registered();
    hand.give({ type: 'deregister' });
    hand.message(1, { type: 'ASAP_DEREGISTRATION_RESPONSE', ...identity });
    expect(hand.lose(1).events('homeRegistrarLost')).toMatchObject([{ graceEndsAt: undefined }]);
    expect(machine.nextTimeout()).toBeUndefined();
  });
});

describe('RFC 5352 section 3.5: reports of a pool element', () => {
  const report = { type: 'reportUnreachable', poolHandle: other, poolElementIdentifier: 5 } as const;

  test('a report is sent once to the home registrar', () => {
    const { hand } = registered();
    const step = hand.give(report);
    expect(step.messages).toEqual([
      { type: 'ASAP_ENDPOINT_UNREACHABLE', poolHandle: other, poolElementIdentifier: 5 },
    ]);
    hand.lose(1);
    hand.accept(50);
    expect(hand.message(50, keepAlive(2, true)).messageTypes).toEqual(['ASAP_ENDPOINT_KEEP_ALIVE_ACK']);
  });

  test('without a home registrar it waits for one', () => {
    const { hand } = registered();
    hand.lose(1);
    const step = hand.give(report);
    expect(step.opens).toHaveLength(1);
    expect(hand.up(step.opens[0]?.association ?? 0).messageTypes).toContain('ASAP_ENDPOINT_UNREACHABLE');
  });

  test('reports that wait are bounded, and the oldest are dropped with an event', () => {
    const { hand } = registered();
    hand.lose(1);
    let dropped = 0;
    for (let poolElementIdentifier = 1; poolElementIdentifier <= 100; poolElementIdentifier++) {
      dropped += hand.give({ ...report, poolElementIdentifier }).events('unreachableReportDropped').length;
    }
    expect(dropped).toBe(36);
    const sent = hand.up(2).messages.filter((message) => message.type === 'ASAP_ENDPOINT_UNREACHABLE');
    expect(sent).toHaveLength(64);
  });
});

describe('RFC 5352 section 2.2.14: errors at the pool element', () => {
  const cause = { code: 1, information: new Uint8Array([1, 2]) };

  test('parameters that the peer wants reported are reported', () => {
    const { hand } = registered();
    const step = hand.message(1, keepAlive(1, false), [cause]);
    expect(step.messages[0]).toEqual({ type: 'ASAP_ERROR', error: { causes: [cause] } });
  });

  test('an ASAP_ERROR is told and never answered with another one', () => {
    const { hand } = registered();
    const step = hand.message(1, { type: 'ASAP_ERROR', error: { causes: [cause] } }, [cause]);
    expect(step.outputs).toEqual([{ type: 'event', event: { type: 'errorReceived', causes: [cause] } }]);
  });

  test.each(['report', 'discard'] as const)(
    'what is malformed is answered as RFC 5354 wants it: %s',
    (action) => {
      const { hand } = registered();
      const base = {
        code: 'unknown-message',
        offset: 0,
        type: 0x7f,
        messageType: 0x7f,
        reason: 'unknown',
      } as const;
      const error = action === 'report' ? { ...base, action, cause } : { ...base, action };
      const step = hand.network({ type: 'malformed', association: 1, error });
      expect(step.messageTypes).toEqual(action === 'report' ? ['ASAP_ERROR'] : []);
    },
  );

  test('messages for other roles are ignored', () => {
    const { hand } = registered();
    expect(hand.message(1, { type: 'ASAP_COOKIE', cookie: new Uint8Array(4) }).outputs).toEqual([]);
    expect(hand.message(1, { type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK', ...identity }).outputs).toEqual([]);
  });
});

import type { AsapMessage, PoolElement } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { Hand } from '../testing/hand.fixture.ts';
import { echo, endpoint, knownElement, middle, numbers, other } from '../testing/samples.fixture.ts';
import { asapTimingProfiles } from '../timing/asap-timing-profiles.ts';
import { PoolUserMachine } from './pool-user-machine.ts';
import type { PoolUserOptions } from './pool-user-options.ts';

function setUp(options: Partial<PoolUserOptions> = {}) {
  const machine = new PoolUserMachine({
    random: middle,
    allocateAssociation: numbers(),
    registrars: [endpoint('10.0.0.1:3863')],
    ...options,
  });
  return { machine, hand: new Hand(machine) };
}

/** A pool user with a home registrar at association 1. */
function connected(options: Partial<PoolUserOptions> = {}) {
  const { machine, hand } = setUp(options);
  hand.give({ type: 'resolve', request: 0, poolHandle: other });
  hand.up(1);
  hand.message(1, unknown(other));
  return { machine, hand };
}

function known(poolHandle: Uint8Array, ...identifiers: number[]): AsapMessage {
  const poolElements: PoolElement[] = identifiers.map((identifier) =>
    knownElement('10.1.0.1', identifier, 1),
  );
  return {
    type: 'ASAP_HANDLE_RESOLUTION_RESPONSE',
    subscribed: false,
    poolHandle,
    policy: { type: 'random' },
    poolElements,
  };
}

function unknown(poolHandle: Uint8Array, code: number = 9): AsapMessage {
  return {
    type: 'ASAP_HANDLE_RESOLUTION_RESPONSE',
    subscribed: false,
    poolHandle,
    poolElements: [],
    error: { causes: [{ code, information: new Uint8Array(0) }] },
  };
}

function identifiersIn(resolved: { readonly [field: string]: unknown } | undefined): number[] {
  const pool = resolved?.['pool'] as { poolElements: readonly PoolElement[] } | undefined;
  return (pool?.poolElements ?? []).map((element) => element.identifier);
}

describe('RFC 5352 section 3.3: handle resolution at the pool user', () => {
  test('NR1 to NR3: without a home registrar it hunts for one and then asks', () => {
    const { hand } = setUp();
    const step = hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    expect(step.messages).toEqual([]);
    expect(step.opens).toHaveLength(1);
    expect(hand.up(1).messages).toEqual([
      { type: 'ASAP_HANDLE_RESOLUTION', subscribe: false, poolHandle: echo },
    ]);
  });

  test('NR4: T1-ENRPrequest of 15 seconds runs until the answer', () => {
    const { hand, machine } = connected();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    expect(machine.nextTimeout()).toBe(15_000);
    hand.message(1, known(echo, 5));
    expect(machine.nextTimeout()).toBeUndefined();
  });

  test('the answer has the elements in their order and the overall policy', () => {
    const { hand } = connected();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    const [resolved] = hand.message(1, known(echo, 5, 4, 6)).of('resolved');
    expect(resolved).toMatchObject({ request: 1, pool: { policy: { type: 'random' }, fromCache: false } });
    expect(identifiersIn(resolved)).toEqual([5, 4, 6]);
  });

  test('section 2.2.6: without a policy parameter the overall policy is Round Robin', () => {
    const { hand } = connected();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    const { policy: _, ...answer } = known(echo, 5) as Extract<
      AsapMessage,
      { type: 'ASAP_HANDLE_RESOLUTION_RESPONSE' }
    >;
    expect(hand.message(1, answer).of('resolved')).toMatchObject([
      { pool: { policy: { type: 'roundRobin' } } },
    ]);
  });

  test('an unknown pool handle is an error of its own', () => {
    const { hand } = connected();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    expect(hand.message(1, unknown(echo)).of('resolutionFailed')).toMatchObject([
      { request: 1, reason: 'unknownPoolHandle', causes: [{ code: 9 }] },
    ]);
  });

  test('other refusals keep their causes', () => {
    const { hand } = connected();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    expect(hand.message(1, unknown(echo, 6)).of('resolutionFailed')).toMatchObject([
      { reason: 'rejected', causes: [{ code: 6 }] },
    ]);
  });

  test('a positive answer without an element is none', () => {
    const { hand } = connected();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    expect(hand.message(1, known(echo)).of('resolutionFailed')).toMatchObject([{ reason: 'rejected' }]);
  });

  test('requests for one pool share one message', () => {
    const { hand } = connected();
    expect(hand.give({ type: 'resolve', request: 1, poolHandle: echo }).messages).toHaveLength(1);
    expect(hand.give({ type: 'resolve', request: 2, poolHandle: echo }).messages).toHaveLength(0);
    expect(hand.message(1, known(echo, 5)).of('resolved')).toMatchObject([{ request: 1 }, { request: 2 }]);
  });

  test('option 0x803f: requests for distinct numbers of items are asked one after the other', () => {
    const { hand } = connected();
    const first = hand.give({ type: 'resolve', request: 1, poolHandle: echo, items: 1 });
    expect(first.messages).toMatchObject([{ items: 1 }]);
    expect(hand.give({ type: 'resolve', request: 2, poolHandle: echo, items: 2 }).messages).toEqual([]);
    expect(hand.give({ type: 'resolve', request: 3, poolHandle: echo }).messages).toEqual([]);
    const second = hand.message(1, known(echo, 5));
    expect(second.of('resolved')).toMatchObject([{ request: 1 }]);
    expect(second.messages).toMatchObject([{ items: 2 }]);
    const third = hand.message(1, known(echo, 5, 6));
    expect(third.of('resolved')).toMatchObject([{ request: 2 }]);
    expect(third.messages[0]).not.toHaveProperty('items');
    expect(hand.message(1, known(echo, 5, 6, 7)).of('resolved')).toMatchObject([{ request: 3 }]);
  });

  test('option 0x803f: the profile rsplib asks for as many as there are, unless told how many', () => {
    const { hand } = connected({ timing: asapTimingProfiles.rsplib });
    expect(hand.give({ type: 'resolve', request: 1, poolHandle: echo }).messages).toMatchObject([
      { items: 0xffff_ffff },
    ]);
    hand.message(1, known(echo, 5));
    expect(hand.give({ type: 'resolve', request: 2, poolHandle: echo, items: 2 }).messages).toMatchObject([
      { items: 2 },
    ]);
  });

  test('requests for different pools do not wait for each other', () => {
    const { hand } = connected();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    expect(hand.give({ type: 'resolve', request: 2, poolHandle: other }).messages).toHaveLength(1);
    expect(hand.message(1, known(other, 9)).of('resolved')).toMatchObject([{ request: 2 }]);
    expect(hand.message(1, known(echo, 5)).of('resolved')).toMatchObject([{ request: 1 }]);
  });

  test('an answer that nobody asked for is ignored, and counted', () => {
    const { hand, machine } = connected();
    const ignored = [{ type: 'event', event: expect.objectContaining({ type: 'responseIgnored' }) }];
    expect(hand.message(1, known(echo, 5)).outputs).toEqual(ignored);
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    expect(hand.message(77, known(echo, 5)).outputs).toEqual(ignored);
    expect(machine.counters.responsesIgnored).toBe(2);
  });

  test('a cancelled request gets no answer', () => {
    const { hand } = connected();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    hand.give({ type: 'cancel', request: 1 });
    expect(hand.message(1, known(echo, 5)).of('resolved')).toEqual([]);
    expect(hand.give({ type: 'cancel', request: 1 }).outputs).toEqual([]);
  });

  test('the number of a cancelled request can be used again, and is answered once', () => {
    const { hand } = connected();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    hand.give({ type: 'cancel', request: 1 });
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    expect(hand.message(1, known(echo, 5)).of('resolved')).toMatchObject([{ request: 1 }]);
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    hand.give({ type: 'cancel', request: 1 });
    hand.give({ type: 'resolve', request: 1, poolHandle: other });
    expect(hand.message(1, known(echo, 5)).of('resolved')).toEqual([]);
    expect(hand.message(1, known(other, 9)).of('resolved')).toMatchObject([{ request: 1 }]);
  });

  test('a request that was cancelled before it was sent is not sent', () => {
    const { hand, machine } = setUp();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    hand.give({ type: 'cancel', request: 1 });
    expect(hand.up(1).messages).toEqual([]);
    expect(machine.nextTimeout()).toBeUndefined();
  });

  test('too many requests are refused with an event', () => {
    const { hand } = connected({ maximumRequests: 2 });
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    hand.give({ type: 'resolve', request: 2, poolHandle: echo });
    const step = hand.give({ type: 'resolve', request: 3, poolHandle: echo });
    expect(step.events('requestRefused')).toHaveLength(1);
    expect(step.of('resolutionFailed')).toMatchObject([{ request: 3, reason: 'rejected' }]);
  });

  test.each([
    ['a number in use', { request: 1, poolHandle: echo }],
    ['an empty pool handle', { request: 2, poolHandle: new Uint8Array(0) }],
    ['no items', { request: 2, poolHandle: echo, items: 0 }],
    ['half an item', { request: 2, poolHandle: echo, items: 0.5 }],
  ])('misuse is refused with an error: %s', (_, resolve) => {
    const { hand } = connected();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    expect(() => hand.give({ type: 'resolve', ...resolve })).toThrow(/ERR_RSERPOOL_INVALID_ARGUMENT/);
  });

  test('shutdown fails what waits and closes the association', () => {
    const { hand, machine } = connected();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    hand.give({ type: 'resolve', request: 2, poolHandle: echo, items: 2 });
    const step = hand.give({ type: 'shutdown' });
    expect(step.of('resolutionFailed')).toHaveLength(2);
    expect(step.closes).toHaveLength(1);
    expect(step.opens).toEqual([]);
    expect(machine.nextTimeout()).toBeUndefined();
  });
});

describe('RFC 5352 section 3.7.2: T1-ENRPrequest expires', () => {
  const two = { registrars: [endpoint('10.0.0.1:3863'), endpoint('10.0.0.2:3863')] };

  function connectedToOneOfTwo() {
    const { hand, machine } = setUp(two);
    const opens = hand.give({ type: 'resolve', request: 0, poolHandle: other }).opens;
    const home = opens[0]?.association ?? 0;
    hand.up(home, opens[0]?.remote);
    hand.message(home, unknown(other));
    return { hand, machine, home };
  }

  test('the request is sent again, T1 restarts, and a hunt for another registrar begins in parallel', () => {
    const { hand, machine, home } = connectedToOneOfTwo();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    const step = hand.pass(15_000);
    expect(step.sends).toMatchObject([{ association: home, message: { type: 'ASAP_HANDLE_RESOLUTION' } }]);
    expect(step.opens).toHaveLength(1);
    expect(machine.runningTimers().map((timer) => Math.round(timer.at))).toEqual([25_000, 30_000]);
  });

  test('an alternative registrar is adopted, and the request is sent to it', () => {
    const { hand, machine, home } = connectedToOneOfTwo();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    const alternative = hand.pass(15_000).opens[0]?.association ?? 0;
    const step = hand.up(alternative, endpoint('10.0.0.2:3863'));
    expect(step.closes).toEqual([{ type: 'close', association: home, abort: false }]);
    expect(step.sends).toMatchObject([{ association: alternative }]);
    expect(machine.homeRegistrar?.association).toBe(alternative);
    expect(hand.message(home, known(echo, 5)).of('resolved')).toEqual([]);
    expect(hand.message(alternative, known(echo, 5)).of('resolved')).toHaveLength(1);
  });

  test('an answer of the home registrar ends the hunt', () => {
    const { hand, machine, home } = connectedToOneOfTwo();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    hand.pass(15_000);
    const step = hand.message(home, known(echo, 5));
    expect(step.eventTypes).toContain('serverHuntStopped');
    expect(step.closes).toHaveLength(1);
    expect(machine.nextTimeout()).toBeUndefined();
  });

  test('MAX-REQUEST-RETRANSMIT: after two retransmissions the request fails', () => {
    const { hand } = connected();
    const first = hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    const step = hand.pass(45_000);
    expect(first.messages).toHaveLength(1);
    expect(step.messages).toHaveLength(2);
    expect(step.events('resolutionUnanswered').map((event) => event['failures'])).toEqual([1, 2, 3]);
    expect(step.of('resolutionFailed')).toMatchObject([{ request: 1, reason: 'timeout' }]);
    expect(hand.pass(1_000_000).messages).toEqual([]);
  });

  test('a request that waits for its turn behind another one ends after the same time', () => {
    const { hand } = connected();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    hand.give({ type: 'resolve', request: 2, poolHandle: echo, items: 2 });
    expect(hand.pass(45_000).of('resolutionFailed')).toMatchObject([
      { request: 1, reason: 'timeout' },
      { request: 2, reason: 'timeout' },
    ]);
  });

  test('without any registrar a request ends after the same time', () => {
    const { hand } = setUp();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    expect(hand.pass(44_999).of('resolutionFailed')).toEqual([]);
    expect(hand.pass(1).of('resolutionFailed')).toMatchObject([{ reason: 'noRegistrar' }]);
  });

  test('a hunt that gives up fails everything that waits, without starting another', () => {
    const { hand, machine } = setUp({ timing: { maximumServerHuntRounds: 1 } });
    for (const [request, items] of [1, 2, 3].entries()) {
      hand.give({ type: 'resolve', request, poolHandle: echo, items });
    }
    const step = hand.pass(10_001);
    expect(step.of('resolutionFailed')).toHaveLength(3);
    expect(step.opens).toEqual([]);
    expect(machine.nextTimeout()).toBeUndefined();
  });
});

describe('RFC 5352 section 3.7.1: SCTP send failure at the pool user', () => {
  test('when the association breaks a hunt starts, and the request is sent to the next registrar', () => {
    const { hand } = connected();
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    const step = hand.lose(1);
    expect(step.eventTypes.slice(0, 2)).toEqual(['homeRegistrarLost', 'resolutionUnanswered']);
    expect(hand.up(step.opens[0]?.association ?? 0).messageTypes).toEqual(['ASAP_HANDLE_RESOLUTION']);
  });

  test('without an outstanding request nothing happens until the next one', () => {
    const { hand, machine } = connected();
    const step = hand.lose(1);
    expect(step.eventTypes).toEqual(['homeRegistrarLost']);
    expect(machine.nextTimeout()).toBeUndefined();
    expect(hand.give({ type: 'resolve', request: 1, poolHandle: echo }).opens).toHaveLength(1);
  });

  test('registrars that break every association cannot keep a request alive for ever', () => {
    const { hand } = setUp();
    let step = hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    let failures = 0;
    for (let attempt = 0; attempt < 10 && failures === 0; attempt++) {
      const opened = step.opens.at(-1)?.association ?? 0;
      hand.up(opened);
      step = hand.lose(opened);
      failures = step.of('resolutionFailed').length;
      expect(attempt).toBeLessThan(3);
    }
    expect(failures).toBe(1);
  });
});

describe('RFC 5352 section 3.5: reports of a pool user', () => {
  const report = { type: 'reportUnreachable', poolHandle: echo, poolElementIdentifier: 5 } as const;

  test('each report is sent once', () => {
    const { hand } = connected();
    expect(hand.give(report).messages).toEqual([
      { type: 'ASAP_ENDPOINT_UNREACHABLE', poolHandle: echo, poolElementIdentifier: 5 },
    ]);
    const step = hand.lose(1);
    expect(step.opens).toEqual([]);
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    expect(hand.up(2).messageTypes).toEqual(['ASAP_HANDLE_RESOLUTION']);
  });

  test('the reported element leaves the cache', () => {
    const { hand } = connected({ staleCacheValueMs: 60_000 });
    hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    hand.message(1, known(echo, 5, 6));
    hand.give(report);
    const [resolved] = hand.give({ type: 'resolve', request: 2, poolHandle: echo }).of('resolved');
    expect(identifiersIn(resolved)).toEqual([6]);
  });
});

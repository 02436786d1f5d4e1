import type { AsapMessage } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { Hand, type Step } from '../testing/hand.fixture.ts';
import { echo, endpoint, knownElement, middle, numbers, other } from '../testing/samples.fixture.ts';
import { PoolUserMachine } from './pool-user-machine.ts';
import type { PoolUserOptions } from './pool-user-options.ts';

/** A pool user that knows two registrars, and has association 1 to the first. */
function setUp(options: Partial<PoolUserOptions> = {}) {
  const machine = new PoolUserMachine({
    random: middle,
    allocateAssociation: numbers(),
    registrars: [endpoint('10.0.0.1:3863')],
    ...options,
  });
  return { machine, hand: new Hand(machine) };
}

/** One with a watch of the pool `echo`, number 1, which knows of the elements 1 and 2. */
function watching(options: Partial<PoolUserOptions> = {}) {
  const { machine, hand } = setUp(options);
  hand.give({ type: 'watch', watch: 1, poolHandle: echo });
  hand.up(1);
  hand.message(1, state([1, 2]));
  return { machine, hand };
}

function state(
  identifiers: number[],
  subscribed: boolean = true,
  poolHandle: Uint8Array = echo,
): AsapMessage {
  const poolElements = identifiers.map((identifier) => knownElement('10.1.0.1', identifier, 1));
  const policy = { type: 'roundRobin' } as const;
  return { type: 'ASAP_HANDLE_RESOLUTION_RESPONSE', subscribed, poolHandle, policy, poolElements };
}

function refusal(code: number): AsapMessage {
  const error = { causes: [{ code, information: new Uint8Array(0) }] };
  return {
    type: 'ASAP_HANDLE_RESOLUTION_RESPONSE',
    subscribed: false,
    poolHandle: echo,
    poolElements: [],
    error,
  };
}

/** What the watches were told: their number and the elements, `undefined` for no pool. */
function told(step: Step): [unknown, number[] | undefined][] {
  return step
    .of('poolChanged')
    .map(({ watch, pool }) => [
      watch,
      (pool as { poolElements: { identifier: number }[] } | undefined)?.poolElements.map(
        (element) => element.identifier,
      ),
    ]);
}

const subscription = { type: 'ASAP_HANDLE_RESOLUTION', subscribe: true, poolHandle: echo };

describe('RFC 5352 section 2.2.5: dynamic updates at the pool user', () => {
  test('a watch asks with the S flag, tells the answer, and then each update', () => {
    const { hand, machine } = setUp();
    hand.give({ type: 'watch', watch: 1, poolHandle: echo });
    expect(hand.up(1).messages).toEqual([subscription]);
    const answered = hand.message(1, state([1, 2]));
    expect(told(answered)).toEqual([[1, [1, 2]]]);
    expect(answered.eventTypes).toContain('updatesGranted');
    const updated = hand.message(1, state([1, 2, 3]));
    expect(told(updated)).toEqual([[1, [1, 2, 3]]]);
    expect(updated.events('updateReceived')).toMatchObject([{ elements: 3, association: 1 }]);
    expect(machine.counters.updatesReceived).toBe(1);
    expect(hand.pass(3_600_000).outputs).toEqual([]);
  });

  test('an update that changes nothing is not told', () => {
    const { hand } = watching();
    expect(told(hand.message(1, state([2, 1])))).toEqual([]);
  });

  test('several watches of a pool share one subscription, and a later one is told at once', () => {
    const { hand } = watching();
    const second = hand.give({ type: 'watch', watch: 2, poolHandle: echo });
    expect(second.messages).toEqual([]);
    expect(told(second)).toEqual([[2, [1, 2]]]);
    expect(told(hand.message(1, state([3])))).toEqual([
      [1, [3]],
      [2, [3]],
    ]);
    hand.give({ type: 'unwatch', watch: 1 });
    expect(told(hand.message(1, state([4])))).toEqual([[2, [4]]]);
  });

  test('a number that is in use is refused, as is an empty handle', () => {
    const { hand } = watching();
    expect(() => hand.give({ type: 'watch', watch: 1, poolHandle: other })).toThrow(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
    );
    expect(() => hand.give({ type: 'watch', watch: 2, poolHandle: new Uint8Array(0) })).toThrow(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
    );
  });

  test('the answer to a request without the S flag is told from an update by the A flag', () => {
    const { hand } = watching();
    expect(hand.give({ type: 'resolve', request: 9, poolHandle: echo, items: 1 }).messages).toMatchObject([
      { subscribe: false, items: 1 },
    ]);
    const update = hand.message(1, state([1, 2, 3]));
    expect(update.of('resolved')).toEqual([]);
    expect(told(update)).toEqual([[1, [1, 2, 3]]]);
    const answer = hand.message(1, state([2], false));
    expect(answer.of('resolved')).toMatchObject([
      { request: 9, pool: { poolElements: [{ identifier: 2 }] } },
    ]);
    expect(told(answer)).toEqual([]);
  });

  test('an update that comes before the answer is an answer, and the answer is then an update', () => {
    const { hand } = setUp();
    hand.give({ type: 'watch', watch: 1, poolHandle: echo });
    hand.up(1);
    expect(told(hand.message(1, state([1])))).toEqual([[1, [1]]]);
    expect(told(hand.message(1, state([1, 2])))).toEqual([[1, [1, 2]]]);
  });

  test('the cache follows the updates, and what it follows does not become stale', () => {
    const { hand } = watching({ staleCacheValueMs: 1_000 });
    hand.message(1, state([1, 2, 3]));
    hand.pass(60_000);
    const step = hand.give({ type: 'resolve', request: 1, poolHandle: echo });
    expect(step.messages).toEqual([]);
    expect(step.of('resolved')).toMatchObject([
      { pool: { fromCache: true, poolElements: [{ identifier: 1 }, { identifier: 2 }, { identifier: 3 }] } },
    ]);
  });

  test('an element that is gone leaves all answers in the cache', () => {
    const { hand } = watching({ staleCacheValueMs: 60_000 });
    hand.give({ type: 'resolve', request: 1, poolHandle: echo, items: 2 });
    hand.message(1, state([1, 2], false));
    hand.message(1, state([2, 3]));
    const step = hand.give({ type: 'resolve', request: 2, poolHandle: echo, items: 2 });
    expect(step.of('resolved')).toMatchObject([{ pool: { poolElements: [{ identifier: 2 }] } }]);
  });
});

describe('RFC 5352 section 2.2.5: a pool that is not there', () => {
  test('is told as such, and asked for from time to time, because its creation is not told', () => {
    const { hand } = setUp();
    hand.give({ type: 'watch', watch: 1, poolHandle: echo });
    hand.up(1);
    expect(told(hand.message(1, refusal(9)))).toEqual([[1, undefined]]);
    expect(hand.pass(9_999).messages).toEqual([]);
    expect(hand.pass(2).messages).toEqual([subscription]);
    expect(told(hand.message(1, refusal(9)))).toEqual([]);
    expect(hand.pass(10_001).messages).toEqual([subscription]);
    expect(told(hand.message(1, state([7])))).toEqual([[1, [7]]]);
    expect(hand.pass(3_600_000).messages).toEqual([]);
  });

  test('any more: a negative update ends the updates, and it is asked for again', () => {
    const { hand } = watching({ staleCacheValueMs: 60_000 });
    const gone = hand.message(1, refusal(9));
    expect(told(gone)).toEqual([[1, undefined]]);
    expect(gone.events('updateReceived')).toMatchObject([{ elements: 0 }]);
    expect(hand.give({ type: 'resolve', request: 3, poolHandle: echo }).messages).toHaveLength(1);
    hand.message(1, refusal(9));
    expect(hand.pass(10_001).messages).toEqual([subscription]);
    expect(told(hand.message(1, state([1, 2])))).toEqual([[1, [1, 2]]]);
  });
});

describe('RFC 5352 section 2.2.6: a registrar that sends no updates', () => {
  test('is asked from time to time, and changes are told', () => {
    const { hand } = setUp();
    hand.give({ type: 'watch', watch: 1, poolHandle: echo });
    hand.up(1);
    const declined = hand.message(1, state([1, 2], false));
    expect(declined.eventTypes).toContain('updatesDeclined');
    expect(told(declined)).toEqual([[1, [1, 2]]]);
    expect(hand.pass(10_001).messages).toEqual([subscription]);
    expect(told(hand.message(1, state([2, 1], false)))).toEqual([]);
    expect(hand.pass(10_001).messages).toEqual([subscription]);
    expect(told(hand.message(1, state([2], false)))).toEqual([[1, [2]]]);
  });

  test('any more says so by an update without the A flag', () => {
    const { hand } = watching();
    expect(told(hand.message(1, state([5], false)))).toEqual([[1, [5]]]);
    expect(hand.pass(10_001).messages).toEqual([subscription]);
  });
});

describe('RFC 5352 section 2.2.5: a new home registrar', () => {
  test('is asked anew with the S flag, and what changed meanwhile is told', () => {
    const { hand } = watching();
    const lost = hand.lose(1);
    expect(lost.opens).toHaveLength(1);
    const found = hand.up(2);
    expect(found.messages).toEqual([subscription]);
    expect(told(hand.message(2, state([2, 1])))).toEqual([]);
    expect(told(hand.message(2, state([1])))).toEqual([[1, [1]]]);
    hand.lose(2);
    hand.up(3);
    expect(told(hand.message(3, state([1, 4])))).toEqual([[1, [1, 4]]]);
  });

  test('that a request found is asked for every watched pool, each once', () => {
    const { hand } = watching({ registrars: [endpoint('10.0.0.1:3863'), endpoint('10.0.0.2:3863')] });
    hand.give({ type: 'watch', watch: 2, poolHandle: other });
    const opened = hand.pass(15_000).opens[0]?.association ?? 0;
    const step = hand.up(opened, endpoint('10.0.0.2:3863'));
    expect(step.messages).toHaveLength(2);
    expect(step.messages).toContainEqual(subscription);
    expect(step.messages).toContainEqual({ ...subscription, poolHandle: other });
  });

  test('updates of the former one are ignored', () => {
    const { hand, machine } = watching();
    hand.lose(1);
    hand.up(2);
    hand.message(2, state([1, 2]));
    expect(told(hand.message(1, state([9])))).toEqual([]);
    expect(machine.counters.responsesIgnored).toBe(1);
  });
});

describe('a watch for which nobody can be asked', () => {
  test('tries again with growing pauses, tells of each attempt, and fails in the end', () => {
    const timing = { maximumWatchAttempts: 4, maximumServerHuntRounds: 1, maximumRequestRetransmissions: 0 };
    const { hand } = watching({ timing });
    hand.lose(1);
    for (const association of [2, 3]) hand.lose(association, 'refused');
    const step = hand.pass(600_000);
    expect(
      step
        .events('watchRetry')
        .map(({ failures, delayMs, reason }) => [failures, Math.round(delayMs as number), reason]),
    ).toEqual([
      [1, 10_000, 'noRegistrar'],
      [2, 20_000, 'noRegistrar'],
      [3, 40_000, 'noRegistrar'],
    ]);
    expect(step.of('watchFailed')).toMatchObject([{ watch: 1, reason: 'noRegistrar' }]);
    expect(hand.machine.nextTimeout()).toBeUndefined();
  });

  test('goes on as before once somebody answers', () => {
    const { hand } = watching({ timing: { maximumWatchAttempts: 2 } });
    for (let round = 0; round < 5; round++) {
      hand.message(1, refusal(6));
      const [retry] = hand.pass(10_001).messages;
      expect(retry).toEqual(subscription);
      hand.message(1, state([1, round + 10]));
    }
    expect(hand.message(1, refusal(6)).events('watchRetry')).toMatchObject([
      { failures: 1, reason: 'rejected' },
    ]);
  });

  test('fails at once where there are too many', () => {
    const { hand } = watching({ maximumWatches: 1 });
    const step = hand.give({ type: 'watch', watch: 2, poolHandle: other });
    expect(step.of('watchFailed')).toMatchObject([{ watch: 2, reason: 'rejected' }]);
    expect(step.eventTypes).toEqual(['watchRefused']);
    hand.give({ type: 'unwatch', watch: 1 });
    expect(hand.give({ type: 'watch', watch: 2, poolHandle: other }).of('watchFailed')).toEqual([]);
  });
});

describe('the end of a watch', () => {
  test('tells nothing more, and the last one closes the association, for nothing else ends the updates', () => {
    const { hand, machine } = watching();
    hand.give({ type: 'watch', watch: 2, poolHandle: echo });
    expect(hand.give({ type: 'unwatch', watch: 1 }).closes).toEqual([]);
    const last = hand.give({ type: 'unwatch', watch: 2 });
    expect(last.closes).toEqual([{ type: 'close', association: 1, abort: false }]);
    expect(last.eventTypes).toEqual(['homeRegistrarReleased']);
    expect(machine.homeRegistrar).toBeUndefined();
    expect(hand.give({ type: 'resolve', request: 1, poolHandle: echo }).opens).toHaveLength(1);
  });

  test('waits with that for the answers to requests', () => {
    const { hand } = watching();
    hand.give({ type: 'resolve', request: 1, poolHandle: other });
    expect(hand.give({ type: 'unwatch', watch: 1 }).closes).toEqual([]);
    const step = hand.message(1, state([5], false, other));
    expect(step.of('resolved')).toHaveLength(1);
    expect(step.closes).toHaveLength(1);
  });

  test('before the answer: it is not told, and the association is closed', () => {
    const { hand } = setUp();
    hand.give({ type: 'watch', watch: 1, poolHandle: echo });
    hand.up(1);
    hand.give({ type: 'unwatch', watch: 1 });
    const step = hand.message(1, state([1]));
    expect(told(step)).toEqual([]);
    expect(step.closes).toHaveLength(1);
  });

  test('leaves the association where no updates come over it', () => {
    const { hand } = setUp();
    hand.give({ type: 'watch', watch: 1, poolHandle: echo });
    hand.up(1);
    hand.message(1, state([1], false));
    expect(hand.give({ type: 'unwatch', watch: 1 }).closes).toEqual([]);
    expect(hand.pass(3_600_000).outputs).toEqual([]);
  });

  test('comes with the end of the pool user', () => {
    const { hand, machine } = watching();
    hand.give({ type: 'shutdown' });
    expect(machine.nextTimeout()).toBeUndefined();
    expect(told(hand.message(1, state([9])))).toEqual([]);
  });
});

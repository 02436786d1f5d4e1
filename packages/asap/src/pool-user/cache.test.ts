import type { AsapMessage, PoolElement } from '@rserpool/wire';
import { poolHandleFromText } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { Hand } from '../testing/hand.fixture.ts';
import { echo, endpoint, knownElement, middle, numbers } from '../testing/samples.fixture.ts';
import { PoolUserMachine } from './pool-user-machine.ts';
import type { PoolUserOptions } from './pool-user-options.ts';

/** A pool user that has resolved the pool `echo` at time 0. */
function cached(options: Partial<PoolUserOptions>) {
  const machine = new PoolUserMachine({
    random: middle,
    allocateAssociation: numbers(),
    registrars: [endpoint('10.0.0.1:3863')],
    ...options,
  });
  const hand = new Hand(machine);
  hand.give({ type: 'resolve', request: 0, poolHandle: echo });
  hand.up(1);
  hand.message(1, answer(echo, 1, 2));
  return hand;
}

function answer(poolHandle: Uint8Array, ...identifiers: number[]): AsapMessage {
  const poolElements: PoolElement[] = identifiers.map((identifier) =>
    knownElement('10.1.0.1', identifier, 1),
  );
  const policy = { type: 'roundRobin' } as const;
  return { type: 'ASAP_HANDLE_RESOLUTION_RESPONSE', subscribed: false, poolHandle, policy, poolElements };
}

const resolve = { type: 'resolve', request: 1, poolHandle: echo } as const;

describe('RFC 5352 section 3.3: the cache of the pool user', () => {
  test('C1 and C4: a fresh entry answers without a message', () => {
    const hand = cached({ staleCacheValueMs: 5_000 });
    hand.pass(4_999);
    const step = hand.give(resolve);
    expect(step.messages).toEqual([]);
    expect(step.of('resolved')).toMatchObject([{ pool: { fromCache: true } }]);
  });

  test('C2: a stale entry is updated before it answers', () => {
    const hand = cached({ staleCacheValueMs: 5_000 });
    hand.pass(5_000);
    const step = hand.give(resolve);
    expect(step.messageTypes).toEqual(['ASAP_HANDLE_RESOLUTION']);
    expect(step.of('resolved')).toEqual([]);
    expect(hand.message(1, answer(echo, 3)).of('resolved')).toMatchObject([{ pool: { fromCache: false } }]);
  });

  test('C3: where the application wants it a stale entry answers while it is updated', () => {
    const hand = cached({ staleCacheValueMs: 5_000, answerWhileUpdating: true });
    hand.pass(5_000);
    const step = hand.give(resolve);
    expect(step.of('resolved')).toMatchObject([{ pool: { fromCache: true } }]);
    expect(step.messageTypes).toEqual(['ASAP_HANDLE_RESOLUTION']);
    expect(hand.message(1, answer(echo, 3)).eventTypes).toEqual(['cacheUpdated']);
    const [resolved] = hand.give({ ...resolve, request: 2 }).of('resolved');
    expect(resolved).toMatchObject({ pool: { fromCache: true, poolElements: [{ identifier: 3 }] } });
  });

  test('without a stale value every request asks', () => {
    const hand = cached({});
    expect(hand.give(resolve).messages).toHaveLength(1);
  });

  test('a request may go past the cache', () => {
    const hand = cached({ staleCacheValueMs: 5_000 });
    expect(hand.give({ ...resolve, bypassCache: true }).messages).toHaveLength(1);
  });

  test('answers for distinct numbers of items are kept apart', () => {
    const hand = cached({ staleCacheValueMs: 5_000 });
    expect(hand.give({ ...resolve, items: 1 }).messages).toMatchObject([{ items: 1 }]);
    hand.message(1, answer(echo, 2));
    expect(hand.give({ ...resolve, items: 1 }).of('resolved')).toMatchObject([
      { pool: { poolElements: [{ identifier: 2 }] } },
    ]);
    expect(hand.give({ ...resolve, request: 3 }).of('resolved')).toMatchObject([
      { pool: { poolElements: [{ identifier: 1 }, { identifier: 2 }] } },
    ]);
  });

  test('section 6.4: a purged pool is asked for again', () => {
    const hand = cached({ staleCacheValueMs: 5_000 });
    hand.give({ type: 'purge', poolHandle: echo });
    expect(hand.give(resolve).messages).toHaveLength(1);
  });

  test('a purged element is left out, and a pool without any element is asked for again', () => {
    const hand = cached({ staleCacheValueMs: 5_000 });
    hand.give({ type: 'purge', poolHandle: echo, poolElementIdentifier: 1 });
    expect(hand.give(resolve).of('resolved')).toMatchObject([
      { pool: { poolElements: [{ identifier: 2 }] } },
    ]);
    hand.give({ type: 'purge', poolHandle: echo, poolElementIdentifier: 2 });
    expect(hand.give({ ...resolve, request: 2 }).messages).toHaveLength(1);
  });

  test('a pool that the registrar does not know any more leaves the cache', () => {
    const hand = cached({ staleCacheValueMs: 5_000 });
    hand.give({ ...resolve, bypassCache: true });
    const causes = [{ code: 9, information: new Uint8Array(0) }];
    const { policy: _, ...negative } = answer(echo) as Extract<
      AsapMessage,
      { type: 'ASAP_HANDLE_RESOLUTION_RESPONSE' }
    >;
    hand.message(1, { ...negative, error: { causes } });
    expect(hand.give({ ...resolve, request: 2 }).messages).toHaveLength(1);
  });

  test('the cache is bounded, and the pool that was written longest ago goes first', () => {
    const hand = cached({ staleCacheValueMs: 5_000, maximumCachedPools: 3 });
    for (const name of ['a', 'b', 'c']) {
      hand.give({ type: 'resolve', request: 1, poolHandle: poolHandleFromText(name) });
      hand.message(1, answer(poolHandleFromText(name), 9));
    }
    expect(hand.give(resolve).messages).toHaveLength(1);
    const kept = hand.give({ type: 'resolve', request: 2, poolHandle: poolHandleFromText('a') });
    expect(kept.of('resolved')).toHaveLength(1);
  });

  test('a fresh entry answers also while no registrar can be reached', () => {
    const hand = cached({ staleCacheValueMs: 5_000 });
    hand.lose(1);
    expect(hand.give(resolve).of('resolved')).toHaveLength(1);
  });
});

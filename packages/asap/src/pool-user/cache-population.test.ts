import type { AsapMessage } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { Hand } from '../testing/hand.fixture.ts';
import { echo, endpoint, knownElement, middle, numbers, other } from '../testing/samples.fixture.ts';
import { PoolUserMachine } from './pool-user-machine.ts';
import type { PoolUserOptions } from './pool-user-options.ts';

function user(options: Partial<PoolUserOptions> = {}) {
  const machine = new PoolUserMachine({
    random: middle,
    allocateAssociation: numbers(),
    registrars: [endpoint('10.0.0.1:3863')],
    staleCacheValueMs: 5_000,
    ...options,
  });
  return { machine, hand: new Hand(machine) };
}

function answer(
  poolHandle: Uint8Array,
  ...hosts: (readonly [host: string, identifier: number])[]
): AsapMessage {
  return {
    type: 'ASAP_HANDLE_RESOLUTION_RESPONSE',
    subscribed: false,
    poolHandle,
    policy: { type: 'roundRobin' },
    poolElements: hosts.map(([host, identifier]) => knownElement(host, identifier, 1)),
  };
}

const populate = { type: 'populate', poolHandle: echo, evenIfFresh: true } as const;

describe('RFC 5352 section 6.3: cache_populate_request', () => {
  test('resolves the pool handle into the cache, and the next request needs no message', () => {
    const { hand } = user();
    hand.give(populate);
    expect(hand.up(1).messages).toMatchObject([{ type: 'ASAP_HANDLE_RESOLUTION', poolHandle: echo }]);
    const step = hand.message(1, answer(echo, ['10.1.0.1', 1]));
    expect(step.eventTypes).toEqual(['cacheUpdated']);
    expect(step.of('resolved')).toEqual([]);
    expect(hand.give({ type: 'resolve', request: 1, poolHandle: echo }).of('resolved')).toMatchObject([
      { pool: { fromCache: true } },
    ]);
  });

  test('asks also where the entry is fresh; sections 6.5.3 and 3.9 ask only where it is not', () => {
    const { hand } = user();
    hand.give(populate);
    hand.up(1);
    hand.message(1, answer(echo, ['10.1.0.1', 1]));
    expect(hand.give({ ...populate, evenIfFresh: false }).messages).toEqual([]);
    expect(hand.give(populate).messages).toHaveLength(1);
    hand.message(1, answer(echo, ['10.1.0.1', 1]));
    hand.pass(5_000);
    expect(hand.give({ ...populate, evenIfFresh: false }).messages).toHaveLength(1);
  });

  test('does nothing without a cache', () => {
    const { hand } = user({ staleCacheValueMs: 0 });
    expect(hand.give(populate).outputs).toEqual([]);
    expect(hand.machine.nextTimeout()).toBeUndefined();
  });

  test('is refused, with an event, where too many requests wait', () => {
    const { hand } = user({ maximumRequests: 1 });
    hand.give(populate);
    expect(hand.give({ ...populate, poolHandle: other }).events()).toEqual([
      { type: 'populationRefused', poolHandle: other },
    ]);
  });

  test('gives up by itself where nobody answers', () => {
    const { hand } = user();
    hand.give(populate);
    hand.pass(3_600_000);
    expect(hand.machine.nextTimeout()).toBeUndefined();
  });
});

describe('RFC 5352 section 6.6: from an address to a pool element handle', () => {
  function cached() {
    const { machine, hand } = user();
    hand.give(populate);
    hand.up(1);
    hand.message(1, answer(echo, ['10.1.0.1', 1], ['10.1.0.2', 2]));
    hand.give({ ...populate, poolHandle: other });
    hand.message(1, answer(other, ['10.1.0.2', 3]));
    return machine;
  }

  test('names the element at an address and port, or at an address that only one has', () => {
    const machine = cached();
    const found = { poolHandle: echo, poolElement: { identifier: 1 } };
    expect(machine.elementAt(endpoint('10.1.0.1:7'))).toMatchObject(found);
    expect(machine.elementAt(endpoint('10.1.0.1:40000'))).toMatchObject(found);
  });

  test('names nobody where it is not known, or where several elements have the address', () => {
    const machine = cached();
    expect(machine.elementAt(endpoint('10.1.0.9:7'))).toBeUndefined();
    expect(machine.elementAt(endpoint('10.1.0.2:7'))).toBeUndefined();
  });
});

import { RserpoolError } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import type { PoolUser } from './pool-user.ts';
import type { WatchOptions } from './pool-watch.ts';
import type { PoolResolution } from './resolved-element.ts';
import { type Cluster, createCluster } from './testing/cluster.fixture.ts';

type Loop = AsyncIterator<PoolResolution, undefined>;

function loopOver(user: PoolUser, options?: WatchOptions): Loop {
  return user.watch('TestPool', options)[Symbol.asyncIterator]();
}

/** The identifiers of the next state, or `end`. */
async function next(cluster: Cluster, loop: Loop, waiting = loop.next()): Promise<number[] | 'end'> {
  const result = await cluster.settle(waiting);
  if (result.done === true) return 'end';
  return result.value.elements.map((element) => element.identifier).toSorted((left, right) => left - right);
}

/** The code of the error that the loop ends with. */
async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return RserpoolError.is(error) ? error.code : undefined;
}

describe('RFC 5352 section 2.2.5: a pool is watched', () => {
  test('gives the pool at once, and then each change', async () => {
    const cluster = await createCluster();
    const one = await cluster.element(1);
    const user = await cluster.user(1);
    const loop = loopOver(user);
    expect(await next(cluster, loop)).toEqual([1]);
    const changed = loop.next();
    await cluster.element(2);
    expect(await next(cluster, loop, changed)).toEqual([1, 2]);
    await cluster.settle(one.close());
    expect(await next(cluster, loop)).toEqual([2]);
    expect(cluster.received.filter(({ type }) => type === 'ASAP_HANDLE_RESOLUTION')).toHaveLength(1);
    await user.close();
  });

  test('gives a slow loop the newest state only', async () => {
    const cluster = await createCluster();
    await cluster.element(1);
    const user = await cluster.user(1);
    const loop = loopOver(user);
    expect(await next(cluster, loop)).toEqual([1]);
    for (const number of [2, 3, 4]) {
      await cluster.element(number);
      await cluster.clock.advance(500);
    }
    expect(await next(cluster, loop)).toEqual([1, 2, 3, 4]);
    const waiting = loop.next();
    await cluster.element(5);
    expect(await next(cluster, loop, waiting)).toEqual([1, 2, 3, 4, 5]);
    await user.close();
  });

  test('shows a pool that nobody knows without elements, until there are some', async () => {
    const cluster = await createCluster();
    const user = await cluster.user(1);
    const loop = loopOver(user);
    expect(await next(cluster, loop)).toEqual([]);
    const waiting = loop.next();
    const element = await cluster.element(1);
    expect(await next(cluster, loop, waiting)).toEqual([1]);
    await cluster.settle(element.close());
    expect(await next(cluster, loop)).toEqual([]);
    await user.close();
  });

  test('fails with a pool that nobody knows where that is wanted, also when it disappears', async () => {
    const cluster = await createCluster();
    const user = await cluster.user(1);
    const first = loopOver(user, { unknownPool: 'fail' });
    expect(await codeOf(next(cluster, first))).toBe('ERR_RSERPOOL_UNKNOWN_POOL_HANDLE');
    expect(await next(cluster, first)).toBe('end');
    const element = await cluster.element(1);
    const second = loopOver(user, { unknownPool: 'fail' });
    expect(await next(cluster, second)).toEqual([1]);
    await cluster.settle(element.close());
    expect(await codeOf(next(cluster, second))).toBe('ERR_RSERPOOL_UNKNOWN_POOL_HANDLE');
    await user.close();
  });

  test('outlives its association to the registrar, and tells what changed meanwhile', async () => {
    const cluster = await createCluster();
    await cluster.element(1);
    const user = await cluster.user(1);
    const lost: string[] = [];
    user.on('homeRegistrarLost', () => lost.push('lost'));
    const loop = loopOver(user);
    expect(await next(cluster, loop)).toEqual([1]);
    cluster.network.partition([['10.0.2.1'], ['10.0.0.1', '10.0.1.1']]);
    const waiting = loop.next();
    await cluster.clock.advance(2_000);
    expect(lost).toEqual(['lost']);
    cluster.network.heal();
    await cluster.element(2);
    expect(await next(cluster, loop, waiting)).toEqual([1, 2]);
    await user.close();
  });

  test('ends with break, and its updates with it', async () => {
    const cluster = await createCluster();
    await cluster.element(1);
    const user = await cluster.user(1);
    const released: string[] = [];
    user.on('homeRegistrarReleased', ({ type }) => released.push(type));
    const seen: number[] = [];
    const looping = (async () => {
      for await (const { elements } of user.watch('TestPool')) {
        seen.push(elements.length);
        if (elements.length === 2) break;
      }
    })();
    await cluster.clock.advance(100);
    await cluster.element(2);
    await cluster.settle(looping);
    expect(seen).toEqual([1, 2]);
    expect(released).toEqual(['homeRegistrarReleased']);
    expect((await cluster.settle(user.resolve('TestPool'))).elements).toHaveLength(2);
    await user.close();
  });

  test('ends with its signal, before, while and between waiting', async () => {
    const cluster = await createCluster();
    await cluster.element(1);
    const user = await cluster.user(1);
    const reason = new Error('enough');
    await expect(loopOver(user, { signal: AbortSignal.abort(reason) }).next()).rejects.toBe(reason);
    for (const isWaiting of [true, false]) {
      const abort = new AbortController();
      const loop = loopOver(user, { signal: abort.signal });
      expect(await next(cluster, loop)).toEqual([1]);
      const waiting = isWaiting ? loop.next() : undefined;
      abort.abort(reason);
      await expect(waiting ?? loop.next()).rejects.toBe(reason);
      expect(await next(cluster, loop)).toBe('end');
    }
    await user.close();
  });

  test('ends with an error when the pool user is closed, and begins no more', async () => {
    const cluster = await createCluster();
    await cluster.element(1);
    const user = await cluster.user(1);
    const loop = loopOver(user);
    expect(await next(cluster, loop)).toEqual([1]);
    const waiting = loop.next();
    const late = user.watch('TestPool');
    const closing = user.close();
    expect(await codeOf(waiting)).toBe('ERR_RSERPOOL_POOL_USER_CLOSED');
    await cluster.settle(closing);
    expect(await codeOf(late[Symbol.asyncIterator]().next())).toBe('ERR_RSERPOOL_POOL_USER_CLOSED');
    expect(() => user.watch('TestPool')).toThrow('ERR_RSERPOOL_POOL_USER_CLOSED');
  });

  test('ends with an error where nobody can be asked, after as many attempts as are configured', async () => {
    const cluster = await createCluster();
    const user = await cluster.user(1, {
      registrars: ['10.9.9.9:3863'],
      asapTiming: { maximumServerHuntRounds: 1, maximumWatchAttempts: 3 },
    });
    const retries: number[] = [];
    user.on('watchRetry', ({ failures }) => retries.push(failures));
    const code = await codeOf(cluster.settle(loopOver(user).next(), 600_000));
    expect(code).toMatch(/^ERR_RSERPOOL_(NO_REGISTRAR|RESOLUTION_TIMEOUT)$/);
    expect(retries).toEqual([1, 2]);
    await user.close();
  });
});

describe('RFC 5352 sections 3.5 and 6.9.2: a failure that the application reports', () => {
  test('goes to the registrar for an element that it was given, once', async () => {
    const cluster = await createCluster();
    await cluster.element(1);
    await cluster.element(2);
    const user = await cluster.user(1);
    const dropped: number[] = [];
    user.on('unreachableReportDropped', ({ poolElementIdentifier }) => dropped.push(poolElementIdentifier));
    const reported = (): number[] =>
      cluster.received.flatMap((message) =>
        message.type === 'ASAP_ENDPOINT_UNREACHABLE' ? [message.poolElementIdentifier] : [],
      );
    user.reportFailure('TestPool', 1);
    await cluster.settle(user.resolve('TestPool', { items: 1 }));
    for (const identifier of [1, 1, 2]) user.reportFailure('TestPool', identifier);
    await cluster.clock.advance(100);
    expect(reported()).toEqual([1]);
    expect(dropped).toEqual([1, 1, 2]);
    await cluster.settle(user.resolve('TestPool'));
    user.reportFailure('TestPool', 1);
    await cluster.clock.advance(100);
    expect(reported()).toEqual([1, 1]);
    await user.close();
  });
});

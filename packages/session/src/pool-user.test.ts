import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { RserpoolError } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import type { DiagnosticsMessage } from './diagnostics.ts';
import { createCluster, elementHost, serveCounter } from './testing/cluster.fixture.ts';
import { nextText } from './testing/next.fixture.ts';

describe('RFC 5352 section 6.9: the basic mode', () => {
  test('resolves a pool handle to elements that can be read by people', async () => {
    const cluster = await createCluster();
    await cluster.element(1);
    await cluster.element(2);
    const user = await cluster.user(1);
    const pool = await cluster.settle(user.resolve('TestPool'));
    expect(pool.poolHandleText).toBe('TestPool');
    expect(pool.policy).toMatchObject({ type: 'roundRobin' });
    expect(pool.fromCache).toBe(false);
    expect(pool.elements.map(({ identifier }) => identifier).toSorted((left, right) => left - right)).toEqual(
      [1, 2],
    );
    expect(pool.elements.find(({ identifier }) => identifier === 2)).toMatchObject({
      protocol: 'sctp',
      addresses: [elementHost(2)],
      port: 7000,
    });
  });

  test('answers from the cache until it is stale, unless told to bypass it', async () => {
    const cluster = await createCluster();
    await cluster.element(1);
    const user = await cluster.user(1, { staleCacheValueMs: 5_000 });
    const origins: boolean[] = [];
    const resolve = async (bypassCache: boolean): Promise<void> => {
      origins.push((await cluster.settle(user.resolve('TestPool', { bypassCache }))).fromCache);
    };
    await resolve(false);
    await resolve(false);
    await resolve(true);
    user.purgeCache('TestPool');
    await resolve(false);
    await cluster.clock.advance(5_001);
    await resolve(false);
    expect(origins).toEqual([false, true, false, false, false]);
  });

  test('rejects an unknown pool at once', async () => {
    const cluster = await createCluster();
    const user = await cluster.user(1);
    const error: unknown = await cluster.settle(user.resolve('Nowhere')).catch((thrown: unknown) => thrown);
    expect(RserpoolError.is(error, 'ERR_RSERPOOL_UNKNOWN_POOL_HANDLE')).toBe(true);
    expect((error as Error).message).toContain('Nowhere');
  });

  test('in the profile rsplib names no pool that ends a registrar of the reference implementation', async () => {
    const cluster = await createCluster();
    await using user = await cluster.user(1, { profile: 'rsplib' });
    const long = 'x'.repeat(33);
    const refusal = { code: 'ERR_RSERPOOL_INVALID_ARGUMENT' };
    await expect(user.resolve(long)).rejects.toMatchObject(refusal);
    await expect(user.connect(long)).rejects.toMatchObject(refusal);
    await expect(user.send(long, 'text')).rejects.toMatchObject(refusal);
    expect(() => user.watch(long)).toThrow(RserpoolError);
    expect(() => user.reportFailure(long, 1)).toThrow(RserpoolError);
  });

  test('rejects when no registrar can be reached', async () => {
    const cluster = await createCluster();
    const user = await cluster.user(1, {
      registrars: ['10.9.9.9:3863'],
      asapTiming: { maximumServerHuntRounds: 2 },
    });
    const error: unknown = await cluster.settle(user.resolve('TestPool')).catch((thrown: unknown) => thrown);
    expect(RserpoolError.is(error)).toBe(true);
    expect((error as RserpoolError).code).toMatch(/^ERR_RSERPOOL_(NO_REGISTRAR|RESOLUTION_TIMEOUT)$/);
  });

  test('RFC 5352 section 3.5: reports a failure to the registrar', async () => {
    const cluster = await createCluster();
    await cluster.element(1);
    const user = await cluster.user(1);
    const pool = await cluster.settle(user.resolve('TestPool'));
    const [element] = pool.elements;
    user.reportFailure('TestPool', element?.identifier ?? 0);
    await cluster.clock.advance(100);
    expect(cluster.received).toContainEqual(
      expect.objectContaining({ type: 'ASAP_ENDPOINT_UNREACHABLE', poolElementIdentifier: 1 }),
    );
  });
});

describe('signals and closing', () => {
  test('a signal gives up a resolution with its reason', async () => {
    const cluster = await createCluster();
    cluster.network.hang('10.0.0.1');
    const user = await cluster.user(1);
    const abort = new AbortController();
    const resolving = user.resolve('TestPool', { signal: abort.signal });
    await cluster.clock.advance(50);
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(resolving).rejects.toBe(reason);
    await expect(user.resolve('TestPool', { signal: abort.signal })).rejects.toBe(reason);
  });

  test('a signal gives up a connection, and the session with it', async () => {
    const cluster = await createCluster();
    const user = await cluster.user(1);
    const abort = new AbortController();
    const types: string[] = [];
    const connecting = user.connect('TestPool', {
      signal: abort.signal,
      onEvent: ({ type }) => types.push(type),
    });
    await cluster.clock.advance(500);
    abort.abort();
    await expect(connecting).rejects.toMatchObject({ name: 'AbortError' });
    expect(types.at(-1)).toBe('closed');
    const before = types.length;
    await cluster.clock.advance(20_000);
    expect(types).toHaveLength(before);
  });

  test('a signal gives up waiting for room', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    void element.serve(serveCounter);
    const user = await cluster.user(1, { limits: { sendHighWaterMarkBytes: 10 } });
    const session = await cluster.settle(user.connect('TestPool'));
    cluster.network.kill(elementHost(1));
    await cluster.clock.advance(50);
    session.send(new Uint8Array(20));
    const abort = new AbortController();
    const waiting = session.writable({ signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('closing a session delivers what was sent, over a failover that is under way', async () => {
    const cluster = await createCluster();
    const first = await cluster.element(1);
    void first.serve(serveCounter);
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    cluster.network.kill(elementHost(1));
    await cluster.clock.advance(50);
    session.send('a');
    session.send('b');
    const closing = session.close();
    let taken = 0;
    const second = await cluster.element(2);
    void second.serve(async (served) => {
      for await (const _message of served) taken += 1;
    });
    await cluster.settle(closing);
    await cluster.clock.advance(50);
    expect(taken).toBe(2);
    expect(session.state).toBe('closed');
    expect(() => session.send('c')).toThrow('ERR_RSERPOOL_SESSION_CLOSED');
  });

  test('closing a session says so where messages could not be delivered in time', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    void element.serve(serveCounter);
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    cluster.network.kill(elementHost(1));
    await cluster.clock.advance(50);
    session.send('a');
    await expect(cluster.settle(session.close())).rejects.toMatchObject({ code: 'ERR_RSERPOOL_UNDELIVERED' });
  });

  test('the loop over the messages ends when the session is closed', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    void element.serve(serveCounter);
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    const next = nextText(session);
    await cluster.settle(session.close());
    expect(await next).toBeUndefined();
  });

  test('closing the pool user closes its sessions, and ends everything that waits', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    void element.serve(serveCounter);
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    cluster.network.hang('10.0.0.1');
    const resolving = user.resolve('TestPool').catch((thrown: unknown) => thrown);
    await cluster.settle(user.close());
    expect(session.state).toBe('closed');
    expect(await resolving).toMatchObject({ code: 'ERR_RSERPOOL_POOL_USER_CLOSED' });
    await expect(user.resolve('TestPool')).rejects.toMatchObject({ code: 'ERR_RSERPOOL_POOL_USER_CLOSED' });
    await cluster.clock.advance(1_000);
    expect(element.sessionCount).toBe(0);
  });

  test('a resolution that is refused at once leaves nothing for the closing to reject', async () => {
    const cluster = await createCluster();
    const user = await cluster.user(1);
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => {
      unhandled.push(reason);
    };
    process.on('unhandledRejection', note);
    await expect(user.resolve('TestPool', { items: 0 })).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_INVALID_ARGUMENT',
    });
    await cluster.settle(user.close());
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  test('sessions of one pool user with one element are separate', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    void element.serve(serveCounter);
    const user = await cluster.user(1);
    const first = await cluster.settle(user.connect('TestPool'));
    const second = await cluster.settle(user.connect('TestPool'));
    first.send('+');
    first.send('+');
    second.send('+');
    expect(await cluster.settle(nextText(first))).toBe('1');
    expect(await cluster.settle(nextText(first))).toBe('2');
    expect(await cluster.settle(nextText(second))).toBe('1');
    expect(element.sessionCount).toBe(2);
  });

  test('refuses what cannot be sent', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    void element.serve(serveCounter);
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    expect(() => session.send('x', { payloadProtocolIdentifier: 11 })).toThrow('belongs to ASAP');
    expect(() => session.send('x', { stream: 65_536 })).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
    expect(() => session.send(new Uint8Array(64 * 1024 * 1024))).toThrow('ERR_RSERPOOL_MESSAGE_TOO_LONG');
  });
});

test('events are published on diagnostics channels', async () => {
  const cluster = await createCluster();
  const element = await cluster.element(1);
  void element.serve(serveCounter);
  const messages: DiagnosticsMessage[] = [];
  const listener = (message: unknown): void => {
    messages.push(message as DiagnosticsMessage);
  };
  subscribe('rserpool:session:connected', listener);
  try {
    const user = await cluster.user(1);
    await cluster.settle(user.connect('TestPool'));
  } finally {
    unsubscribe('rserpool:session:connected', listener);
  }
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatchObject({
    poolHandle: 'TestPool',
    event: { type: 'connected', controlChannel: true },
  });
});

import { parseIpAddress } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { type Cluster, createCluster, elementHost, serveCounter, textOf } from './testing/cluster.fixture.ts';
import { nextText } from './testing/next.fixture.ts';
import type { ServedSession } from './served-session.ts';

/** The first session that an element is asked to serve; it answers each message. */
async function serveOne(cluster: Cluster, host: number) {
  const element = await cluster.element(host);
  const sessions: ServedSession[] = [];
  void element.serve(async (session) => {
    sessions.push(session);
    for await (const message of session) session.send(message.data);
  });
  return { element, sessions };
}

describe('RFC 5352 section 3.9: a pool user that is a pool element, too', () => {
  test('sends its card when the communication begins, and the element learns of its pool', async () => {
    const cluster = await createCluster();
    const { sessions } = await serveOne(cluster, 1);
    const own = await cluster.element(2, { poolHandle: 'OwnPool' });
    const user = await cluster.user(1, { poolElement: own });
    const session = await cluster.settle(user.connect('TestPool'));
    session.send('hello');
    await cluster.settle(nextText(session));
    expect(sessions[0]?.userCard).toMatchObject({
      poolElements: [{ identifier: 2, userTransport: { port: 7000 } }],
    });
    expect(textOf(sessions[0]?.userCard?.poolHandle)).toBe('OwnPool');
  });

  test('updates its order of failover at any time, and tells it to later elements as well', async () => {
    const cluster = await createCluster();
    const { element, sessions } = await serveOne(cluster, 1);
    const own = await cluster.element(2, { poolHandle: 'OwnPool' });
    const backup = await cluster.element(3, { poolHandle: 'OwnPool' });
    const user = await cluster.user(1, { poolElement: own });
    const session = await cluster.settle(user.connect('TestPool'));
    session.send('hello');
    await cluster.settle(nextText(session));
    const order = [...(backup.businessCard?.poolElements ?? []), ...(own.businessCard?.poolElements ?? [])];
    session.recommendFailoverOrder(order);
    await cluster.clock.advance(10);
    expect(sessions[0]?.userCard?.poolElements.map(({ identifier }) => identifier)).toEqual([3, 2]);
    session.forceFailover();
    await cluster.clock.advance(2000);
    session.send('again');
    await cluster.settle(nextText(session));
    expect(sessions[1]?.userCard?.poolElements.map(({ identifier }) => identifier)).toEqual([3, 2]);
    expect(element.sessionCount).toBe(1);
    expect(() => session.recommendFailoverOrder([])).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
  });

  test('one that is none sends no card', async () => {
    const cluster = await createCluster();
    const { sessions } = await serveOne(cluster, 1);
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    session.send('hello');
    await cluster.settle(nextText(session));
    expect(sessions[0]?.userCard).toBeUndefined();
    expect(() => session.recommendFailoverOrder([])).toThrow('ERR_RSERPOOL_INVALID_STATE');
  });

  test('BC1 and 6.6: an element resolves the pool of the card, and knows who its user is', async () => {
    const cluster = await createCluster();
    const { element, sessions } = await serveOne(cluster, 1);
    const back = await cluster.user(2, { poolElement: element, staleCacheValueMs: 60_000 });
    const own = await cluster.element(2, {
      poolHandle: 'OwnPool',
      listen: { addresses: ['10.0.1.2'], port: 7100 },
    });
    const user = await cluster.user(1, { poolElement: own });
    const session = await cluster.settle(user.connect('TestPool'));
    session.send('hello');
    await cluster.settle(nextText(session));
    await cluster.clock.advance(100);
    const resolved = cluster.received.filter(
      (message) => message.type === 'ASAP_HANDLE_RESOLUTION' && textOf(message.poolHandle) === 'OwnPool',
    );
    expect(resolved).toHaveLength(1);
    expect((await cluster.settle(back.resolve('OwnPool'))).fromCache).toBe(true);
    expect(sessions).toHaveLength(1);
    const remote = { addresses: [parseIpAddress(elementHost(2))], port: own.port };
    expect(back.elementAt(remote)).toMatchObject({ element: { identifier: 2 } });
    expect(back.elementAt({ ...remote, addresses: [Uint8Array.of(192, 0, 2, 1)] })).toBeUndefined();
  });

  test('BC2: whoever follows a lost user goes by the order of its card', async () => {
    const cluster = await createCluster();
    await cluster.element(1, { poolHandle: 'OwnPool' });
    await cluster.element(2, { poolHandle: 'OwnPool' });
    const third = await cluster.element(3, { poolHandle: 'OwnPool' });
    void third.serve(serveCounter);
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('OwnPool', { preferredOrder: [9, 3, 1] }));
    expect(session.element?.identifier).toBe(3);
  });
});

describe('RFC 5352 section 3.9: cards of an element', () => {
  test('BC1: the pool of its card is resolved where the cache does not know it', async () => {
    const cluster = await createCluster();
    const { element } = await serveOne(cluster, 1);
    const user = await cluster.user(1, { staleCacheValueMs: 60_000 });
    const { elements } = await cluster.settle(user.resolve('TestPool', { items: 1 }));
    user.purgeCache('TestPool');
    const [first] = elements;
    if (first === undefined) throw new Error('the pool is empty');
    cluster.received.length = 0;
    const session = await cluster.settle(
      user.connect({ poolHandle: 'TestPool', element: first }, { failover: false }),
    );
    expect(session.element?.identifier).toBe(element.identifier);
    await cluster.clock.advance(100);
    expect(cluster.received.map(({ type }) => type)).toContain('ASAP_HANDLE_RESOLUTION');
    expect((await cluster.settle(user.resolve('TestPool'))).fromCache).toBe(true);
  });
});

describe('RFC 5352 section 6.6: data.received', () => {
  test('each message names the element that sent it, before and after a failover', async () => {
    const cluster = await createCluster();
    for (const host of [1, 2]) void (await cluster.element(host)).serve(serveCounter);
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    const sender = async () => {
      session.send('+');
      const { value } = await cluster.settle(session[Symbol.asyncIterator]().next());
      return value?.sender;
    };
    expect(await sender()).toMatchObject({
      element: { identifier: 1, addresses: ['10.0.1.1'], port: 7000 },
    });
    cluster.network.kill(elementHost(1));
    await cluster.clock.advance(500);
    const second = await sender();
    expect(second?.element.identifier).toBe(2);
    expect(textOf(second?.poolHandle)).toBe('TestPool');
  });
});

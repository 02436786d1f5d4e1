import { describe, expect, test } from 'vitest';
import type { LocalPoolElement, PoolElementOptions } from './local-pool-element.ts';
import type { PoolUser } from './pool-user.ts';
import { type Cluster, createCluster, elementHost, textOf } from './testing/cluster.fixture.ts';

/** Elements that keep what they get, and answer it with their number. */
async function serve(cluster: Cluster, hosts: readonly number[], options: Partial<PoolElementOptions> = {}) {
  const got = new Map<number, string[]>();
  const elements = new Map<number, LocalPoolElement>();
  for (const host of hosts) {
    const messages: string[] = [];
    got.set(host, messages);
    const element = await cluster.element(host, options);
    elements.set(host, element);
    void element.serve(async (session) => {
      for await (const message of session) {
        messages.push(textOf(message.data));
        session.send(`${host}: ${textOf(message.data)}`);
      }
    });
  }
  return { elements, of: (host: number) => got.get(host) ?? [] };
}

async function nextMessage(cluster: Cluster, user: PoolUser) {
  const { value } = await cluster.settle(user.messages()[Symbol.asyncIterator]().next());
  return value;
}

describe('RFC 5352 section 6.5: data_send_request', () => {
  test('6.5.1: single messages to a pool go to its elements in turn, and the answers name their senders', async () => {
    const cluster = await createCluster();
    const got = await serve(cluster, [1, 2]);
    const user = await cluster.user(1, { staleCacheValueMs: 60_000 });
    const first = await cluster.settle(user.send('TestPool', 'a'));
    const second = await cluster.settle(user.send('TestPool', 'b'));
    expect([first, second].map(({ to }) => to[0]?.handle?.element.identifier)).toEqual([1, 2]);
    const answer = await nextMessage(cluster, user);
    expect(textOf(answer?.data)).toBe('1: a');
    expect(answer?.sender).toMatchObject({ handle: { element: { identifier: 1 } }, remote: { port: 7000 } });
    await cluster.clock.advance(100);
    expect([got.of(1), got.of(2)]).toEqual([['a'], ['b']]);
  });

  test('6.5.5: another element gets a message whose element has died; without failover it comes back', async () => {
    const cluster = await createCluster();
    const got = await serve(cluster, [1, 2]);
    const user = await cluster.user(1, { staleCacheValueMs: 60_000 });
    const { elements } = await cluster.settle(user.resolve('TestPool'));
    const [dead] = elements;
    if (dead === undefined) throw new Error('the pool is empty');
    cluster.network.kill(elementHost(dead.identifier));
    const handle = { poolHandle: 'TestPool', element: dead };
    const returned: string[] = [];
    user.on('deliveryFailed', ({ message }) => returned.push(textOf(message.data)));
    await expect(cluster.settle(user.send(handle, 'b', { failover: false }))).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_UNDELIVERED',
      cause: { code: 'ERR_RSERPOOL_ELEMENT_UNREACHABLE' },
    });
    expect(returned).toEqual(['b']);
    const { to } = await cluster.settle(user.send(handle, 'a'));
    expect(to[0]?.handle?.element.identifier).toBe(2);
    await cluster.clock.advance(100);
    expect(got.of(2)).toEqual(['a']);
    expect(cluster.received.map(({ type }) => type)).toContain('ASAP_ENDPOINT_UNREACHABLE');
  });

  test('6.5.5: a message that was under way when its element died goes to another one', async () => {
    const cluster = await createCluster();
    const got = await serve(cluster, [1, 2]);
    const user = await cluster.user(1, { staleCacheValueMs: 60_000 });
    await cluster.settle(user.send('TestPool', 'a'));
    await cluster.clock.advance(100);
    cluster.network.partition([[elementHost(1)], ['10.0.0.1', elementHost(2), '10.0.2.1']]);
    await cluster.settle(user.send('TestPool', 'b', { toLast: true }));
    await cluster.clock.advance(2000);
    expect(got.of(1)).toEqual(['a']);
    expect(got.of(2)).toEqual(['b']);
  });

  test('6.5.5: to all, without the own element and with it', async () => {
    const cluster = await createCluster();
    const got = await serve(cluster, [1, 2, 3]);
    const own = got.elements.get(2);
    if (own === undefined) throw new Error('there is no element 2');
    const user = await cluster.user(1, { poolElement: own });
    const { to, failures } = await cluster.settle(user.send('TestPool', 'a', { toAll: true }));
    expect(new Set(to.map(({ handle }) => handle?.element.identifier))).toEqual(new Set([1, 3]));
    expect(failures).toEqual([]);
    await cluster.clock.advance(100);
    cluster.network.kill(elementHost(3));
    await cluster.clock.advance(10);
    const second = await cluster.settle(user.send('TestPool', 'b', { toAll: true, toSelf: true }));
    expect(new Set(second.to.map(({ handle }) => handle?.element.identifier))).toEqual(new Set([1, 2]));
    await cluster.clock.advance(100);
    expect([got.of(1), got.of(2), got.of(3)]).toEqual([['a', 'b'], ['b'], ['a']]);
  });

  test('6.5.4: to a transport address, past the registrar; the cache names the sender where it knows it', async () => {
    const cluster = await createCluster();
    const got = await serve(cluster, [1]);
    const user = await cluster.user(1, { staleCacheValueMs: 60_000 });
    const address = { transportAddress: `${elementHost(1)}:7000` };
    cluster.received.length = 0;
    const { to } = await cluster.settle(user.send(address, 'a'));
    expect(to).toMatchObject([{ handle: undefined, remote: { port: 7000 } }]);
    await cluster.clock.advance(100);
    expect(got.of(1)).toEqual(['a']);
    expect(cluster.received.map(({ type }) => type)).not.toContain('ASAP_HANDLE_RESOLUTION');
    expect((await nextMessage(cluster, user))?.sender.handle).toBeUndefined();

    const other = await cluster.user(2, { staleCacheValueMs: 60_000 });
    await cluster.settle(other.populateCache('TestPool'));
    await cluster.settle(other.send(address, 'b'));
    expect((await nextMessage(cluster, other))?.sender.handle).toMatchObject({ element: { identifier: 1 } });
  });

  test('6.3: populateCache asks a registrar, and does nothing without a cache', async () => {
    const cluster = await createCluster();
    await serve(cluster, [1]);
    const user = await cluster.user(1, { staleCacheValueMs: 60_000 });
    await cluster.settle(user.populateCache('TestPool'));
    expect((await cluster.settle(user.resolve('TestPool'))).fromCache).toBe(true);
    cluster.received.length = 0;
    const other = await cluster.user(2);
    await cluster.settle(other.populateCache('TestPool'));
    expect(cluster.received.map(({ type }) => type)).not.toContain('ASAP_HANDLE_RESOLUTION');
    await expect(cluster.settle(user.populateCache('NoPool'))).rejects.toThrow(
      'ERR_RSERPOOL_UNKNOWN_POOL_HANDLE',
    );
  });

  test('answers that nobody takes hold up their senders, and no more than that', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    let sent = 0;
    void element.serve(async (session) => {
      for await (const _message of session) {
        while (session.send(new Uint8Array(10_000))) sent += 1;
      }
    });
    const user = await cluster.user(1, { receiveHighWaterMarkBytes: 30_000 });
    await cluster.settle(user.send('TestPool', 'go'));
    await cluster.clock.advance(1000);
    const held = sent;
    const messages = user.messages()[Symbol.asyncIterator]();
    for (let count = 0; count < 10; count += 1) await cluster.settle(messages.next());
    await cluster.clock.advance(1000);
    expect(held).toBeLessThan(1000);
    await cluster.settle(user.close());
    const rest: unknown[] = [];
    for await (const message of user.messages()) rest.push(message);
    expect(rest.length).toBeLessThan(20);
  });

  test('a signal takes a message back that waits, and closing fails it', async () => {
    const cluster = await createCluster();
    await serve(cluster, [1]);
    const user = await cluster.user(1);
    cluster.network.hang('10.0.0.1');
    const abort = new AbortController();
    const sent = user.send('TestPool', 'a', { signal: abort.signal });
    const other = user.send('TestPool', 'b');
    const reason = new Error('no longer wanted');
    abort.abort(reason);
    await expect(sent).rejects.toBe(reason);
    const closing = user.close();
    await expect(cluster.settle(other)).rejects.toThrow('ERR_RSERPOOL_POOL_USER_CLOSED');
    await cluster.settle(closing);
    await expect(user.send('TestPool', 'c')).rejects.toThrow('ERR_RSERPOOL_POOL_USER_CLOSED');
  });

  test.each([
    ['toSelf without toAll', 'TestPool', { toSelf: true }],
    ['toLast with toAll', 'TestPool', { toLast: true, toAll: true }],
    ['toAll to an address', { transportAddress: '192.0.2.1:7000' }, { toAll: true }],
    ['an address without a port', { transportAddress: '192.0.2.1' }, {}],
    ['an empty pool handle', '', {}],
    ['the payload protocol identifier of ASAP', 'TestPool', { payloadProtocolIdentifier: 11 }],
  ])('%s is an error that says what to do', async (_name, destination, options) => {
    const cluster = await createCluster();
    const user = await cluster.user(1);
    await expect(user.send(destination, 'x', options)).rejects.toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
  });
});

import { describe, expect, test } from 'vitest';
import type { LocalPoolElementEvent } from './local-pool-element.ts';
import type { SessionEvent } from './machine/session-event.ts';
import { type Cluster, createCluster, elementHost, serveCounter } from './testing/cluster.fixture.ts';
import { nextText } from './testing/next.fixture.ts';

const key = new Uint8Array(32).fill(1);
const otherKey = new Uint8Array(32).fill(2);

/** An element with these keys, and what happens to it. */
async function serve(cluster: Cluster, host: number, keys: readonly Uint8Array[]) {
  const element = await cluster.element(host, { cookieKeys: keys });
  const refusals: LocalPoolElementEvent[] = [];
  element.on('cookieRefused', (event) => refusals.push(event));
  void element.serve(serveCounter);
  return { element, refusals };
}

describe('RFC 5352 section 3.8: signed cookies', () => {
  test('a session goes on with a cookie that another element with the same key has signed', async () => {
    const cluster = await createCluster();
    await serve(cluster, 1, [key]);
    await serve(cluster, 2, [otherKey, key]);
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    session.send('+');
    expect(await cluster.settle(nextText(session))).toBe('1');
    expect(session.element?.identifier).toBe(1);
    cluster.network.kill(elementHost(1));
    await cluster.clock.advance(500);
    session.send('+');
    expect(await cluster.settle(nextText(session))).toBe('2');
  });

  test('a forged cookie is refused: no session begins, and the user is told why', async () => {
    const cluster = await createCluster();
    const { element, refusals } = await serve(cluster, 1, [key]);
    const user = await cluster.user(1, { timing: { maximumFailoverAttempts: 2 } });
    const events: SessionEvent[] = [];
    const session = await cluster.settle(
      user.connect('TestPool', {
        cookie: new TextEncoder().encode('1000000'),
        onEvent: (event) => events.push(event),
      }),
    );
    session.send('+');
    const failure = await cluster.settle(nextText(session)).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'ERR_RSERPOOL_SESSION_FAILED',
      cause: { code: 'ERR_RSERPOOL_ELEMENT_UNREACHABLE', message: expect.stringContaining('cookie-refused') },
    });
    expect(events.filter(({ type }) => type === 'elementLost')).toMatchObject([
      { reason: 'cookie-refused' },
      { reason: 'cookie-refused' },
    ]);
    // The element is well: nothing is reported about it.
    expect(cluster.received.map(({ type }) => type)).not.toContain('ASAP_ENDPOINT_UNREACHABLE');
    expect(refusals).toEqual([
      { type: 'cookieRefused', reason: 'unsigned' },
      { type: 'cookieRefused', reason: 'unsigned' },
    ]);
    expect(element.cookiesRefused).toBe(2);
    expect(element.sessionCount).toBe(0);
  });

  test('an element with another key is passed over for one that knows the signature', async () => {
    const cluster = await createCluster();
    await serve(cluster, 1, [key]);
    const { refusals } = await serve(cluster, 2, [otherKey]);
    await serve(cluster, 3, [key]);
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool', { resend: 'sinceCookie' }));
    session.send('+');
    expect(await cluster.settle(nextText(session))).toBe('1');
    cluster.network.kill(elementHost(session.element?.identifier ?? 0));
    session.send('+');
    expect(await cluster.settle(nextText(session))).toBe('2');
    expect(refusals).toEqual([{ type: 'cookieRefused', reason: 'forged' }]);
    expect(session.element?.identifier).toBe(3);
  });

  test.each([
    ['no key', { cookieKeys: [] }],
    ['a short key', { cookieKeys: [new Uint8Array(31)] }],
    ['an age without keys', { cookieMaximumAgeMs: 1000 }],
    ['an age that is not positive', { cookieKeys: [key], cookieMaximumAgeMs: 0 }],
  ])('%s is an error that says what to do', async (_name, options) => {
    const cluster = await createCluster();
    await expect(cluster.element(1, options)).rejects.toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
  });
});

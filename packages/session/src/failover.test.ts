import { RserpoolError } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import type { SessionEvent } from './machine/session-event.ts';
import { sessionTimingProfiles } from './machine/session-timing.ts';
import type { PoolUser, PoolUserOptions } from './pool-user.ts';
import type { Session } from './session.ts';
import { type Cluster, createCluster, elementHost, serveCounter } from './testing/cluster.fixture.ts';
import { nextText } from './testing/next.fixture.ts';

async function start(elements: number): Promise<Cluster> {
  const cluster = await createCluster();
  for (let host = 1; host <= elements; host += 1) {
    const element = await cluster.element(host);
    void element.serve(serveCounter);
  }
  return cluster;
}

async function connect(
  cluster: Cluster,
  options?: Parameters<PoolUser['connect']>[1],
  userOptions?: Partial<PoolUserOptions>,
): Promise<{ session: Session; events: SessionEvent[]; count: () => Promise<string | undefined> }> {
  const events: SessionEvent[] = [];
  const user = await cluster.user(1, userOptions);
  const connecting = user.connect('TestPool', {
    resend: 'sinceCookie',
    onEvent: (event) => events.push(event),
    ...options,
  });
  const session = await cluster.settle(connecting);
  const count = async (): Promise<string | undefined> => {
    session.send('+');
    return await cluster.settle(nextText(session));
  };
  return { session, events, count };
}

function eventOf<Type extends SessionEvent['type']>(
  events: readonly SessionEvent[],
  type: Type,
): Extract<SessionEvent, { type: Type }> {
  const event = events.find((candidate) => candidate.type === type);
  expect(event, `event ${type}`).toBeDefined();
  return event as Extract<SessionEvent, { type: Type }>;
}

describe('RFC 5352 section 3.8: a session goes on with its cookie', () => {
  test('when the process of its element is killed, at once', async () => {
    const cluster = await start(3);
    const { session, events, count } = await connect(cluster);
    expect([await count(), await count(), await count()]).toEqual(['1', '2', '3']);

    const first = session.element?.identifier ?? 0;
    const killedAt = cluster.clock.now();
    cluster.network.kill(elementHost(first));

    expect(await count()).toBe('4');
    expect(session.element?.identifier).not.toBe(first);
    expect(cluster.clock.now() - killedAt).toBeLessThan(50);
    expect(eventOf(events, 'elementLost').reason).toBe('reset');
    expect(eventOf(events, 'failoverComplete')).toMatchObject({ withCookie: true, resentMessages: 1 });
  });

  test.each([
    ['rfc', 1_500],
    ['lan', 400],
  ] as const)('when its element hangs: profile %s notices it within %d ms', async (profile, limitMs) => {
    const cluster = await start(2);
    const { session, events, count } = await connect(cluster, {}, { profile });
    await count();
    await cluster.clock.advance(777);
    const first = session.element?.identifier ?? 0;
    const hungAt = cluster.clock.now();
    cluster.network.hang(elementHost(first));
    await cluster.clock.runUntil(() => events.some(({ type }) => type === 'elementLost'), 5_000);

    const { heartbeatIntervalMs, heartbeatMaximumMissed } = sessionTimingProfiles[profile];
    expect(cluster.clock.now() - hungAt).toBeLessThanOrEqual(limitMs);
    expect(eventOf(events, 'elementLost').reason).toBe('heartbeat');
    expect(eventOf(events, 'elementLost').detectMs).toBeLessThanOrEqual(
      heartbeatIntervalMs * heartbeatMaximumMissed,
    );
    expect(await count()).toBe('2');
  });

  test('when the application forces it, and with one element only it comes back to that', async () => {
    const cluster = await start(1);
    const { session, events, count } = await connect(cluster);
    await count();
    session.forceFailover();
    expect(await count()).toBe('2');
    expect(eventOf(events, 'failoverComplete')).toMatchObject({ withCookie: true });
    expect(events.some(({ type }) => type === 'reportedUnreachable')).toBe(false);
    expect(events.some(({ type }) => type === 'retry')).toBe(true);
  });

  test('through the loss of all elements but the last, one after the other', async () => {
    const cluster = await start(5);
    const { session, count } = await connect(cluster);
    const sums: (string | undefined)[] = [];
    for (let round = 0; round < 5; round += 1) {
      sums.push(await count());
      if (round < 4) cluster.network.kill(elementHost(session.element?.identifier ?? 0));
    }
    expect(sums).toEqual(['1', '2', '3', '4', '5']);
  });

  test('of an earlier session, where the application kept it', async () => {
    const cluster = await start(2);
    const { count } = await connect(cluster, { cookie: new TextEncoder().encode('41') });
    expect(await count()).toBe('42');
  });
});

describe('RFC 5352 section 3.8: without a control channel', () => {
  test('a session fails over without a cookie', async () => {
    const cluster = await createCluster();
    for (const host of [1, 2]) {
      const element = await cluster.element(host, { controlChannel: false });
      void element.serve(serveCounter);
    }
    const { session, events, count } = await connect(cluster);
    expect([await count(), await count()]).toEqual(['1', '2']);
    cluster.network.kill(elementHost(session.element?.identifier ?? 0));
    await cluster.clock.advance(100);
    expect(await count()).toBe('1');
    expect(session.cookie).toBeUndefined();
    expect(eventOf(events, 'failoverComplete').withCookie).toBe(false);
  });
});

describe('RFC 5352 section 3.5: a session reports', () => {
  test('a killed element once, and the registrar removes it', async () => {
    const cluster = await start(3);
    const { session, count } = await connect(cluster);
    await count();
    const lost = session.element?.identifier ?? 0;
    cluster.network.kill(elementHost(lost));
    await count();
    await cluster.clock.advance(2_000);
    const reports = cluster.received.filter(({ type }) => type === 'ASAP_ENDPOINT_UNREACHABLE');
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({ poolElementIdentifier: lost });
    expect(cluster.handlespace.elementCount).toBe(2);
  });
});

describe('a session that cannot go on fails', () => {
  test('with the last attempt as the cause when all elements are dead', async () => {
    const cluster = await start(3);
    const { session, events, count } = await connect(cluster);
    await count();
    const killedAt = cluster.clock.now();
    for (const host of [1, 2, 3]) cluster.network.kill(elementHost(host));
    const error: unknown = await cluster.settle(nextText(session)).catch((thrown: unknown) => thrown);

    expect(RserpoolError.is(error, 'ERR_RSERPOOL_SESSION_FAILED')).toBe(true);
    expect(RserpoolError.is((error as Error).cause)).toBe(true);
    expect(cluster.clock.now() - killedAt).toBeLessThanOrEqual(10_050);
    expect(session.state).toBe('failed');
    expect(eventOf(events, 'failed').failure.attempts).toBeGreaterThan(3);
    expect(() => session.send('+')).toThrow('ERR_RSERPOOL_SESSION_FAILED');
    await session.close();
  });

  test('when its pool does not exist', async () => {
    const cluster = await createCluster();
    const user = await cluster.user(1, { timing: { connectTimeoutMs: 3_000 } });
    const error: unknown = await cluster.settle(user.connect('Nowhere')).catch((thrown: unknown) => thrown);
    expect(RserpoolError.is(error, 'ERR_RSERPOOL_SESSION_FAILED')).toBe(true);
    expect(RserpoolError.is((error as Error).cause, 'ERR_RSERPOOL_UNKNOWN_POOL_HANDLE')).toBe(true);
    expect(cluster.clock.now()).toBeLessThanOrEqual(3_100);
  });

  test('when no transport reaches the elements', async () => {
    const cluster = await start(1);
    const user = await cluster.user(1, {
      sessionTransports: { tcp: cluster.network.transport('10.0.2.1') },
      timing: { connectTimeoutMs: 2_000 },
    });
    const error: unknown = await cluster.settle(user.connect('TestPool')).catch((thrown: unknown) => thrown);
    expect(RserpoolError.is((error as Error).cause, 'ERR_RSERPOOL_NO_USABLE_ELEMENT')).toBe(true);
  });
});

test('a session waits for a pool that is still being started', async () => {
  const cluster = await createCluster();
  const user = await cluster.user(1);
  const connecting = user.connect('TestPool');
  await cluster.clock.advance(2_500);
  const element = await cluster.element(1);
  void element.serve(serveCounter);
  const session = await cluster.settle(connecting);
  expect(session.element?.identifier).toBe(1);
  expect(session.element?.addresses).toEqual([elementHost(1)]);
});

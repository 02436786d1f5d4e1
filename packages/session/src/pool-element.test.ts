import { RserpoolError, seededRandom } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { createPoolElement } from './create-pool-element.ts';
import type { PoolElementOptions } from './local-pool-element.ts';
import type { SessionEvent } from './machine/session-event.ts';
import type { ServedSession } from './served-session.ts';
import { createCluster, elementHost, serveCounter, textOf } from './testing/cluster.fixture.ts';
import { nextText } from './testing/next.fixture.ts';

describe('RFC 5352 section 3.1: registration', () => {
  test('R1: the port where the element listens is the one that the registrar knows it by', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    expect(element.registrationState).toBe('registered');
    const reference = cluster.handlespace.find(element.poolHandle, element.identifier) ?? -1;
    const known = cluster.handlespace.poolElement(reference);
    expect(known.userTransport).toMatchObject({ protocol: 'sctp', port: element.port, transportUse: 1 });
    expect(known.asapTransport).toMatchObject({ port: element.port });
  });

  test('R2.2: the identifier is drawn at random from the whole range', async () => {
    const { network } = await createCluster();
    const identifiers = new Set<number>();
    const random = seededRandom(7);
    for (let host = 1; host <= 20; host += 1) {
      const { transport, clock } = network.host(elementHost(host));
      const options = { transport, clock, poolHandle: 'TestPool', registrars: ['10.0.0.1:3863'] };
      identifiers.add((await createPoolElement({ ...options, random })).identifier);
    }
    expect(identifiers.size).toBe(20);
    expect(identifiers).not.toContain(0);
    expect([...identifiers].reduce((all, one) => (all | one) >>> 0, 0)).toBeGreaterThan(0x7fffffff);
  });

  test('a rejection ends the attempts with the causes of the registrar', async () => {
    const cluster = await createCluster();
    await cluster.element(1);
    const own = cluster.network.host(elementHost(2));
    const element = await createPoolElement({
      transport: own.transport,
      clock: own.clock,
      poolHandle: 'TestPool',
      policy: { type: 'random' },
      registrars: ['10.0.0.1:3863'],
      profile: 'lan',
    });
    const error: unknown = await cluster.settle(element.registered()).catch((thrown: unknown) => thrown);
    expect(RserpoolError.is(error, 'ERR_RSERPOOL_REGISTRATION_REJECTED')).toBe(true);
    expect((error as Error).message).toContain('0x5');
    expect(element.registrationState).toBe('failed');
    element.updatePolicy({ type: 'roundRobin' });
    element.register();
    await cluster.settle(element.registered());
    expect(cluster.handlespace.elementCount).toBe(2);
  });

  test('a changed load is told to the registrar at once', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1, { policy: { type: 'leastUsed', load: 0 } });
    element.setLoad(0.5);
    await cluster.clock.advance(50);
    const reference = cluster.handlespace.find(element.poolHandle, element.identifier) ?? -1;
    expect(cluster.handlespace.poolElement(reference).policy).toEqual({
      type: 'leastUsed',
      load: 0x80000000,
    });
    const other = await cluster.element(2, { poolHandle: 'Other' });
    expect(() => {
      other.setLoad(0.5);
    }).toThrow('ERR_RSERPOOL_INVALID_STATE');
  });

  test('RFC 5352 section 3.4: keep-alives are answered on the port that serves sessions', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    void element.serve(serveCounter);
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    session.send('+');
    await cluster.clock.advance(10_000);
    expect(cluster.handlespace.elementCount).toBe(1);
    expect(cluster.received.some(({ type }) => type === 'ASAP_ENDPOINT_KEEP_ALIVE_ACK')).toBe(true);
    expect(await cluster.settle(nextText(session))).toBe('1');
  });

  test('nobody answers: the element says so', async () => {
    const cluster = await createCluster();
    cluster.network.hang('10.0.0.1');
    const own = cluster.network.host(elementHost(1));
    const element = await createPoolElement({
      transport: own.transport,
      clock: own.clock,
      poolHandle: 'TestPool',
      registrars: ['10.0.0.1:3863'],
      profile: 'lan',
      asapTiming: { maximumServerHuntRounds: 2, maximumRegistrationAttempts: 2 },
    });
    const error: unknown = await cluster.settle(element.registered()).catch((thrown: unknown) => thrown);
    expect(RserpoolError.is(error, 'ERR_RSERPOOL_REGISTRATION_FAILED')).toBe(true);
  });
});

describe('RFC 5352 section 3.8: a served session', () => {
  test('knows the restored state before the first message, which a new session has not', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    const states: (string | undefined)[] = [];
    void element.serve(async (session) => {
      states.push(session.restoredState === undefined ? undefined : textOf(session.restoredState));
      for await (const message of session) session.send(message.data);
    });
    const user = await cluster.user(1);
    const fresh = await cluster.settle(user.connect('TestPool'));
    fresh.send('hello');
    await cluster.settle(nextText(fresh));
    const restored = await cluster.settle(user.connect('TestPool', { cookie: new Uint8Array([0x41]) }));
    restored.send('hello');
    await cluster.settle(nextText(restored));
    expect(states).toEqual([undefined, 'A']);
  });

  test('carries payload protocol identifiers, streams and order both ways', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    void element.serve(async (session) => {
      for await (const { data, ...how } of session) session.send(data, how);
    });
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    session.send('x', { payloadProtocolIdentifier: 0x29097606, stream: 3, unordered: true });
    const result = await cluster.settle(session[Symbol.asyncIterator]().next());
    expect(result.value).toMatchObject({ payloadProtocolIdentifier: 0x29097606, stream: 3, unordered: true });
  });

  test('cannot set cookies without a control channel', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1, { controlChannel: false });
    let error: unknown;
    void element.serve(async (session) => {
      try {
        session.setCookie('state');
      } catch (thrown) {
        error = thrown;
      }
      await session[Symbol.asyncIterator]().next();
    });
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    session.send('hello');
    await cluster.clock.advance(50);
    expect(RserpoolError.is(error, 'ERR_RSERPOOL_NO_CONTROL_CHANNEL')).toBe(true);
  });

  test('ends when its user is gone', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    const ends: string[] = [];
    void element.serve(async (session) => {
      session.on('ended', ({ reason }) => ends.push(reason));
      for await (const message of session) session.send(message.data);
    });
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    session.send('hello');
    await cluster.clock.advance(50);
    expect(element.sessionCount).toBe(1);
    cluster.network.kill('10.0.2.1');
    await cluster.clock.advance(50);
    expect(ends).toEqual(['reset']);
    expect(element.sessionCount).toBe(0);
  });

  test('whose user leaves while it is being served ends without an error', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    const errors: unknown[] = [];
    const closed: string[] = [];
    void element.serve(
      async (session) => {
        await session[Symbol.asyncIterator]().next();
        await new Promise((resolve) => {
          session.on('ended', resolve);
        });
        closed.push('ended');
        session.send('too late');
      },
      (error) => errors.push(error),
    );
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    session.send('hello');
    await cluster.clock.advance(50);
    cluster.network.kill('10.0.2.1');
    await cluster.clock.advance(50);
    expect(closed).toEqual(['ended']);
    expect(errors).toEqual([]);
  });

  test('whose function throws is cut, and the user goes on elsewhere', async () => {
    const cluster = await createCluster();
    const errors: unknown[] = [];
    const bad = await cluster.element(1);
    void bad.serve(
      async (session) => {
        await session[Symbol.asyncIterator]().next();
        throw new Error('broken');
      },
      (error) => errors.push(error),
    );
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool', { resend: 'sinceCookie' }));
    const good = await cluster.element(2);
    void good.serve(serveCounter);
    session.send('+');
    expect(await cluster.settle(nextText(session))).toBe('1');
    expect(session.element?.identifier).toBe(2);
    expect(errors).toHaveLength(1);
  });
});

describe('RFC 5352 section 3.9: business cards', () => {
  test('an element sends one when the communication begins, unless told otherwise', async () => {
    const cluster = await createCluster();
    for (const businessCard of [true, false]) {
      const element = await cluster.element(1, { businessCard, poolHandle: `Pool-${businessCard}` });
      void element.serve(serveCounter);
      const user = await cluster.user(1);
      const cards: Uint8Array[] = [];
      const session = await cluster.settle(user.connect(`Pool-${businessCard}`));
      session.on('businessCard', ({ poolHandle }) => cards.push(poolHandle));
      session.send('+');
      await cluster.settle(nextText(session));
      expect(cards.map(textOf)).toEqual(businessCard ? ['Pool-true'] : []);
      await cluster.settle(element.close());
    }
  });

  test('BC2: the recommended order goes before the policy', async () => {
    const cluster = await createCluster();
    const served: number[] = [];
    for (const host of [1, 2, 3, 4]) {
      const element = await cluster.element(host);
      void element.serve(async (session) => {
        served.push(host);
        const pool = await user.resolve('TestPool');
        const order = [4, 2].map((wanted) => pool.elements.find(({ identifier }) => identifier === wanted));
        session.recommendFailoverOrder(
          order.flatMap((known) => (known === undefined ? [] : [known.poolElement])),
        );
        for await (const message of session) session.send(message.data);
      });
    }
    const user = await cluster.user(9);
    const session = await cluster.settle(user.connect('TestPool'));
    session.send('hello');
    await cluster.settle(nextText(session));
    const first = session.element?.identifier ?? 0;
    await cluster.clock.advance(50);
    cluster.network.kill(elementHost(first));
    await cluster.clock.advance(50);
    expect(session.element?.identifier).toBe(first === 4 ? 2 : 4);
    expect(served).toEqual([first]);
  });
});

describe('RFC 5352 section 3.2: leaving the pool', () => {
  test('drain deregisters, lets the sessions end, and closes', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    const serving = element.serve(serveCounter);
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    session.send('+');
    await cluster.settle(nextText(session));

    let isDrained = false;
    const draining = element.drain().then(() => {
      isDrained = true;
    });
    await cluster.clock.advance(1_000);
    expect(isDrained).toBe(false);
    expect(cluster.handlespace.elementCount).toBe(0);
    session.send('+');
    expect(await cluster.settle(nextText(session))).toBe('2');
    await cluster.settle(session.close());
    await cluster.settle(draining);
    await cluster.settle(serving);
    expect(element.registrationState).toBe('deregistered');
  });

  test('drain with a signal closes the sessions that are left: they go on elsewhere', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    void element.serve(serveCounter);
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    session.send('+');
    await cluster.settle(nextText(session));
    const second = await cluster.element(2);
    void second.serve(serveCounter);
    const abort = new AbortController();
    const draining = element.drain({ signal: abort.signal }).catch((thrown: unknown) => thrown);
    await cluster.clock.advance(500);
    abort.abort();
    expect(await cluster.settle(draining)).toMatchObject({ name: 'AbortError' });
    await cluster.clock.advance(100);
    session.send('+');
    expect(await cluster.settle(nextText(session))).toBe('2');
    expect(session.element?.identifier).toBe(2);
  });

  test('an element that leaves gracefully is not reported as unreachable', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    void element.serve(serveCounter);
    const events: SessionEvent[] = [];
    const user = await cluster.user(1);
    const session = await cluster.settle(
      user.connect('TestPool', { onEvent: (event) => events.push(event) }),
    );
    session.send('+');
    await cluster.settle(nextText(session));
    await cluster.settle(element.close());
    await cluster.clock.advance(100);
    expect(events.find(({ type }) => type === 'elementLost')).toMatchObject({ reason: 'closed-by-peer' });
    expect(cluster.received.some(({ type }) => type === 'ASAP_ENDPOINT_UNREACHABLE')).toBe(false);
  });

  test('closing does not wait long for a dead registrar', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    cluster.network.kill('10.0.0.1');
    const before = cluster.clock.now();
    await cluster.settle(element.close());
    expect(cluster.clock.now() - before).toBeLessThanOrEqual(2_100);
  });
});

describe('values that cannot be registered', () => {
  const refused: [string, Partial<PoolElementOptions>, RegExp][] = [
    ['a policy that there is not', { policy: { type: 'fastest' } as never }, /cannot be registered/u],
    ['a policy without its values', { policy: { type: 'weightedRandom' } as never }, /cannot be registered/u],
    ['a load beside the range', { policy: { type: 'leastUsed', load: 0.5 } }, /cannot be registered/u],
    [
      'a port that there is not',
      { userTransport: { protocol: 'tcp', port: 99_999 } },
      /cannot be registered/u,
    ],
    ['no port', { userTransport: { protocol: 'tcp', port: 0 } }, /1 to 65535/u],
    ['a pool handle that fits into no message', { poolHandle: 'x'.repeat(70_000) }, /1 to 65527/u],
    ['a pool handle that does not fit beside the rest', { poolHandle: 'x'.repeat(65_527) }, /cannot be/u],
    [
      'a pool handle that ends registrars of the reference implementation',
      { poolHandle: 'x'.repeat(33), profile: 'rsplib' },
      /1 to 32 .*not 33/u,
    ],
    ['no pool handle', { poolHandle: undefined as never }, /name the pool/u],
    ['an identifier that is none', { identifier: 0 }, /identifier/u],
    ['a profile that there is not', { profile: 'moon' as never }, /allowed are rfc, lan, wan, rsplib/u],
  ];

  test.each(refused)('are refused at once, and nothing stays bound: %s', async (_, options, message) => {
    const cluster = await createCluster();
    const own = cluster.network.host(elementHost(1));
    const valid = {
      transport: own.transport,
      clock: own.clock,
      poolHandle: 'TestPool',
      registrars: ['10.0.0.1:3863'],
      listen: { port: 4000 },
    };
    await expect(createPoolElement({ ...valid, ...options })).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_INVALID_ARGUMENT',
      message: expect.stringMatching(message) as string,
    });
    const element = await createPoolElement(valid);
    expect(element.port).toBe(4000);
  });

  test('are refused in an update as well, which changes nothing', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    expect(() => {
      element.updatePolicy({ type: 'fastest' } as never);
    }).toThrow(/cannot be registered/u);
    await cluster.clock.advance(10_000);
    expect(element.registrationState).toBe('registered');
  });
});

describe('limits', () => {
  test('sessions that nobody takes do not pile up', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1, { maximumSessions: 3 });
    const refused: string[] = [];
    element.on('sessionRefused', ({ reason }) => refused.push(reason));
    const user = await cluster.user(1);
    for (let visit = 0; visit < 5; visit += 1) {
      const session = await cluster.settle(user.connect('TestPool'));
      session.send('hello');
      await cluster.settle(session.close());
      await cluster.clock.advance(50);
    }
    expect(refused).toEqual(['limit', 'limit']);
    let taken = 0;
    const loop = (async () => {
      for await (const session of element.sessions()) taken += session.hasEnded ? 1 : 0;
    })();
    await cluster.settle(element.close());
    await loop;
    expect(taken).toBe(3);
  });

  test('more sessions than allowed are refused: the user goes on elsewhere', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1, { maximumSessions: 1 });
    void element.serve(serveCounter);
    const refused: string[] = [];
    element.on('sessionRefused', ({ reason }) => refused.push(reason));
    const user = await cluster.user(1);
    const first = await cluster.settle(user.connect('TestPool'));
    first.send('+');
    await cluster.settle(nextText(first));
    const second = await cluster.settle(user.connect('TestPool', { resend: 'sinceCookie' }));
    const other = await cluster.element(2);
    void other.serve(serveCounter);
    second.send('+');
    expect(await cluster.settle(nextText(second))).toBe('1');
    expect(refused).toEqual(['limit']);
    expect(second.element?.identifier).toBe(2);
  });
});

test('sessions can be taken one by one', async () => {
  const cluster = await createCluster();
  const element = await cluster.element(1);
  const taken: ServedSession[] = [];
  const loop = (async () => {
    for await (const session of element.sessions()) taken.push(session);
  })();
  const user = await cluster.user(1);
  for (const text of ['a', 'b']) {
    const session = await cluster.settle(user.connect('TestPool'));
    session.send(text);
  }
  await cluster.clock.advance(50);
  expect(taken).toHaveLength(2);
  await cluster.settle(element.close());
  await loop;
});

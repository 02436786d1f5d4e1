import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LocalPoolElement } from './local-pool-element.ts';
import type { SessionEvent } from './machine/session-event.ts';
import type { Session } from './session.ts';
import { type Cluster, createCluster, elementHost, serveCounter, textOf } from './testing/cluster.fixture.ts';
import { nextText } from './testing/next.fixture.ts';

async function serve(
  cluster: Cluster,
  hosts: readonly number[],
  coverage = false,
): Promise<LocalPoolElement[]> {
  const elements: LocalPoolElement[] = [];
  for (const host of hosts) {
    const element = await cluster.element(host, { announceCoverage: coverage });
    void element.serve(serveCounter);
    elements.push(element);
  }
  return elements;
}

function killElementOf(cluster: Cluster, session: Session): void {
  const host = session.element?.identifier;
  if (host !== undefined) cluster.network.kill(elementHost(host));
}

describe('RFC 5352 section 6.5.5: delivery over a failover', () => {
  test('by default sends no message twice: one that was under way is lost with its element', async () => {
    const cluster = await createCluster();
    await serve(cluster, [1, 2]);
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    session.send('+');
    expect(await cluster.settle(nextText(session))).toBe('1');
    killElementOf(cluster, session);
    session.send('lost');
    await cluster.clock.advance(500);
    session.send('+');
    expect(await cluster.settle(nextText(session))).toBe('2');
  });

  test('sends what the application gave while there was no element', async () => {
    const cluster = await createCluster();
    await serve(cluster, [1]);
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    cluster.network.kill(elementHost(1));
    await cluster.clock.advance(100);
    expect(session.element).toBeUndefined();
    session.send('+');
    session.send('+');
    await serve(cluster, [2]);
    expect(await cluster.settle(nextText(session))).toBe('1');
    expect(await cluster.settle(nextText(session))).toBe('2');
  });

  test('sinceCookie without coverage sends again what came after the last cookie, after the echo', async () => {
    const cluster = await createCluster();
    await serve(cluster, [1, 2]);
    const user = await cluster.user(1);
    const events: SessionEvent[] = [];
    const session = await cluster.settle(
      user.connect('TestPool', { resend: 'sinceCookie', onEvent: (event) => events.push(event) }),
    );
    session.send('+');
    expect(await cluster.settle(nextText(session))).toBe('1');
    cluster.network.hang(elementHost(session.element?.identifier ?? 0));
    session.send('+');
    session.send('+');
    expect(await cluster.settle(nextText(session))).toBe('2');
    expect(await cluster.settle(nextText(session))).toBe('3');
    expect(events.find(({ type }) => type === 'failoverComplete')).toMatchObject({ resentMessages: 2 });
  });

  test('sinceCookie refuses messages when the element hands out cookies too seldom', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    void element.serve(async (session) => {
      for await (const message of session) session.send(message.data);
    });
    const user = await cluster.user(1, { limits: { maximumRetainedBytes: 100 } });
    const session = await cluster.settle(user.connect('TestPool', { resend: 'sinceCookie' }));
    session.send(new Uint8Array(60));
    expect(() => session.send(new Uint8Array(60))).toThrow('ERR_RSERPOOL_RETAINED_FULL');
  });
});

describe('RFC 5352 section 3.8: no state that a cookie secured is lost', () => {
  test('whenever elements are killed or hang, an answer is followed by a greater one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.array(fc.record({ afterMs: fc.integer({ min: 0, max: 900 }), hangs: fc.boolean() }), {
          minLength: 1,
          maxLength: 5,
        }),
        async (seed, faults) => {
          const cluster = await createCluster(seed, 3);
          await serve(cluster, [1, 2, 3, 4, 5, 6]);
          const user = await cluster.user(1);
          const session = await cluster.settle(user.connect('TestPool', { resend: 'sinceCookie' }));
          let confirmed = 0;
          const confirm = async (): Promise<void> => {
            session.send('+');
            const answer = Number(await cluster.settle(nextText(session)));
            expect(answer).toBeGreaterThan(confirmed);
            confirmed = answer;
          };
          for (const { afterMs, hangs } of faults) {
            await confirm();
            session.send('+');
            await cluster.clock.advance(afterMs % 12);
            const host = session.element?.identifier;
            if (host !== undefined && hangs) cluster.network.hang(elementHost(host));
            else if (host !== undefined) cluster.network.kill(elementHost(host));
            confirmed = Math.max(confirmed, Number(await cluster.settle(nextText(session))));
            await cluster.clock.advance(afterMs);
          }
          await confirm();
          expect(confirmed).toBeGreaterThanOrEqual(2 * faults.length + 1);
        },
      ),
      { numRuns: 40, seed: 5352 },
    );
  });

  test('with coverage and sinceCookie each of many messages under way counts, whenever elements are killed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 5 }),
        async (seed, killAfterMs) => {
          const cluster = await createCluster(seed, 5);
          await serve(cluster, [1, 2, 3, 4, 5, 6], true);
          const user = await cluster.user(1);
          const session = await cluster.settle(user.connect('TestPool', { resend: 'sinceCookie' }));
          let last = 0;
          const read = (async () => {
            for await (const message of session) last = Number(textOf(message.data));
          })();
          let sent = 0;
          for (const afterMs of killAfterMs) {
            for (let burst = 0; burst < 10; burst += 1) {
              session.send('+');
              sent += 1;
              await cluster.clock.advance(1);
            }
            await cluster.clock.advance(afterMs);
            killElementOf(cluster, session);
          }
          await cluster.clock.advance(3_000);
          expect(last).toBeGreaterThanOrEqual(sent);
          await cluster.settle(session.close());
          await read;
        },
      ),
      { numRuns: 40, seed: 5352 },
    );
  });
});

describe('back-pressure', () => {
  test('tells the sender to wait while there is no element, and when it may go on', async () => {
    const cluster = await createCluster();
    await serve(cluster, [1]);
    const user = await cluster.user(1, { limits: { sendHighWaterMarkBytes: 100, maximumQueuedBytes: 300 } });
    const session = await cluster.settle(user.connect('TestPool'));
    cluster.network.kill(elementHost(1));
    await cluster.clock.advance(100);
    expect(session.send(new Uint8Array(60))).toBe(true);
    expect(session.send(new Uint8Array(60))).toBe(false);
    expect(session.send(new Uint8Array(150))).toBe(false);
    expect(() => session.send(new Uint8Array(60))).toThrow('ERR_RSERPOOL_SEND_QUEUE_FULL');
    const writable = session.writable();
    await serve(cluster, [2]);
    await cluster.settle(writable);
    expect(session.send(new Uint8Array(60))).toBe(true);
  });

  test('holds up an element whose messages nobody takes, and loses none of them', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1);
    const total = 400;
    let sent = 0;
    void element.serve(async (session) => {
      await session[Symbol.asyncIterator]().next();
      for (; sent < total; sent += 1) {
        if (!session.send(new Uint8Array(10_000))) await session.writable();
      }
    });
    const user = await cluster.user(1, { receiveHighWaterMarkBytes: 50_000 });
    const session = await cluster.settle(user.connect('TestPool'));
    session.send('go');
    await cluster.clock.advance(5_000);
    expect(sent).toBeLessThan(total / 2);

    let taken = 0;
    const take = (async () => {
      const messages = session[Symbol.asyncIterator]();
      for (; taken < total; taken += 1) await messages.next();
    })();
    await cluster.settle(take);
    expect(taken).toBe(total);
  });

  test('holds up a user whose messages the element does not take', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1, { receiveHighWaterMarkBytes: 50_000 });
    const released = new AbortController();
    let taken = 0;
    void element.serve(async (session) => {
      await new Promise((resolve) => {
        released.signal.addEventListener('abort', resolve);
      });
      for await (const message of session) taken += message.data.length;
    });
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    let sent = 0;
    const total = 4_000_000;
    const send = (async () => {
      for (; sent < total; sent += 10_000) {
        if (!session.send(new Uint8Array(10_000))) await session.writable();
      }
    })();
    await cluster.clock.advance(5_000);
    expect(sent).toBeLessThan(total / 2);
    released.abort();
    await cluster.settle(send);
    await cluster.settle(session.close());
    await cluster.clock.advance(100);
    expect(taken).toBe(total);
  });

  test('tells a handler that sends until it should wait, although the machine is at work', async () => {
    const cluster = await createCluster();
    await serve(cluster, [1, 2]);
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('TestPool'));
    let sent = 0;
    session.on('failoverStarted', () => {
      while (session.send(new Uint8Array(1_000))) sent += 1;
    });
    cluster.network.kill(elementHost(session.element?.identifier ?? 0));
    await cluster.clock.advance(2_000);
    expect(sent).toBe(262);
    expect(session.state).toBe('connected');
  });
});

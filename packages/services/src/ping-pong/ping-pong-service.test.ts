import type { ServedSession, Session } from '@rserpool/session';
import { describe, expect, it } from 'vitest';
import { encodePingPongCookie } from '../machine/ping-pong/ping-pong-cookie.ts';
import type { PingPongEvent } from '../machine/ping-pong/ping-pong-client-types.ts';
import { type Cluster, createCluster } from '../testing/cluster.fixture.ts';
import { pingPongService, type PingPongServiceOptions } from './ping-pong-service.ts';
import { runPingPongClient, type RunPingPongOptions } from './run-ping-pong-client.ts';

async function start(
  options: PingPongServiceOptions = {},
  elements = 2,
): Promise<{ cluster: Cluster; session: Session }> {
  const cluster = await createCluster();
  for (let number = 1; number <= elements; number++) {
    const element = await cluster.element(number, { poolHandle: 'PingPongPool' });
    void element.serve(pingPongService(options));
  }
  const user = await cluster.user(1);
  const session = await cluster.settle(user.connect('PingPongPool', { resend: 'sinceCookie' }));
  return { cluster, session };
}

describe('ping-pong', () => {
  it('answers each ping once, in order', async () => {
    const { cluster, session } = await start();
    const running = runPingPongClient(session, { count: 20, intervalMs: 50, clock: cluster.clock });
    const summary = await cluster.settle(running);
    expect(summary).toMatchObject({ sent: 20, replies: 20, lost: 0, outOfOrder: 0, unexpected: 0 });
    expect(summary).toMatchObject({ replyNumbersRepeated: 0, replyNumbersSkipped: 0 });
    expect(session.state).toBe('closed');
  });

  it('goes on with the numbers when its element is killed, and loses no ping', async () => {
    const { cluster, session } = await start();
    const events: PingPongEvent[] = [];
    const options: RunPingPongOptions = {
      count: 40,
      intervalMs: 20,
      clock: cluster.clock,
      onEvent: (event) => events.push(event),
    };
    const first = session.element?.identifier ?? 0;
    cluster.clock.setTimer(cluster.clock.now() + 405, () => cluster.kill(first));
    const summary = await cluster.settle(runPingPongClient(session, options));
    expect(session.cookie).toBeDefined();
    expect(summary).toMatchObject({ sent: 40, replies: 40, lost: 0, replyNumbersRepeated: 0 });
    const numbers = events.flatMap((event) => (event.type === 'reply' ? [event.replyNumber] : []));
    expect(new Set(numbers).size).toBe(40);
  });

  it('fails over again and again where elements fail after so many replies', async () => {
    const { cluster, session } = await start({ failureAfterReplies: 5 }, 3);
    let failovers = 0;
    session.on('failoverComplete', () => {
      failovers += 1;
    });
    const options: RunPingPongOptions = { count: 30, intervalMs: 300, clock: cluster.clock };
    const summary = await cluster.settle(runPingPongClient(session, options), 600_000);
    expect(summary.replies + summary.lost).toBe(30);
    expect(summary.replyNumbersRepeated).toBe(0);
    expect(failovers).toBeGreaterThanOrEqual(4);
  });

  it('goes on from a cookie as the reference’s element hands it out', async () => {
    const { cluster } = await start();
    const user = await cluster.user(2);
    const session = await cluster.settle(user.connect('PingPongPool', { cookie: encodePingPongCookie(77) }));
    const events: PingPongEvent[] = [];
    await cluster.settle(
      runPingPongClient(session, { count: 1, clock: cluster.clock, onEvent: (event) => events.push(event) }),
    );
    expect(events[0]).toMatchObject({ type: 'reply', messageNumber: 1, replyNumber: 77 });
  });

  it('cuts a session that comes with a foreign cookie', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1, { poolHandle: 'PingPongPool' });
    const served: ServedSession[] = [];
    const service = pingPongService();
    void element.serve(async (session) => {
      served.push(session);
      await service(session);
    });
    const user = await cluster.user(1);
    const session = await cluster.settle(user.connect('PingPongPool', { cookie: Uint8Array.of(1, 2, 3) }));
    await cluster.clock.advance(100);
    session.abort();
    expect(served[0]?.hasEnded).toBe(true);
  });

  it('ends when its signal comes, with what there is', async () => {
    const { cluster, session } = await start();
    const stop = new AbortController();
    cluster.clock.setTimer(cluster.clock.now() + 1010, () => stop.abort());
    const running = runPingPongClient(session, {
      intervalMs: 100,
      clock: cluster.clock,
      signal: stop.signal,
    });
    expect(await cluster.settle(running)).toMatchObject({ sent: 11, replies: 11 });
  });
});

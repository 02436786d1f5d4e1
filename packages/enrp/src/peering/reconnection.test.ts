import { describe, expect, it } from 'vitest';
import { Cluster, endpointOf, type Node, eventsOf } from '../testing/cluster.fixture.ts';
import { Solo } from '../testing/solo.fixture.ts';

/** Two registrars of which the second knows the first one from its messages alone, and the first one is gone. */
function abandoned(): { readonly cluster: Cluster; readonly watcher: Node } {
  const cluster = new Cluster();
  const watcher = cluster.start(2);
  cluster.advance(50);
  cluster.start(1, { peers: [2] });
  cluster.advance(700);
  cluster.kill(1);
  return { cluster, watcher };
}

describe('a former peer that does not answer', () => {
  it('is dialled promptly at first, then ever more rarely, and given up at last', () => {
    const { cluster, watcher } = abandoned();
    cluster.advance(3_600_000);
    const attempts = eventsOf(watcher, 'associationAttempt');
    const failures = eventsOf(watcher, 'associationFailed');
    expect(attempts).toHaveLength(40);
    expect(failures).toHaveLength(40);
    const pauses = failures.flatMap((event) => event.retryInMs ?? []);
    expect(Math.max(...pauses.slice(0, 10))).toBeLessThanOrEqual(150);
    for (const [index, pause] of pauses.slice(11, 17).entries())
      expect(pause).toBeGreaterThan(1.5 * (pauses[index + 10] ?? 0));
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30_000);
    expect(Math.min(...pauses.slice(20))).toBeGreaterThan(20_000);
    expect(eventsOf(watcher, 'reconnectionAbandoned')).toMatchObject([{ attempts: 40 }]);
  });

  it('is found again when it comes back after that, and dialled promptly when it is lost once more', () => {
    const { cluster, watcher } = abandoned();
    cluster.advance(3_600_000);
    cluster.start(1, { peers: [2] });
    cluster.advance(50);
    expect(watcher.machine.peers()).toMatchObject([{ identifier: 1, status: 'active', associated: true }]);
    const before = eventsOf(watcher, 'associationAttempt').length;
    cluster.kill(1);
    cluster.advance(1_000);
    expect(eventsOf(watcher, 'associationAttempt').length).toBeGreaterThan(before + 4);
  });

  it('is tried at once when another registrar appears: a partition may have ended', () => {
    const { cluster, watcher } = abandoned();
    cluster.advance(300_000);
    const before = eventsOf(watcher, 'associationAttempt').length;
    cluster.start(3, { peers: [2] });
    cluster.advance(10);
    const attempts = eventsOf(watcher, 'associationAttempt').slice(before);
    expect(attempts.filter(({ remote }) => remote.addresses[0]?.[3] === 1)).toHaveLength(1);
  });

  it('is dialled in the same rhythm for ever where it is configured', () => {
    const cluster = new Cluster();
    const node = cluster.start(2, { peers: [1] });
    cluster.advance(60_000);
    expect(eventsOf(node, 'associationAttempt').length).toBeGreaterThan(200);
    const pauses = eventsOf(node, 'associationFailed').flatMap((event) => event.retryInMs ?? []);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(150);
    expect(eventsOf(node, 'reconnectionAbandoned')).toEqual([]);
  });
});

describe('a configured registrar that connects and is gone before it has said who it is', () => {
  it('is dialled again: while its association was up, the attempts paused', () => {
    const solo = new Solo({ peers: [endpointOf(7)] }).start();
    const attempts = (): number =>
      solo.take('open').filter(({ remote }) => remote.addresses[0]?.[3] === 7).length;
    solo.advance(60_000);
    expect(attempts()).toBeGreaterThan(1);
    solo.connect(7);
    solo.advance(60_000);
    expect(attempts()).toBeLessThanOrEqual(1);
    solo.input({ type: 'associationLost', association: 7, reason: 'reset' });
    solo.advance(60_000);
    expect(attempts()).toBeGreaterThan(1);
  });
});

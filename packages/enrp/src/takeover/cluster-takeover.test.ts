import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cluster, eventsOf, viewOf } from '../testing/cluster.fixture.ts';

describe('RFC 5353 section 3.5: taking over a failed peer server', () => {
  it.each([false, true])('has exactly one winner on any schedule (host vanished: %s)', (silent) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 0x7fffffff }),
        fc.integer({ min: 3, max: 6 }),
        fc.nat(),
        fc.integer({ min: 1, max: 30 }),
        (seed, count, choice, maximumDelayMs) => {
          const cluster = new Cluster({ seed, delayMs: [1, maximumDelayMs] });
          const identifiers = Array.from({ length: count }, (_, index) => index + 1);
          const nodes = cluster.startAll(...identifiers);
          for (const node of nodes) cluster.register(node, 'echo', node.identifier);
          cluster.advance(500);
          const victim = (choice % count) + 1;
          cluster.kill(victim, { silent });
          cluster.advance(1500);
          const winners = nodes.filter((node) => node.takenOver.length > 0);
          expect(winners.map((node) => node.takenOver.map((output) => output.target))).toEqual([[victim]]);
          expect(cluster.agrees()).toBe(true);
          for (const node of cluster.living()) expect(viewOf(node.handlespace)).toHaveLength(count);
        },
      ),
      { numRuns: 60, seed: 35 },
    );
  });

  it.each([3, 4, 5])('lets the largest of %i win when all survivors notice at the same time', (count) => {
    for (let victim = 1; victim <= count; victim += 1) {
      const cluster = new Cluster({ seed: victim });
      const identifiers = Array.from({ length: count }, (_, index) => index + 1);
      const nodes = cluster.startAll(...identifiers);
      for (const node of nodes) cluster.register(node, 'echo', node.identifier);
      cluster.advance(100);
      cluster.kill(victim);
      cluster.advance(1500);
      const survivors = nodes.filter((node) => node.identifier !== victim);
      expect(survivors.map((node) => eventsOf(node, 'takeoverStarted').length)).toEqual(
        survivors.map(() => 1),
      );
      const winners = nodes.filter((node) => node.takenOver.length > 0).map((node) => node.identifier);
      expect(winners).toEqual([Math.max(...survivors.map((node) => node.identifier))]);
    }
  });

  it('takes about a second with the profile lan, though the host of the failed one just vanished', () => {
    const cluster = new Cluster({ delayMs: [1, 5] });
    cluster.startAll(1, 2, 3);
    cluster.register(cluster.node(3), 'echo', 30);
    cluster.advance(10);
    cluster.kill(3, { silent: true });
    const winner = cluster.node(2);
    const took = cluster.advanceUntil(() => winner.takenOver.length > 0, 5000);
    expect(took).toBeLessThanOrEqual(1200);
    expect(took).toBeGreaterThan(600);
  });

  it('takes milliseconds when the loss of the association tells', () => {
    const cluster = new Cluster();
    cluster.startAll(1, 2, 3);
    cluster.register(cluster.node(3), 'echo', 30);
    cluster.advance(10);
    cluster.kill(3);
    expect(cluster.advanceUntil(() => cluster.node(2).takenOver.length > 0, 5000)).toBeLessThanOrEqual(30);
  });

  it('lets the last survivor take over without anybody to ask', () => {
    const cluster = new Cluster();
    const nodes = cluster.startAll(1, 2, 3);
    for (const node of nodes) cluster.register(node, 'echo', node.identifier);
    cluster.advance(100);
    cluster.kill(3);
    cluster.advance(1000);
    cluster.kill(2);
    cluster.advance(1000);
    expect(viewOf(cluster.node(1).handlespace)).toEqual(['echo/1@1', 'echo/2@1', 'echo/3@1']);
    expect(cluster.node(1).takenOver.map((output) => output.target)).toEqual([2]);
  });

  it('is stopped by the presence of a registrar that was only slow', () => {
    const cluster = new Cluster();
    const nodes = cluster.startAll(1, 2, 3);
    for (const node of nodes) cluster.register(node, 'echo', node.identifier);
    cluster.advance(100);
    cluster.passes = (message) => message.type !== 'ENRP_INIT_TAKEOVER_ACK';
    cluster.hang(3);
    cluster.advanceUntil(() => eventsOf(cluster.node(2), 'takeoverStarted').length > 0, 3000);
    cluster.resume(3);
    cluster.passes = () => true;
    cluster.advance(1000);
    expect(eventsOf(cluster.node(2), 'takeoverCancelled')).toMatchObject([
      { target: 3, reason: 'targetAlive' },
    ]);
    expect(nodes.flatMap((node) => node.takenOver)).toEqual([]);
    expect(viewOf(cluster.node(1).handlespace)).toEqual(['echo/1@1', 'echo/2@2', 'echo/3@3']);
    expect(cluster.agrees()).toBe(true);
  });

  it('survives the death of the initiator in the middle: another one takes both over', () => {
    const cluster = new Cluster();
    const nodes = cluster.startAll(1, 2, 3, 4);
    for (const node of nodes) cluster.register(node, 'echo', node.identifier);
    cluster.advance(100);
    cluster.passes = (message, from) => !(message.type === 'ENRP_TAKEOVER_SERVER' && from.identifier === 3);
    cluster.kill(4);
    cluster.advanceUntil(() => cluster.node(3).takenOver.length > 0, 2000, 1);
    cluster.kill(3);
    cluster.advance(5000);
    expect(viewOf(cluster.node(1).handlespace)).toEqual(['echo/1@1', 'echo/2@2', 'echo/3@2', 'echo/4@2']);
    expect(cluster.agrees()).toBe(true);
  });

  it('leaves a registrar that comes back with its own identifier nothing that it has lost', () => {
    const cluster = new Cluster();
    const nodes = cluster.startAll(1, 2, 3);
    for (const node of nodes) cluster.register(node, 'echo', node.identifier);
    cluster.advance(100);
    cluster.hang(3);
    cluster.advance(3000);
    expect(viewOf(cluster.node(1).handlespace)).toEqual(['echo/1@1', 'echo/2@2', 'echo/3@2']);
    cluster.resume(3);
    cluster.advance(3 * cluster.cycleMs);
    expect(nodes.map((node) => viewOf(node.handlespace))).toEqual(
      nodes.map(() => ['echo/1@1', 'echo/2@2', 'echo/3@2']),
    );
    expect(
      cluster
        .node(1)
        .machine.peers()
        .map((peer) => peer.identifier),
    ).toEqual([2, 3]);
  });

  it('is done by the smallest where the option rsplib is chosen', () => {
    const cluster = new Cluster();
    for (const identifier of [1, 2, 3]) {
      cluster.start(identifier, { peers: [1, 2, 3].slice(0, identifier - 1), arbitration: 'rsplib' });
      cluster.advance(50);
    }
    cluster.register(cluster.node(3), 'echo', 30);
    cluster.advance(600);
    cluster.kill(3);
    cluster.advance(1500);
    expect(cluster.living().map((node) => node.takenOver.length)).toEqual([1, 0]);
  });

  it('does not take place where nothing is orphaned: a registrar without elements just leaves the peer lists', () => {
    const cluster = new Cluster();
    const nodes = cluster.startAll(1, 2, 3);
    cluster.register(cluster.node(1), 'echo', 1);
    cluster.kill(3);
    cluster.advance(3000);
    expect(nodes.map((node) => eventsOf(node, 'takeoverStarted').length)).toEqual([0, 0, 0]);
    expect(cluster.living().map((node) => node.machine.peers().map((peer) => peer.identifier))).toEqual([
      [2],
      [1],
    ]);
  });

  it('is begun by whoever knows elements of the target, and agreed to by those that know none', () => {
    const cluster = new Cluster();
    cluster.startAll(1, 2, 3);
    cluster.passes = (message, _, to) => message.type !== 'ENRP_HANDLE_UPDATE' || to.identifier !== 2;
    cluster.register(cluster.node(3), 'echo', 30);
    cluster.advance(10);
    cluster.kill(3);
    cluster.advance(100);
    expect(cluster.node(1).takenOver.map((output) => output.target)).toEqual([3]);
    expect(eventsOf(cluster.node(2), 'takeoverAcknowledged')).toMatchObject([{ target: 3, initiator: 1 }]);
    // The presence that follows a takeover tells the others that they miss something.
    expect(cluster.living().map((node) => viewOf(node.handlespace))).toEqual([['echo/30@1'], ['echo/30@1']]);
  });

  it('follows an orderly shutdown, which is no different from a crash', () => {
    const cluster = new Cluster();
    const nodes = cluster.startAll(1, 2);
    for (const node of nodes) cluster.register(node, 'echo', node.identifier);
    cluster.advance(100);
    const leaving = cluster.node(2);
    cluster.input(leaving, { type: 'shutdown' });
    leaving.state = 'dead';
    expect(leaving.machine.nextTimeout()).toBeUndefined();
    cluster.advance(100);
    expect(viewOf(cluster.node(1).handlespace)).toEqual(['echo/1@1', 'echo/2@1']);
  });
});

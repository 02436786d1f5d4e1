import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cluster, viewOf } from '../testing/cluster.fixture.ts';

describe('RFC 5353 section 3.6: registrars after a partition heals', () => {
  it('agree within three heartbeat cycles although each took the other over', () => {
    const cluster = new Cluster({ transcript: true });
    const [small, large] = cluster.startAll(1, 2);
    if (small === undefined || large === undefined) throw new Error('no registrars');
    cluster.register(small, 'echo', 11);
    cluster.register(large, 'echo', 21);
    cluster.advance(cluster.cycleMs);
    cluster.partition([[1], [2]]);
    cluster.advance(10 * cluster.cycleMs);
    expect(viewOf(small.handlespace)).toEqual(['echo/11@1', 'echo/21@1']);
    expect(viewOf(large.handlespace)).toEqual(['echo/11@2', 'echo/21@2']);
    cluster.heal();
    cluster.advance(3 * cluster.cycleMs);
    expect(viewOf(small.handlespace)).toEqual(['echo/11@2', 'echo/21@2']);
    expect(cluster.agrees()).toBe(true);
  });

  it('lose no element on any schedule, and the larger identifier owns what both claimed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 0x7fffffff }),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 300, max: 6000 }),
        fc.integer({ min: 1, max: 25 }),
        (seed, count, cut, durationMs, maximumDelayMs) => {
          const cluster = new Cluster({ seed, delayMs: [1, maximumDelayMs] });
          const identifiers = Array.from({ length: count }, (_, index) => index + 1);
          const nodes = cluster.startAll(...identifiers);
          for (const node of nodes) {
            for (let index = 0; index < 3; index += 1)
              cluster.register(node, `pool${index}`, node.identifier * 10 + index);
          }
          cluster.advance(3 * cluster.cycleMs);
          const before = nodes.map((node) => viewOf(node.handlespace).length);
          expect(before).toEqual(nodes.map(() => 3 * count));
          expect(cluster.agrees()).toBe(true);
          const side = Math.min(cut, count - 1);
          cluster.partition([identifiers.slice(0, side), identifiers.slice(side)]);
          cluster.advance(durationMs);
          cluster.heal();
          cluster.advance(3 * cluster.cycleMs);
          const views = nodes.map((node) => viewOf(node.handlespace));
          expect(views.map((view) => view.length)).toEqual(before);
          expect(views).toEqual(nodes.map(() => views[0]));
          cluster.advance(5 * cluster.cycleMs);
          expect(nodes.map((node) => viewOf(node.handlespace))).toEqual(views);
        },
      ),
      { numRuns: 250, seed: 5353 },
    );
  });
});

import { randomFraction, seededRandom } from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cluster, viewOf } from '../testing/cluster.fixture.ts';

/** Lets pool elements come and move while registrars are separated, stopped and cut off; then all is well again. */
function runFaults(cluster: Cluster, seed: number, count: number, steps: number): Set<string> {
  const random = seededRandom(seed);
  const identifiers = Array.from({ length: count }, (_, index) => index + 1);
  cluster.startAll(...identifiers);
  const elements = new Set<number>();
  const pick = (): number => identifiers[random() % count] ?? 1;
  for (let step = 0; step < steps; step += 1) {
    const action = random() % 8;
    const identifier = pick();
    const node = cluster.node(identifier);
    if (action <= 3) {
      const element = (random() % 30) + 1;
      if (node.state === 'running') {
        cluster.register(node, `pool${element % 3}`, element);
        elements.add(element);
      }
    } else if (action === 4) {
      const cut = (random() % count) + 1;
      cluster.partition([identifiers.slice(0, cut), identifiers.slice(cut)], 1 + (random() % 100));
    } else if (action === 5) {
      cluster.heal();
    } else if (action === 6) {
      if (node.state === 'running') cluster.hang(identifier);
      else cluster.resume(identifier);
    } else {
      cluster.breakAssociations(identifier, pick());
    }
    cluster.advance(Math.floor(randomFraction(random) ** 3 * 2000));
  }
  cluster.heal();
  for (const identifier of identifiers)
    if (cluster.node(identifier).state === 'hung') cluster.resume(identifier);
  return new Set([...elements].map((element) => `pool${element % 3}/${element}`));
}

describe('RFC 5353 section 3.6: registrars after any sequence of faults', () => {
  it('agree within three heartbeat cycles, stay so, and have lost no element', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 0x7fffffff }),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 20 }),
        (seed, count, steps, maximumDelayMs) => {
          const cluster = new Cluster({ seed, delayMs: [1, maximumDelayMs] });
          const elements = runFaults(cluster, seed, count, steps);
          cluster.advance(3 * cluster.cycleMs);
          const views = cluster.living().map((node) => viewOf(node.handlespace));
          expect(views).toEqual(views.map(() => views[0]));
          expect(new Set(views[0]?.map((line) => line.split('@')[0]))).toEqual(elements);
          cluster.advance(5 * cluster.cycleMs);
          expect(cluster.living().map((node) => viewOf(node.handlespace))).toEqual(views);
        },
      ),
      { numRuns: 250, seed: 5353 },
    );
  });
});

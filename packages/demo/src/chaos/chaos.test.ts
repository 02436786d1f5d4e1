import { describe, expect, it } from 'vitest';
import { bounds, calmMs } from './chaos-bounds.fixture.ts';
import { ChaosCluster } from './chaos-cluster.fixture.ts';
import { stopFaults, suffer } from './chaos-faults.fixture.ts';
import { type Invariant, violations } from './chaos-invariants.fixture.ts';

/** How many faults befall a cluster, and how long before their end a change of registrars still matters. */
const faults = 25;
const recentMs = 2500;

/** Each of these found a bug once. */
const formerlyFailing = [108, 141, 172, 220, 536, 552, 557, 580, 588, 1045, 1332, 1456];

/** RSERPOOL_CHAOS_SEEDS=1-1000 runs a thousand seeds instead. */
function seeds(): number[] {
  const [first, last] = (process.env['RSERPOOL_CHAOS_SEEDS'] ?? '1-12').split('-').map(Number);
  const range = Array.from({ length: (last ?? 0) - (first ?? 0) + 1 }, (_, index) => (first ?? 0) + index);
  return [...new Set([...formerlyFailing, ...range])];
}

/** When each invariant was last violated, or for agreement: for how long at a stretch; in ms after the faults. */
type Settling = Map<Invariant, { readonly ms: number; readonly why: string }>;

async function watch(cluster: ChaosCluster, began: number): Promise<Settling> {
  const settling: Settling = new Map();
  let disagreeSince: number | undefined;
  while (cluster.clock.now() < began + calmMs) {
    const now = cluster.clock.now();
    const found = violations(cluster);
    // Each registration is under way to the others for a moment: only a disagreement that stays is one.
    disagreeSince = found.has('agreement') ? (disagreeSince ?? now) : undefined;
    for (const [invariant, why] of found) {
      const since = invariant === 'agreement' ? (disagreeSince ?? now) : began;
      if (now - since >= (settling.get(invariant)?.ms ?? 0))
        settling.set(invariant, { ms: now - since, why });
    }
    await cluster.clock.advance(50);
  }
  return settling;
}

const mismatches = ({ registrars }: ChaosCluster): number[] =>
  registrars.map(({ registrar }) => registrar.counters.enrp.auditsMismatched);

describe('a cluster that suffered', () => {
  it.each(seeds())('settles, and its sessions have lost nothing (seed %i)', async (seed) => {
    const cluster = new ChaosCluster(seed);
    const { clock, users } = cluster;
    await cluster.start();
    await clock.advance(3000);
    await suffer(cluster, faults);
    await stopFaults(cluster);

    const began = clock.now();
    const limits = bounds(cluster.registrarChangedAt > began - recentMs);
    const settling = await watch(cluster, began);
    const late = [...settling].filter(([invariant, { ms }]) => ms > limits[invariant]);
    expect(late, cluster.story).toEqual([]);
    expect(cluster.lostState, cluster.story).toEqual([]);

    // Nothing goes on that ought to have come to an end, and everything that ought to go on.
    const before = {
      mismatches: mismatches(cluster),
      answered: users.map(({ progress }) => progress.answered),
    };
    await clock.advance(2000);
    expect(mismatches(cluster), cluster.story).toEqual(before.mismatches);
    for (const [index, { progress }] of users.entries()) {
      expect(progress.answered, cluster.story).toBeGreaterThan((before.answered[index] ?? 0) + 20);
    }
    expect(clock.pending, cluster.story).toBeLessThanOrEqual(3 * cluster.hosts);
  });
});

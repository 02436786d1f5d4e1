import type { Checker } from '../checkers/checker.ts';
import { boundsOf, type Bounds } from '../checkers/bounds.ts';
import { Cluster } from '../cluster/cluster.ts';
import { clusterTiming } from '../cluster/cluster-timing.ts';
import type { Rarity } from '../cluster/scenario.ts';
import { Trace } from '../cluster/trace.ts';
import type { World } from '../cluster/world.ts';
import { RandomStreams } from '../engine/random-streams.ts';
import { calmNetwork } from './network.fixture.ts';

/** A small cluster in the profile `lan` that nothing befalls, and what its checkers say. */
export class CalmCluster {
  readonly cluster: Cluster;
  readonly bounds: Bounds;
  readonly violations: string[] = [];
  readonly #world: World;

  constructor(seed = 1, rarities: readonly Rarity[] = []) {
    const streams = new RandomStreams(seed);
    const timing = clusterTiming('lan');
    const network = calmNetwork({ delay: { type: 'fixed', value: 1 } }, seed);
    const violated = (checker: string): void => {
      this.violations.push(checker);
    };
    const { time } = network;
    this.#world = { time, streams, network, timing, trace: new Trace(), isWild: false, violated };
    this.cluster = new Cluster(this.#world, {
      seed,
      profile: 'lan',
      registrars: 3,
      elements: 6,
      users: 3,
      discovery: 'lists',
      isWild: false,
      faultMs: 0,
      rarities,
    });
    this.bounds = boundsOf(timing);
    this.cluster.start();
  }

  /** Lets time pass while somebody checks; returns what was violated, each once. */
  pass(ms: number, ...checkers: Checker[]): string[] {
    const { time, timing } = this.#world;
    for (const end = time.now() + ms; time.now() < end; ) {
      time.runUntil(time.now() + timing.sampleMs);
      for (const checker of checkers) checker.check(time.now());
    }
    return [...new Set(this.violations.splice(0))];
  }
}

import type { SelectionPolicy } from '@rserpool/wire';
import type { RandomStreams } from '../engine/random-streams.ts';
import type { ClusterProfile } from './cluster-timing.ts';
import type { Discovery } from './protocols.ts';

/** The pools of a cluster and their policies. */
export const poolPolicies: Readonly<Record<string, SelectionPolicy>> = {
  rounds: { type: 'roundRobin' },
  loads: { type: 'leastUsed', load: 0 },
  weights: { type: 'weightedRandom', weight: 3 },
};

/** What befalls only some clusters, because it changes what the others are about. */
export type Rarity =
  /** Clocks are set back, although those that machines are given ought to be monotonic. */
  | 'clockBack'
  /** Messages of sessions cannot be sent, although their association is up. */
  | 'failingSends'
  /** Elements serve few sessions, and registrars few downloads of small parts, so that some are refused. */
  | 'fewSessions'
  /** A pool whose elements do not agree about its policy: behind a partition it is founded twice. */
  | 'rivalPolicies';

/** The pool that is founded with several policies, and those. */
export const rivalPool: string = 'rivals';
const rivalPolicies: readonly SelectionPolicy[] = [{ type: 'roundRobin' }, { type: 'random' }];

/**
 * The policy of an element of a pool.
 *
 * @param pool - The pool.
 * @param number - The number of the element; where elements do not agree, it decides.
 */
export function policyOf(pool: string, number: number): SelectionPolicy {
  if (pool === rivalPool) return rivalPolicies[number % rivalPolicies.length] ?? { type: 'roundRobin' };
  return poolPolicies[pool] ?? { type: 'roundRobin' };
}

/** What a cluster consists of. */
export interface Scenario {
  /** The seed that all else follows from. */
  readonly seed: number;
  /** The timers. */
  readonly profile: ClusterProfile;
  /** How many registrars there are. */
  readonly registrars: number;
  /** How many pool elements, beside those that come and go. */
  readonly elements: number;
  /** How many pool users. */
  readonly users: number;
  /** How registrars are found: lists of them, or announces in groups. */
  readonly discovery: Discovery;
  /** Whether messages of associations are lost, doubled, overtaken and changed as well. */
  readonly isWild: boolean;
  /** How long faults befall it altogether, in milliseconds of virtual time. */
  readonly faultMs: number;
  /** What else befalls it, or limits it. */
  readonly rarities: readonly Rarity[];
}

/** What may differ from what the seed draws. */
export type ScenarioOptions = Partial<Omit<Scenario, 'seed'>>;

/**
 * Draws a scenario.
 *
 * @param seed - The seed.
 * @param streams - Its randomness.
 * @param options - What is not drawn.
 */
export function drawScenario(seed: number, streams: RandomStreams, options: ScenarioOptions = {}): Scenario {
  const random = streams.stream('scenario');
  const profile = random.chance(0.5) ? 'rfc' : 'lan';
  const drawn: Scenario = {
    seed,
    profile,
    registrars: random.integer(3, 5),
    elements: random.integer(20, 28),
    users: random.integer(20, 24),
    discovery: random.chance(0.3) ? 'groups' : 'lists',
    isWild: random.chance(0.1),
    faultMs: 0,
    rarities: drawRarities(streams),
  };
  const isLan = (options.profile ?? profile) === 'lan';
  return { ...drawn, faultMs: isLan ? 120_000 : 1_200_000, ...options };
}

/** From a stream of their own, so that clusters without any are what they were before there were rarities. */
function drawRarities(streams: RandomStreams): Rarity[] {
  const random = streams.stream('rarities');
  const all: readonly Rarity[] = ['clockBack', 'failingSends', 'fewSessions', 'rivalPolicies'];
  return all.filter(() => random.chance(0.15));
}

import { type Cluster, fewSessions } from '../cluster/cluster.ts';
import type { Bounds } from './bounds.ts';
import type { Checker } from './checker.ts';

/** Every user gets an answer now and then while nothing disturbs the cluster and its pool has an element. */
export class ProgressChecker implements Checker {
  readonly name = 'progress';
  readonly #cluster: Cluster;
  readonly #bounds: Bounds;
  readonly #last: Map<string, { answers: number; at: number }> = new Map();
  #closest = 0;

  /**
   * @param cluster - The cluster.
   * @param bounds - How long it may take.
   */
  constructor(cluster: Cluster, bounds: Bounds) {
    this.#cluster = cluster;
    this.#bounds = bounds;
  }

  /** The longest wait, as a fraction of its bound. */
  get closest(): number {
    return this.#closest;
  }

  /** Looks, as {@link Checker.check} says. */
  check(now: number): void {
    const { users, nodes, world } = this.#cluster;
    const calm = Math.max(...nodes.map((node) => node.calmSince));
    for (const node of users) {
      const known = this.#last.get(node.name);
      if (known?.answers !== node.answers) this.#last.set(node.name, { answers: node.answers, at: now });
      if (known === undefined || !node.isRunning) continue;
      if (!this.#hasRoom(node.pool)) continue;
      const waited = now - Math.max(calm, known.at);
      this.#closest = Math.max(this.#closest, waited / this.#bounds.progress);
      if (waited > this.#bounds.progress) {
        world.violated('progress', `${node.name} has had no answer for ${Math.round(waited)} ms`);
      }
    }
  }

  /** Whether a pool has elements enough; where they serve few sessions, those that users have left count, too. */
  #hasRoom(pool: string): boolean {
    const { elements, users, scenario } = this.#cluster;
    const members = elements.filter((node) => node.pool === pool && node.isWanted).length;
    if (!scenario.rarities.includes('fewSessions')) return members > 0;
    return members * fewSessions >= 2 * users.filter((node) => node.pool === pool).length;
  }
}

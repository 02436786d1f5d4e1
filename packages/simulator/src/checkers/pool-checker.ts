import type { Cluster } from '../cluster/cluster.ts';
import type { Checker } from './checker.ts';

/**
 * The elements of a pool have its policy, in every registrar and at all times, whoever has founded it how often (RFC
 * 5352 section 3.1, rule 2).
 */
export class PoolChecker implements Checker {
  readonly name = 'pools';
  readonly #cluster: Cluster;

  /**
   * @param cluster - The cluster.
   */
  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Looks, as {@link Checker.check} says. */
  check(): void {
    // The others' elements have the policy of their pool anyhow, but for what a changed message has made of them.
    if (!this.#cluster.scenario.rarities.includes('rivalPolicies')) return;
    for (const { name, handlespace } of this.#cluster.registrars.filter((node) => node.isRunning)) {
      for (const poolHandle of handlespace.pools()) {
        const pool = handlespace.peek(poolHandle);
        for (const element of pool?.elements ?? []) {
          const { identifier, policy } = handlespace.poolElement(element);
          if (policy.type === pool?.policy.type) continue;
          const what = `${name} lists ${identifier} with ${policy.type} in a pool with ${pool?.policy.type}`;
          this.#cluster.world.violated('pools', what);
        }
      }
    }
  }
}

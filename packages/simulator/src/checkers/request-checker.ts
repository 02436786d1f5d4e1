import type { Cluster } from '../cluster/cluster.ts';
import type { Checker } from './checker.ts';

/**
 * Every request ends in a result or an error within its bound, whatever happens meanwhile: registrations,
 * deregistrations, handle resolutions, the connection of a session, its failovers.
 */
export class RequestChecker implements Checker {
  readonly name = 'requests';
  readonly #cluster: Cluster;

  /**
   * @param cluster - The cluster.
   */
  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Looks, as {@link Checker.check} says. */
  check(now: number): void {
    const { world, users, everyElement } = this.#cluster;
    const slackMs = 2 * world.timing.sampleMs;
    for (const node of [...users, ...everyElement]) {
      // Who was stopped, or whose clock has jumped, runs the timers that are due first.
      if (!node.isRunning || now - node.calmSince < slackMs) continue;
      for (const what of node.deadlines.takeOverdue(slackMs)) {
        world.violated('requests', `${node.name}: ${what}`);
      }
    }
  }
}

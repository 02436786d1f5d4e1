import { type Cluster, fewSessions } from '../cluster/cluster.ts';
import type { ProcessNode } from '../cluster/process-node.ts';
import type { Checker } from './checker.ts';

/** How many bytes may be under way on one association: the messages of a cluster are few and short. */
const maximumBytes = 262_144;

/** How many timers a process may have beside those of its associations and attempts. */
const ownTimers = 64;

/** Nothing grows without bound: what waits, what is under way, and what is kept of sessions and associations. */
export class GrowthChecker implements Checker {
  readonly name = 'growth';
  readonly #cluster: Cluster;

  /**
   * @param cluster - The cluster.
   */
  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Looks, as {@link Checker.check} says. */
  check(): void {
    const { registrars, elements, users, world, scenario } = this.#cluster;
    const everybody = this.#cluster.nodes;
    for (const node of everybody) {
      if (node.isRunning) this.#checkProcess(node, everybody.length);
    }
    for (const node of elements) {
      // Each user has one session, and another one that its element has not lost yet.
      const most = scenario.rarities.includes('fewSessions') ? fewSessions : 4 * users.length;
      if (node.isRunning) this.#limit(node.name, 'served sessions', node.sessionCount, most);
    }
    for (const node of users) {
      if (node.isRunning) this.#limit(node.name, 'sessions', node.sessionCount, 2);
    }
    const ever = this.#cluster.everyElement.length;
    for (const node of registrars) {
      if (!node.isRunning || world.isWild) continue;
      this.#limit(node.name, 'elements', node.handlespace.elementCount, 2 * ever);
      this.#limit(node.name, 'peers', node.machine.enrp.peers().length, 4 * registrars.length);
    }
  }

  #checkProcess(node: ProcessNode, hosts: number): void {
    const { host } = node;
    this.#limit(node.name, 'timers', host.clock.timers, ownTimers + 4 * hosts);
    this.#limit(node.name, 'links', host.links.size, 64 + 8 * hosts);
    for (const link of host.links) {
      this.#limit(node.name, 'bytes under way', link.forward.bytes + link.backward.bytes, maximumBytes);
    }
  }

  #limit(where: string, what: string, count: number, most: number): void {
    if (count > most)
      this.#cluster.world.violated('growth', `${where} has ${count} ${what}, at most ${most}`);
  }
}

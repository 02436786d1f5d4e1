import type { RegistrarMachine } from '@rserpool/registrar/machine';
import type { Cluster } from '../cluster/cluster.ts';
import type { Bounds } from './bounds.ts';
import type { Checker } from './checker.ts';

/**
 * Nothing goes on that ought to have come to an end: where nobody is disturbed, updates alone keep the registrars in
 * step (RFC 5353 section 3.3), and no audit has anything to repair. Audits would hide it from every other promise where
 * updates were wrong, or where two registrars resynchronized for ever without a difference that lasts.
 */
export class QuietChecker implements Checker {
  readonly name = 'quiet';
  readonly #cluster: Cluster;
  readonly #bounds: Bounds;
  /** How many resynchronizations each registrar had come to when it was last looked at. */
  readonly #seen: WeakMap<RegistrarMachine, number> = new WeakMap();

  /**
   * @param cluster - The cluster.
   * @param bounds - How long audits may have something to repair.
   */
  constructor(cluster: Cluster, bounds: Bounds) {
    this.#cluster = cluster;
    this.#bounds = bounds;
  }

  /** Looks, as {@link Checker.check} says. */
  check(now: number): void {
    const { registrars, world } = this.#cluster;
    // A presence that comes late, or changed, asks for a repair of what is right.
    if (world.isWild) return;
    const calmMs = now - this.#calmSince();
    for (const { name, machine } of registrars.filter((node) => node.isRunning)) {
      const { resynchronizations } = machine.enrp.counters;
      const before = this.#seen.get(machine) ?? resynchronizations;
      this.#seen.set(machine, resynchronizations);
      if (resynchronizations === before || calmMs <= this.#bounds.agreement) continue;
      world.violated('quiet', `${name} had to resynchronize, undisturbed for ${Math.round(calmMs)} ms`);
    }
  }

  /** As for the agreement of registrars; but here whatever befalls an element changes something, too. */
  #calmSince(): number {
    const { registrars, nodes } = this.#cluster;
    const { detection } = this.#bounds;
    let calm = Number.NEGATIVE_INFINITY;
    for (const node of nodes) calm = Math.max(calm, node.calmSince);
    for (const node of registrars) if (node.isDead) calm = Math.max(calm, node.calmSince + detection);
    return calm;
  }
}

import type { ElementNode } from '../cluster/element-node.ts';
import type { RegistrarNode } from '../cluster/registrar-node.ts';

/** Several registrars that count one element to their own. */
interface Conflict {
  readonly since: number;
  /** Who has to end as its home registrar. */
  readonly heir: RegistrarNode;
  readonly claimants: readonly RegistrarNode[];
}

/**
 * Conflicts that RFC 5353 leaves open end by one rule: of two registrars that own the same element that one keeps it
 * which holds the live association to it, and where both or neither do, the one with the larger identifier. What the
 * element decides itself meanwhile, by registering, comes before any rule.
 */
export class ConflictRule {
  readonly #conflicts: Map<string, Conflict> = new Map();
  #decided = 0;

  /** How many conflicts were seen to end by the rule. */
  get decided(): number {
    return this.#decided;
  }

  /**
   * Several registrars claim an element at present, or one does.
   *
   * @param node - The element.
   * @param claimants - Who counts it to its own, in any order.
   * @param isCalm - Whether nothing disturbs the registrars and the element.
   * @param now - The time.
   * @returns What went against the rule, where something did.
   */
  observe(
    node: ElementNode,
    claimants: readonly RegistrarNode[],
    isCalm: boolean,
    now: number,
  ): string | undefined {
    const known = this.#conflicts.get(node.key);
    if (!isCalm || !node.isWanted) {
      this.#conflicts.delete(node.key);
      return undefined;
    }
    if (claimants.length > 1) {
      const heir = heirOf(node, claimants);
      if (known === undefined && heir !== undefined)
        this.#conflicts.set(node.key, { since: now, heir, claimants });
      return undefined;
    }
    const [home] = claimants;
    if (known === undefined || home === undefined) return undefined;
    // It is deciding itself: a registrar may know its registration, or have announced it, before it is told.
    if (node.isRegistering) return undefined;
    this.#conflicts.delete(node.key);
    if (node.registeredAt >= known.since) return undefined;
    this.#decided += 1;
    if (home === known.heir) return undefined;
    const names = known.claimants
      .map((claimant) => `${claimant.name} (${claimant.identifier})`)
      .join(' and ');
    return `${node.name} (${node.key}) was claimed by ${names} and went to ${home.name}, not to ${known.heir.name}`;
  }
}

function heirOf(node: ElementNode, claimants: readonly RegistrarNode[]): RegistrarNode | undefined {
  // A former home registrar keeps its association for a while: the live one is that which the element counts on.
  const home = claimants.find((claimant) => claimant.host === node.home);
  if (home?.isAssociatedWith(node.host) === true) return home;
  const holders = claimants.filter((claimant) => claimant.isAssociatedWith(node.host));
  const candidates = holders.length > 0 ? holders : claimants;
  return candidates.reduce((best, one) => (one.identifier > best.identifier ? one : best));
}

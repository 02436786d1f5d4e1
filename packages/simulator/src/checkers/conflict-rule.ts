import type { ElementNode } from '../cluster/element-node.ts';
import type { RegistrarNode } from '../cluster/registrar-node.ts';

/** Several registrars that count one element to their own. */
interface Conflict {
  /** When it was last looked at the element and there was none. */
  readonly since: number;
  /** Who was to end as its home registrar, at one look or another: associations come and go meanwhile. */
  readonly heirs: Set<RegistrarNode>;
  /** Who was seen to hold a live association to the element. */
  readonly holders: Set<RegistrarNode>;
  readonly claimants: Set<RegistrarNode>;
}

/**
 * Conflicts that RFC 5353 leaves open end by one rule: of two registrars that own the same element that one keeps it
 * which reaches it over a live association, and where both or neither do, the one with the larger identifier. Who has
 * taken the other one over without reaching the element may also give it back.
 *
 * What the element decides itself comes before any rule: a registration since the conflict began is a fact, whoever has
 * granted it and however late that is heard of, and so is one that is under way to the home that all agree about. A conflict is over when one registrar claims the element, and all others
 * and the element itself say the same; how long that may take the other checkers know.
 */
export class ConflictRule {
  readonly #conflicts: Map<string, Conflict> = new Map();
  #decided = 0;
  #look = 0;
  #lookBefore = 0;

  /** How many conflicts were seen to end by the rule. */
  get decided(): number {
    return this.#decided;
  }

  /**
   * Several registrars claim an element at present, or one does.
   *
   * @param node - The element.
   * @param claimants - Who counts it to its own, in any order.
   * @param isAgreed - Whether all registrars and the element name the same home.
   * @param isCalm - Whether nothing disturbs the registrars and the element.
   * @param now - The time.
   * @returns What went against the rule, where something did.
   */
  observe(
    node: ElementNode,
    claimants: readonly RegistrarNode[],
    isAgreed: boolean,
    isCalm: boolean,
    now: number,
  ): string | undefined {
    if (now > this.#look) {
      this.#lookBefore = this.#look;
      this.#look = now;
    }
    const known = this.#conflicts.get(node.key);
    if (!isCalm || !node.isWanted) {
      this.#conflicts.delete(node.key);
      return undefined;
    }
    if (claimants.length > 1) {
      this.#dispute(node, claimants, known);
      return undefined;
    }
    const [home] = claimants;
    if (known === undefined || home === undefined || !isAgreed) return undefined;
    this.#conflicts.delete(node.key);
    // Its home is this one, so it was this one that it asked.
    if (Math.max(node.registrationSentAt, node.registeredAt, home.grantedAt(node.key)) >= known.since) {
      return undefined;
    }
    this.#decided += 1;
    if (known.heirs.has(home) || reachedSince(known, home, node)) return undefined;
    const claims = namesOf(known.claimants);
    return `${node.name} (${node.key}) was claimed by ${claims} and went to ${home.name}, not to ${namesOf(known.heirs)}`;
  }

  #dispute(node: ElementNode, claimants: readonly RegistrarNode[], known: Conflict | undefined): void {
    const conflict = known ?? {
      since: this.#lookBefore,
      heirs: new Set(),
      holders: new Set(),
      claimants: new Set(),
    };
    this.#conflicts.set(node.key, conflict);
    for (const claimant of claimants) conflict.claimants.add(claimant);
    const holders = claimants.filter((claimant) => claimant.holds(node));
    for (const holder of holders) conflict.holders.add(holder);
    const candidates = holders.length > 0 ? holders : claimants;
    conflict.heirs.add(candidates.reduce((best, one) => (one.identifier > best.identifier ? one : best)));
    if (holders.length > 0) return;
    for (const target of claimants) {
      if (claimants.some((one) => one.hasTakenOver(target.identifier))) conflict.heirs.add(target);
    }
  }
}

/** Whether the home has reached the element since the last look, and nobody else was seen to hold it with more right. */
function reachedSince({ holders }: Conflict, home: RegistrarNode, node: ElementNode): boolean {
  return home.holds(node) && [...holders].every(({ identifier }) => identifier <= home.identifier);
}

function namesOf(nodes: ReadonlySet<RegistrarNode>): string {
  return [...nodes].map(({ name, identifier }) => `${name} (${identifier})`).join(' and ');
}

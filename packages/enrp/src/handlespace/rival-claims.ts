import type { ElementReference } from '@rserpool/handlespace';

/**
 * Who else claims an element. ENRP has no versions: after a partition, or when a pool element registers
 * elsewhere while an update is under way, two registrars may both hold themselves for its home, or each the
 * other. One claim prevails, and the other is remembered until the owner's checksum has confirmed that the
 * conflict is over. Should the owner disown the element meanwhile, it goes to the rival instead of being lost.
 */
export class RivalClaims {
  readonly #rivals: Map<ElementReference, number> = new Map();

  /** How many are remembered. */
  get size(): number {
    return this.#rivals.size;
  }

  /** Remembers that `rival` claims an element which belongs to another registrar. */
  remember(element: ElementReference, rival: number): void {
    this.#rivals.set(element, rival);
  }

  /** Forgets the claim on an element. */
  forget(element: ElementReference): void {
    this.#rivals.delete(element);
  }

  /** Who else claims an element. */
  of(element: ElementReference): number | undefined {
    return this.#rivals.get(element);
  }

  /** All elements with rival claims, and by whom. */
  entries(): [ElementReference, number][] {
    return [...this.#rivals];
  }
}

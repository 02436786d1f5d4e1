import type { ElementReference } from '@rserpool/handlespace';

/** That a registrar claims an element. */
export interface RivalClaim {
  /** Who claims it. */
  readonly rival: number;
  /** When the conflict was seen, in milliseconds on the caller's clock. */
  readonly since: number;
}

/**
 * Who else claims an element. ENRP has no versions: after a partition, or when a pool element registers
 * elsewhere while an update is under way, two registrars may both hold themselves for its home, or each the
 * other. One claim prevails, and the other is remembered until the owner's checksum has confirmed that the
 * conflict is over. Should the owner disown the element meanwhile, it goes to the rival instead of being lost.
 * A confirmation counts only a while after the conflict: what a slow registrar says may be older than it seems.
 */
export class RivalClaims {
  readonly #rivals: Map<ElementReference, RivalClaim> = new Map();

  /** Remembers that a registrar claims an element which belongs to another one. */
  remember(element: ElementReference, claim: RivalClaim): void {
    this.#rivals.set(element, claim);
  }

  /** Forgets the claim on an element. */
  forget(element: ElementReference): void {
    this.#rivals.delete(element);
  }

  /** Who else claims an element. */
  of(element: ElementReference): number | undefined {
    return this.#rivals.get(element)?.rival;
  }

  /** All elements with rival claims. Claims may come and go during the walk. */
  entries(): MapIterator<[ElementReference, RivalClaim]> {
    return this.#rivals.entries();
  }
}

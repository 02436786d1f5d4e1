import type { ElementReference } from '@rserpool/handlespace';

/** Whose element it was, and who owns it since a takeover. */
interface Heir {
  readonly target: number;
  readonly winner: number;
}

/**
 * Which elements changed their home by takeovers (RFC 5353 section 3.5.2), as long as their new home has not named
 * them itself: a takeover gives the winner what each registrar knows of the target, which need not be the same.
 */
export class TakeoverHeritage {
  readonly #heirs: Map<ElementReference, Heir> = new Map();

  /** Remembers the elements that a registrar took over from another one. */
  remember(elements: readonly ElementReference[], target: number, winner: number): void {
    for (const element of elements) this.#heirs.set(element, { target, winner });
  }

  /** The new home has named an element, or it is gone. */
  forget(element: ElementReference): void {
    this.#heirs.delete(element);
  }

  /** What a registrar took over, and from whom; each is told once. */
  *takeOf(winner: number): Generator<{ readonly element: ElementReference; readonly target: number }> {
    for (const [element, heir] of this.#heirs) {
      if (heir.winner !== winner) continue;
      this.#heirs.delete(element);
      yield { element, target: heir.target };
    }
  }

  /** What a registrar took over from a certain one; each is told once. */
  *takeFrom(target: number, winner: number): Generator<ElementReference> {
    for (const [element, heir] of this.#heirs) {
      if (heir.winner !== winner || heir.target !== target) continue;
      this.#heirs.delete(element);
      yield element;
    }
  }
}

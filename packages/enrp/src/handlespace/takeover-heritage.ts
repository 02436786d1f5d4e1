import type { ElementReference } from '@rserpool/handlespace';

/**
 * Which elements changed their home by takeovers (RFC 5353 section 3.5.2), as long as their new home has not named
 * them itself: a takeover gives the winner what each registrar knows of the target, which need not be the same.
 */
export class TakeoverHeritage {
  /** For each winner: whose element it was. */
  readonly #targets: Map<number, Map<ElementReference, number>> = new Map();

  /** Remembers the elements that a registrar took over from another one. */
  remember(elements: readonly ElementReference[], target: number, winner: number): void {
    if (elements.length === 0) return;
    const targets = this.#targets.get(winner) ?? new Map<ElementReference, number>();
    this.#targets.set(winner, targets);
    for (const element of elements) targets.set(element, target);
  }

  /** The new home has named an element, or it is gone. */
  forget(element: ElementReference): void {
    for (const targets of this.#targets.values()) targets.delete(element);
  }

  /** What a registrar took over, and from whom; told once. */
  takeOf(winner: number): ReadonlyMap<ElementReference, number> {
    const targets = this.#targets.get(winner) ?? new Map<ElementReference, number>();
    this.#targets.delete(winner);
    return targets;
  }

  /** What a registrar took over from a certain one; told once. */
  takeFrom(target: number, winner: number): ElementReference[] {
    const targets = this.#targets.get(winner);
    const elements: ElementReference[] = [];
    for (const [element, of] of targets ?? []) if (of === target) elements.push(element);
    for (const element of elements) targets?.delete(element);
    return elements;
  }
}

import type { AssociationId, PoolElement } from '@rserpool/wire';

/**
 * The element that a session left last, by its own decision. Its association still tells which messages the element
 * never acknowledged, and the application has to hear of them.
 */
export class FormerElement {
  #association: AssociationId | undefined;
  #element: PoolElement | undefined;

  /**
   * The session leaves an element.
   *
   * @param association - The association, which is being closed.
   * @param element - The element.
   */
  left(association: AssociationId, element: PoolElement): void {
    this.#association = association;
    this.#element = element;
  }

  /** The session has ended: nobody is told any more. */
  forget(): void {
    this.#association = undefined;
    this.#element = undefined;
  }

  /**
   * The element behind an association, where it is the one that was left.
   *
   * @param association - The association.
   */
  at(association: AssociationId): PoolElement | undefined {
    return association === this.#association ? this.#element : undefined;
  }
}

import type { PoolElement } from '@rserpool/wire';
import type { ChangeListeners } from './change-listeners.ts';
import type { ElementReference } from './element-reference.ts';
import type { ElementOrigin } from './element-validity.ts';
import type { HandlespaceChange } from './handlespace-change.ts';
import type { HandlespaceLimits } from './handlespace-limits.ts';
import { checkIdentifier } from './identifier.ts';
import { ownedElements, ownedSlice } from './ownership-walk.ts';
import type { PageCursor, PurgedSlice } from './page.ts';
import { collectReferences } from './page-walk.ts';
import { registerElement } from './registration.ts';
import type { RegistrationResult } from './registration-result.ts';
import type { Store } from './store.ts';

/**
 * The operations that listeners hear of: each is refused from within a listener, changes one element after the
 * other, and announces each when it is complete. Where nobody listens, no change object is made.
 */
export class AnnouncedChanges {
  readonly #store: Store;
  readonly #limits: HandlespaceLimits;
  readonly #listeners: ChangeListeners;

  /**
   * @param store - The indices.
   * @param limits - What the handlespace takes in at most.
   * @param listeners - Who hears of the changes.
   */
  constructor(store: Store, limits: HandlespaceLimits, listeners: ChangeListeners) {
    this.#store = store;
    this.#limits = limits;
    this.#listeners = listeners;
  }

  /** Adds or updates an element, or says why not. */
  takeIn(poolHandle: Uint8Array, poolElement: PoolElement, origin: ElementOrigin): RegistrationResult {
    this.#listeners.checkMayChange();
    const result = registerElement(this.#store, this.#limits, poolHandle, poolElement, origin);
    if (result.ok) this.#announce(result.outcome, result.element, result.previousHomeRegistrar);
    return result;
  }

  /** Removes an element. */
  remove(element: ElementReference): void {
    this.#listeners.checkMayChange();
    this.#store.elements.check(element);
    this.#erase(element);
  }

  /** Gives an element to a registrar. */
  setHomeRegistrar(element: ElementReference, homeRegistrar: number): void {
    this.#listeners.checkMayChange();
    this.#store.elements.check(element);
    checkIdentifier('home registrar', homeRegistrar);
    this.#transfer(element, homeRegistrar);
  }

  /** Gives elements of a registrar to another one. */
  takeOver(from: number, to: number, maximumElements: number = Number.POSITIVE_INFINITY): ElementReference[] {
    this.#listeners.checkMayChange();
    checkIdentifier('home registrar', to);
    const elements: ElementReference[] = [];
    if (from === to) return elements;
    if (!this.#listeners.wantsEach && maximumElements >= this.#store.ownership.count(from)) {
      this.#store.transferAll(from, to, elements);
      if (elements.length > 0) this.#listeners.announceTakeover(elements, from, to);
      return elements;
    }
    ownedSlice(this.#store.ownership, from, undefined, maximumElements, elements);
    for (const element of elements) this.#transfer(element, to);
    return elements;
  }

  /** Removes the marked elements of a registrar. */
  purgeMarked(homeRegistrar: number): ElementReference[] {
    this.#listeners.checkMayChange();
    const marked: ElementReference[] = [];
    for (const element of ownedElements(this.#store.ownership, homeRegistrar)) {
      if (this.#store.elements.isMarked(element)) marked.push(element);
    }
    for (const element of marked) this.#erase(element);
    return marked;
  }

  /** Removes the marked ones of a slice of a registrar's elements. */
  purgeMarkedSlice(
    homeRegistrar: number,
    after: PageCursor | undefined,
    maximumElements: number,
  ): PurgedSlice {
    this.#listeners.checkMayChange();
    const { elements, next } = collectReferences(this.#store, after, {
      homeRegistrar,
      maximumElements,
      maximumBytes: Number.POSITIVE_INFINITY,
    });
    const removed = elements.filter((element) => this.#store.elements.isMarked(element));
    for (const element of removed) this.#erase(element);
    return { removed, next };
  }

  #transfer(element: ElementReference, homeRegistrar: number): void {
    if (!this.#listeners.any) {
      this.#store.transfer(element, homeRegistrar);
      return;
    }
    const previous = this.#store.ownership.homeRegistrar(element);
    if (this.#store.transfer(element, homeRegistrar)) {
      this.#announce('homeRegistrarChanged', element, previous);
    }
  }

  #erase(element: ElementReference): void {
    const change = this.#listeners.any ? this.#changeOf('removed', element, undefined) : undefined;
    this.#store.erase(element);
    if (change !== undefined) this.#listeners.announceRemoved(change);
  }

  #announce(
    kind: Exclude<HandlespaceChange['kind'], 'removed'>,
    element: ElementReference,
    previousHomeRegistrar: number | undefined,
  ): void {
    if (this.#listeners.any) this.#listeners.announce(kind, element, previousHomeRegistrar, this.#changeOf);
  }

  readonly #changeOf = (
    kind: HandlespaceChange['kind'],
    element: ElementReference,
    previousHomeRegistrar: number | undefined,
  ): HandlespaceChange => {
    const poolElement = this.#store.attributes(element);
    const change = { kind, element, poolHandle: this.#store.poolOf(element).handle, poolElement };
    return previousHomeRegistrar === undefined ? change : { ...change, previousHomeRegistrar };
  };
}

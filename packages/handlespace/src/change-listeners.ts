import { RserpoolError } from '@rserpool/wire';
import type { ElementReference } from './element-reference.ts';
import type { HandlespaceChange, HandlespaceListener, HandlespaceObserver } from './handlespace-change.ts';

/** One of the two hears of the changes. */
interface Subscription {
  readonly listener: HandlespaceListener | undefined;
  readonly observer: HandlespaceObserver | undefined;
}

/** Who wants to hear of changes, and the rule that nobody changes anything while hearing. */
export class ChangeListeners {
  /** Replaced by each subscription, so that an announcement under way keeps its own list. */
  #listeners: readonly Subscription[] = [];
  #announcing = false;
  #wantsEach = false;

  /** Whether anybody listens; where nobody does, no change object is made. */
  get any(): boolean {
    return this.#listeners.length > 0;
  }

  /** Whether somebody wants to hear of each element of a takeover, and not of all of them at once. */
  get wantsEach(): boolean {
    return this.#wantsEach;
  }

  /**
   * Adds a listener behind those that are there.
   *
   * @param listener - Called for every change.
   * @returns Ends the subscription; a second call does nothing.
   */
  subscribe(listener: HandlespaceListener): () => void {
    return this.#add({ listener, observer: undefined });
  }

  /**
   * Adds an observer behind those that are there.
   *
   * @param observer - Told of every change.
   * @returns Ends the subscription; a second call does nothing.
   */
  observe(observer: HandlespaceObserver): () => void {
    return this.#add({ listener: undefined, observer });
  }

  // An object of its own for each subscription: the same function may listen twice.
  #add(subscription: Subscription): () => void {
    this.#replace([...this.#listeners, subscription]);
    return () => {
      this.#replace(this.#listeners.filter((other) => other !== subscription));
    };
  }

  #replace(listeners: readonly Subscription[]): void {
    this.#listeners = listeners;
    this.#wantsEach = listeners.some(({ observer }) => observer?.takenOver === undefined);
  }

  /**
   * Refuses a change from within a listener: the listeners behind it would hear of the changes in the wrong
   * order, and of elements that are gone.
   *
   * @throws RserpoolError `ERR_RSERPOOL_CHANGE_WITHIN_LISTENER`.
   */
  checkMayChange(): void {
    if (!this.#announcing) return;
    throw new RserpoolError(
      'ERR_RSERPOOL_CHANGE_WITHIN_LISTENER',
      'A listener must not change the handlespace. Remember what to do, and do it when the call that changed it has returned.',
    );
  }

  /** Tells everybody of an element that is gone, in the order of their subscriptions. */
  announceRemoved(change: HandlespaceChange): void {
    this.#announcing = true;
    try {
      for (const { listener, observer } of this.#listeners) {
        if (observer !== undefined) observer.removed(change);
        else listener?.(change);
      }
    } finally {
      this.#announcing = false;
    }
  }

  /**
   * Tells everybody of another change, in the order of their subscriptions.
   *
   * @param describe - Makes the change object; called where a listener wants one.
   */
  announce(
    kind: Exclude<HandlespaceChange['kind'], 'removed'>,
    element: ElementReference,
    previousHomeRegistrar: number | undefined,
    describe: (
      kind: HandlespaceChange['kind'],
      element: ElementReference,
      previousHomeRegistrar: number | undefined,
    ) => HandlespaceChange,
  ): void {
    let change: HandlespaceChange | undefined;
    this.#announcing = true;
    try {
      for (const { listener, observer } of this.#listeners) {
        if (observer !== undefined) {
          observer.changed(kind, element, previousHomeRegistrar);
        } else if (listener !== undefined) {
          change ??= describe(kind, element, previousHomeRegistrar);
          listener(change);
        }
      }
    } finally {
      this.#announcing = false;
    }
  }

  /**
   * Tells everybody of a takeover in one go, in the order of their subscriptions; nobody may want to hear of each
   * element.
   */
  announceTakeover(elements: readonly ElementReference[], from: number, to: number): void {
    this.#announcing = true;
    try {
      for (const { observer } of this.#listeners) observer?.takenOver?.(elements, from, to);
    } finally {
      this.#announcing = false;
    }
  }
}

import { RserpoolError } from '@rserpool/wire';
import type { HandlespaceChange, HandlespaceListener } from './handlespace-change.ts';

/** Who wants to hear of changes, and the rule that nobody changes anything while hearing. */
export class ChangeListeners {
  /** Replaced by each subscription, so that an announcement under way keeps its own list. */
  #listeners: readonly { readonly listener: HandlespaceListener }[] = [];
  #announcing = false;

  /** Whether anybody listens; where nobody does, no change object is made. */
  get any(): boolean {
    return this.#listeners.length > 0;
  }

  /**
   * Adds a listener behind those that are there.
   *
   * @param listener - Called for every change.
   * @returns Ends the subscription; a second call does nothing.
   */
  subscribe(listener: HandlespaceListener): () => void {
    // An object of its own for each subscription: the same function may listen twice.
    const subscription = { listener };
    this.#listeners = [...this.#listeners, subscription];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== subscription);
    };
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

  /** Tells every listener, in the order of their subscriptions. */
  announce(change: HandlespaceChange): void {
    this.#announcing = true;
    try {
      for (const subscription of this.#listeners) subscription.listener(change);
    } finally {
      this.#announcing = false;
    }
  }
}

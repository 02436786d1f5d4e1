import type { PoolElement } from '@rserpool/wire';
import type { ElementReference } from './element-reference.ts';

/**
 * One change of a handlespace, announced when it is complete: whoever reads the handlespace sees it already.
 */
export interface HandlespaceChange {
  /**
   * What happened. `added`: a new element. `updated`: a registration or an update replaced the attributes of an
   * element, possibly also its home registrar. `removed`: the element is gone. `homeRegistrarChanged`: nothing
   * but the home registrar changed.
   */
  readonly kind: 'added' | 'updated' | 'removed' | 'homeRegistrarChanged';
  /**
   * The element. Where it was removed, this is the reference that it had: stale, but not yet given to another
   * element.
   */
  readonly element: ElementReference;
  /** The handle of its pool; the handlespace's own copy, not to be changed. */
  readonly poolHandle: Uint8Array;
  /** The element after the change; where it was removed, as it was before. Not to be changed. */
  readonly poolElement: PoolElement;
  /** The home registrar before; there where it changed. */
  readonly previousHomeRegistrar?: number;
}

/** Hears of changes as they are, without objects made for it; what {@link HandlespaceListener} may do, it may do as well. */
export interface HandlespaceObserver {
  /**
   * An element was added, updated, or given to another registrar. The handlespace tells how it is now.
   *
   * @param kind - Which of the three.
   * @param element - The element.
   * @param previousHomeRegistrar - The home registrar before, where it changed.
   */
  changed(
    kind: Exclude<HandlespaceChange['kind'], 'removed'>,
    element: ElementReference,
    previousHomeRegistrar: number | undefined,
  ): void;
  /**
   * An element is gone.
   *
   * @param change - What can not be read any more.
   */
  removed(change: HandlespaceChange): void;
  /**
   * Everything that one registrar owned was given to another one in one go (`Handlespace.takeOver`). Where all
   * who hear of changes have this method, it is called once instead of {@link HandlespaceObserver.changed} for each
   * element, and the takeover takes no step for each of them.
   *
   * @param elements - The elements, one or more. Not to be changed; it may be kept.
   * @param from - The registrar that owned them.
   * @param to - The registrar that owns them now.
   */
  takenOver?(elements: readonly ElementReference[], from: number, to: number): void;
}

/**
 * Hears of changes, within the call that makes them. A listener may call every method that reads and may set
 * expiry times, but methods that would announce a change throw `ERR_RSERPOOL_CHANGE_WITHIN_LISTENER`. It should
 * not throw: what it throws reaches the caller of the changing method, and the listeners behind it miss the
 * change, which itself holds.
 */
export type HandlespaceListener = (change: HandlespaceChange) => void;

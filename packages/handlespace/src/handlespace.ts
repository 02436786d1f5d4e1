import { type ErrorCause, type PolicyParameter, type PoolElement, RserpoolError } from '@rserpool/wire';
import { AnnouncedChanges } from './announced-changes.ts';
import { ChangeListeners } from './change-listeners.ts';
import { checksumOf } from './checksum.ts';
import type { ElementReference } from './element-reference.ts';
import type { HandlespaceListener, HandlespaceObserver } from './handlespace-change.ts';
import { type HandlespaceLimits, resolvedLimits } from './handlespace-limits.ts';
import type { HandlespaceOptions } from './handlespace-options.ts';
import { ownedElements, ownedSlice } from './ownership-walk.ts';
import type { HandlespacePage, PageCursor, PageOptions, PurgedSlice, ReferencePage } from './page.ts';
import { collectPage, collectReferences } from './page-walk.ts';
import { inconsistencies } from './pool-consistency.ts';
import { peekPool, type PoolResolution, resolvePool, resolvePoolInto } from './pool-resolution.ts';
import type { RegistrationResult } from './registration-result.ts';
import { Store } from './store.ts';

/**
 * The handlespace of a registrar: all pools with their elements (RFC 5351 section 2), found by pool handle,
 * selected by policy, owned by their home registrars, checked for being the same everywhere, and watched for
 * their expiry. It keeps data and decides nothing: no clock, no timers, no messages. A pool lives from its first
 * element to its last.
 *
 * Elements are named by integers ({@link ElementReference}); what is known of one is read with
 * {@link Handlespace.poolElement} and the like. All methods that take a reference throw
 * `ERR_RSERPOOL_STALE_REFERENCE` for one that names no element.
 *
 * Cost, with N elements in the handlespace: finding, registering, removing and changing the owner of an element
 * O(1) and what the policy of its pool takes; resolving what the policy takes for the elements returned; setting
 * a time of expiry O(1), or O(log N) where it lies more than about 17 minutes from the others. Nothing but {@link Handlespace.peek} runs over all elements of a pool.
 *
 * @example
 * ```ts
 * import { Handlespace } from '@rserpool/handlespace';
 * import { parseIpAddress, poolHandleFromText, seededRandom } from '@rserpool/wire';
 *
 * const handlespace = new Handlespace({ random: seededRandom(1) });
 * const poolHandle = poolHandleFromText('echo');
 * handlespace.register(poolHandle, {
 *   identifier: 0x1234,
 *   homeRegistrar: 0xabcd,
 *   registrationLife: 300,
 *   userTransport: { protocol: 'tcp', port: 7, address: parseIpAddress('192.0.2.1') },
 *   policy: { type: 'roundRobin' },
 * });
 * const resolution = handlespace.resolve(poolHandle, 3);
 * for (const element of resolution?.elements ?? []) handlespace.poolElement(element);
 * ```
 */
export class Handlespace {
  readonly #limits: HandlespaceLimits;
  readonly #store: Store;
  readonly #listeners: ChangeListeners = new ChangeListeners();
  readonly #changes: AnnouncedChanges;

  /**
   * @param options - Where random numbers come from, and limits.
   * @throws RserpoolError or PolicyError `ERR_RSERPOOL_INVALID_ARGUMENT` where a limit or `maximumIncrement` is out
   *   of range.
   */
  constructor(options: HandlespaceOptions) {
    const { random, maximumIncrement } = options;
    this.#limits = resolvedLimits(options.limits ?? {});
    this.#store = new Store(random, {
      random,
      ...(maximumIncrement === undefined ? {} : { maximumIncrement }),
    });
    this.#changes = new AnnouncedChanges(this.#store, this.#limits, this.#listeners);
  }

  /** How many pools there are. */
  get poolCount(): number {
    return this.#store.pools.size;
  }

  /** How many pool elements there are. */
  get elementCount(): number {
    return this.#store.elements.size;
  }

  /** The limits that hold. */
  get limits(): HandlespaceLimits {
    return this.#limits;
  }

  /**
   * Takes in what a pool element registers (RFC 5352 section 3.1): the first element founds the pool; others
   * have to be consistent with the pool in policy type, transport type and data/control channel configuration;
   * an element that is there is updated: its attributes and its home registrar are replaced, the policy counts
   * it as just registered but keeps its turn, its mark goes. Its time of expiry stays as it is.
   *
   * The causes of a rejection are listed at {@link RegistrationRejected}.
   *
   * @param poolHandle - The pool; copied.
   * @param element - The element. The caller has set `homeRegistrar` (to itself) and `asapTransport` (to where
   *   the registration came from; RFC 5352 section 3.1 rule 4). Copied: nothing of it is kept.
   * @returns The element's reference, or why it was rejected; then nothing has changed.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for an identifier that is no 32-bit number, PolicyError
   *   `ERR_RSERPOOL_INVALID_POLICY` for a policy value that is none; never for what a decoder returned.
   */
  register(poolHandle: Uint8Array, element: PoolElement): RegistrationResult {
    return this.#changes.takeIn(poolHandle, element, 'registration');
  }

  /**
   * Takes in what a peer says about a pool element (RFC 5353 sections 3.3.1, 3.2.3 step 4 and 3.6.3 step 4).
   *
   * As {@link Handlespace.register}, but laxer, since the peer has accepted the element and its word counts:
   * the registration life and the Transport Use may have any value, and the update of an element that is alone
   * in its pool may change policy type, transport type and Transport Use, and with them the pool. Home registrar 0
   * is an invalid value here. An element that contradicts others of its pool is rejected with the causes of a
   * registration: RFC 5353 does not provide for that, but a pool can be selected from by one policy only. It
   * happens where a pool was founded twice while registrars could not see each other; ENRP decides which side's
   * elements go.
   *
   * @param poolHandle - The pool; copied.
   * @param element - The element; copied.
   * @returns The element's reference, or why it was rejected; then nothing has changed.
   * @throws As {@link Handlespace.register}.
   */
  learn(poolHandle: Uint8Array, element: PoolElement): RegistrationResult {
    return this.#changes.takeIn(poolHandle, element, 'peer');
  }

  /**
   * How an element contradicts a pool: policy type, transport type and data/control channel configuration have to be
   * the pool's (RFC 5352 section 3.1 rules 2 and 3). Nothing changes.
   *
   * @param poolHandle - The pool.
   * @param element - The element, which may be in the pool or not.
   * @returns The causes that a registration would be rejected with; none where it fits or there is no such pool.
   */
  contradictions(poolHandle: Uint8Array, element: PoolElement): readonly ErrorCause[] {
    const pool = this.#store.pools.find(poolHandle);
    return pool === -1 ? [] : inconsistencies(this.#store.pools.at(pool), element, element.policy.type);
  }

  /**
   * Removes an element, and its pool where it was the last one (RFC 5352 section 3.2).
   *
   * @param element - The element; the reference is stale from now on.
   */
  remove(element: ElementReference): void {
    this.#changes.remove(element);
  }

  /**
   * The element with an identifier in a pool, or `undefined`.
   *
   * @param poolHandle - The pool.
   * @param identifier - The pool element identifier.
   */
  find(poolHandle: Uint8Array, identifier: number): ElementReference | undefined {
    const pool = this.#store.pools.find(poolHandle);
    // What is no identifier names nothing, not what its lower 32 bits name.
    if (pool === -1 || identifier >>> 0 !== identifier) return undefined;
    const element = this.#store.index.find(pool, identifier);
    return element === -1 ? undefined : element;
  }

  /**
   * The element with all its attributes and its current home registrar. The object is the handlespace's own and
   * not to be changed; it stays as it is when the element changes.
   *
   * @param element - The element.
   */
  poolElement(element: ElementReference): PoolElement {
    this.#store.elements.check(element);
    return this.#store.attributes(element);
  }

  /**
   * The length of an element as a Pool Element parameter of a message (RFC 5354 section 3.10), with its padding.
   *
   * @param element - The element.
   * @returns Bytes, a multiple of 4.
   */
  encodedLength(element: ElementReference): number {
    this.#store.elements.check(element);
    return this.#store.elements.encodedLength(element);
  }

  /**
   * The lengths of several elements as Pool Element parameters together, with their padding. Who copies many elements
   * all over the handlespace asks this first: their memory is then fetched at once, not one after the other.
   *
   * @param elements - The elements.
   * @param count - How many of them, from the first one on; all of them where absent.
   * @returns Bytes, a multiple of 4.
   */
  encodedLengths(elements: readonly ElementReference[], count: number = elements.length): number {
    const table = this.#store.elements;
    for (let index = 0; index < count; index++) table.check(elements[index] ?? -1);
    return table.encodedLengths(elements, count);
  }

  /**
   * Copies an element as the Pool Element parameter of a message (RFC 5354 section 3.10), with its padding and its
   * current home registrar: the quick way from the handlespace into a response, without an object.
   *
   * @param element - The element.
   * @param _into - Where the parameter goes; it is written through the view.
   * @param view - A view of the very same bytes: of `_into.buffer`, from `_into.byteOffset` on.
   * @param offset - Where it begins there; {@link Handlespace.encodedLength} bytes of room follow.
   * @returns The length, as {@link Handlespace.encodedLength}.
   * @throws RangeError where there is less room.
   */
  copyEncoded(element: ElementReference, _into: Uint8Array, view: DataView, offset: number): number {
    const { elements, ownership } = this.#store;
    elements.check(element);
    return elements.copyEncoded(element, ownership.homeRegistrar(element), view, offset);
  }

  /**
   * The handle of an element's pool: the handlespace's own copy, not to be changed.
   *
   * @param element - The element.
   */
  poolHandle(element: ElementReference): Uint8Array {
    this.#store.elements.check(element);
    return this.#store.poolOf(element).handle;
  }

  /**
   * The overall policy of an element's pool, as {@link PoolResolution} has it: with {@link Handlespace.resolveInto}
   * all that a response names. The handlespace's own, not to be changed.
   *
   * @param element - The element.
   */
  poolPolicy(element: ElementReference): PolicyParameter {
    this.#store.elements.check(element);
    return this.#store.poolOf(element).policy;
  }

  /**
   * The identifier of the registrar that owns an element; 0 where it was registered with none.
   *
   * @param element - The element.
   */
  homeRegistrar(element: ElementReference): number {
    this.#store.elements.check(element);
    return this.#store.ownership.homeRegistrar(element);
  }

  /**
   * The number of an element's first registration, 1 or more; no two elements ever get the same one. Beside a
   * reference that is kept for long it tells whether that still means the same element.
   *
   * @param element - The element.
   */
  serial(element: ElementReference): number {
    this.#store.elements.check(element);
    return this.#store.elements.serial(element);
  }

  /**
   * Whether a reference names an element; with a serial number, whether it names that element. Never throws.
   *
   * @param element - Any number.
   * @param serial - What {@link Handlespace.serial} returned for the element that is meant.
   */
  isCurrent(element: ElementReference, serial?: number): boolean {
    const { elements } = this.#store;
    return elements.has(element) && (serial === undefined || elements.serial(element) === serial);
  }

  /**
   * Selects elements of a pool by its policy (RFC 5352 section 3.3, RFC 5356), which counts them as used.
   *
   * @param poolHandle - The pool.
   * @param maximumItems - How many elements at most, an integer of 0 or more, or infinity.
   * @returns The elements, the one to be used first in front, or `undefined` for an unknown pool handle.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for a number of items that is none.
   */
  resolve(poolHandle: Uint8Array, maximumItems: number): PoolResolution | undefined {
    return resolvePool(this.#store, poolHandle, maximumItems);
  }

  /**
   * As {@link Handlespace.resolve}, for who resolves often: nothing is allocated.
   *
   * @param poolHandle - The pool.
   * @param maximumItems - How many elements at most, an integer of 0 or more, or infinity.
   * @param into - Where the elements go, from index 0 on; what lies behind them stays.
   * @returns How many elements; -1 for an unknown pool handle.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for a number of items that is none.
   */
  resolveInto(poolHandle: Uint8Array, maximumItems: number, into: ElementReference[]): number {
    return resolvePoolInto(this.#store, poolHandle, maximumItems, into);
  }

  /**
   * All elements of a pool in the order in which they joined; no policy counts them as used.
   *
   * @param poolHandle - The pool.
   * @returns The elements, or `undefined` for an unknown pool handle.
   */
  peek(poolHandle: Uint8Array): PoolResolution | undefined {
    return peekPool(this.#store, poolHandle);
  }

  /**
   * The handles of all pools, the handlespace's own copies, in no particular order. The handlespace may change
   * meanwhile: a pool that stays is returned once.
   */
  *pools(): Generator<Uint8Array> {
    const { pools } = this.#store;
    for (let pool = pools.from(0); pool !== undefined; pool = pools.from(pool.number + 1)) yield pool.handle;
  }

  /**
   * Gives an element to another registrar; its mark goes. Nothing happens where that one owns it already.
   *
   * @param element - The element.
   * @param homeRegistrar - The identifier of the registrar, 32 bits unsigned.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for an identifier that is no 32-bit number.
   */
  setHomeRegistrar(element: ElementReference, homeRegistrar: number): void {
    this.#changes.setHomeRegistrar(element, homeRegistrar);
  }

  /**
   * Gives everything that one registrar owns to another one (RFC 5353 section 3.5.2); the marks go.
   *
   * @param from - The registrar that is gone.
   * @param to - The registrar that takes over.
   * @returns The elements; none where `from` and `to` are the same.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for an identifier that is no 32-bit number.
   */
  takeOver(from: number, to: number): ElementReference[] {
    return this.#changes.takeOver(from, to);
  }

  /**
   * Gives some of what one registrar owns to another one, beginning with what came to it first. For takeovers of
   * many elements in slices, so that nothing else has to wait.
   *
   * @param from - The registrar that is gone.
   * @param to - The registrar that takes over.
   * @param maximumElements - How many elements at most.
   * @returns The elements; fewer than the maximum where `from` owns nothing any more.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for an identifier that is no 32-bit number.
   */
  takeOverSlice(from: number, to: number, maximumElements: number): ElementReference[] {
    return this.#changes.takeOver(from, to, maximumElements);
  }

  /**
   * The elements that a registrar owns, in the order in which they came to it. The handlespace may change
   * meanwhile: elements that are gone are not returned, new ones are returned at the end.
   *
   * @param homeRegistrar - The identifier of the registrar.
   */
  elementsOf(homeRegistrar: number): Generator<ElementReference> {
    return ownedElements(this.#store.ownership, homeRegistrar);
  }

  /**
   * The elements that a registrar owns, in slices of any length, in the order in which they came to it: the quick
   * way to walk. A walk goes on behind an element that it has returned and that the registrar owns still.
   *
   * @param homeRegistrar - The identifier of the registrar.
   * @param after - The last element of the slice before; `undefined` to begin.
   * @param maximumElements - How many elements at most.
   * @param into - Where the elements go, from index 0 on; what lies behind them stays.
   * @returns How many elements; less than the maximum at the end.
   * @throws RserpoolError `ERR_RSERPOOL_STALE_REFERENCE` where `after` names no element.
   */
  ownedSlice(
    homeRegistrar: number,
    after: ElementReference | undefined,
    maximumElements: number,
    into: ElementReference[],
  ): number {
    if (after !== undefined) this.#store.elements.check(after);
    return ownedSlice(this.#store.ownership, homeRegistrar, after, maximumElements, into);
  }

  /**
   * How many elements a registrar owns.
   *
   * @param homeRegistrar - The identifier of the registrar.
   */
  countOf(homeRegistrar: number): number {
    return this.#store.ownership.count(homeRegistrar);
  }

  /** The identifiers of the registrars that own elements, in no particular order. */
  homeRegistrars(): Iterable<number> {
    return this.#store.ownership.registrars();
  }

  /**
   * The checksum over the elements that a registrar owns (RFC 5353 section 3.6.2), for ENRP_PRESENCE. Kept in
   * step with every change, so asking costs nothing. For very large sets it is that of the reference
   * implementation rather than RFC 1071's: the sum is kept modulo 2^32, which takes 3,641 elements with handles
   * of 32 bytes to show, and then only with the most unlikely bytes.
   *
   * @param homeRegistrar - The identifier of the registrar.
   * @returns 0 .. 0xffff; 0xffff where it owns nothing.
   */
  checksum(homeRegistrar: number): number {
    return checksumOf(this.#store.ownership.sum(homeRegistrar));
  }

  /**
   * Marks everything that a registrar owns, to begin a resynchronization with it (RFC 5353 section 3.6.3 step 1).
   * {@link Handlespace.learn}, {@link Handlespace.register} and every change of the home registrar take the mark
   * off an element.
   *
   * @param homeRegistrar - The identifier of the registrar.
   */
  mark(homeRegistrar: number): void {
    for (const element of this.elementsOf(homeRegistrar)) this.#store.elements.setMarked(element, true);
  }

  /**
   * As {@link Handlespace.mark}, a slice of the elements: for marking many, so that nothing else has to wait. The
   * handlespace may change between the slices. An element that comes meanwhile may be marked or not.
   *
   * @param homeRegistrar - The identifier of the registrar.
   * @param after - What the slice before returned; `undefined` for the first one.
   * @param maximumElements - How many elements at most, 1 or more.
   * @returns Where to go on, or `undefined` where all are marked.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for a maximum below 1 and for a cursor of a walk with
   *   another `homeRegistrar`.
   */
  markSlice(
    homeRegistrar: number,
    after: PageCursor | undefined,
    maximumElements: number,
  ): PageCursor | undefined {
    const options = { homeRegistrar, maximumElements, maximumBytes: Number.POSITIVE_INFINITY };
    const { elements, next } = collectReferences(this.#store, after, options);
    for (const element of elements) this.#store.elements.setMarked(element, true);
    return next;
  }

  /**
   * Whether an element is marked.
   *
   * @param element - The element.
   */
  isMarked(element: ElementReference): boolean {
    this.#store.elements.check(element);
    return this.#store.elements.isMarked(element);
  }

  /**
   * Removes what a registrar owns and what is still marked (RFC 5353 section 3.6.3 step 5).
   *
   * @param homeRegistrar - The identifier of the registrar.
   * @returns The references that the removed elements had; stale by now. Listeners hear of each with its
   *   attributes.
   */
  purgeMarked(homeRegistrar: number): ElementReference[] {
    return this.#changes.purgeMarked(homeRegistrar);
  }

  /**
   * As {@link Handlespace.purgeMarked}, a slice of the elements: for removing many, so that nothing else has to wait.
   * The handlespace may change between the slices; an element whose mark goes meanwhile stays.
   *
   * @param homeRegistrar - The identifier of the registrar.
   * @param after - `next` of the slice before; `undefined` for the first one.
   * @param maximumElements - How many elements are looked at, marked or not, 1 or more.
   * @throws As {@link Handlespace.markSlice}.
   */
  purgeMarkedSlice(
    homeRegistrar: number,
    after: PageCursor | undefined,
    maximumElements: number,
  ): PurgedSlice {
    return this.#changes.purgeMarkedSlice(homeRegistrar, after, maximumElements);
  }

  /**
   * Sets when an element expires, or that it does not.
   *
   * @param element - The element.
   * @param at - Milliseconds on the caller's clock, any finite number, or `undefined`. A fraction is rounded up to
   *   a whole millisecond, so that no element expires early.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for a time that is not finite.
   */
  setExpiry(element: ElementReference, at: number | undefined): void {
    this.#store.elements.check(element);
    if (at === undefined) {
      this.#store.expiry.stop(element);
      return;
    }
    if (!Number.isFinite(at)) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_ARGUMENT',
        `The time of expiry is ${at}; give milliseconds, or undefined for an element that does not expire.`,
      );
    }
    this.#store.expiry.set(element, at);
  }

  /**
   * When an element expires, or `undefined`.
   *
   * @param element - The element.
   * @returns Whole milliseconds on the caller's clock.
   */
  expiry(element: ElementReference): number | undefined {
    this.#store.elements.check(element);
    return this.#store.expiry.at(element);
  }

  /**
   * When the first element expires, or `undefined` where none does.
   *
   * @returns Whole milliseconds on the caller's clock: at this time there is an element to take, and before there
   *   is none.
   */
  nextExpiry(): number | undefined {
    return this.#store.expiry.earliestTime();
  }

  /**
   * Takes the element that has expired first. Its time of expiry is taken away; the element itself stays, and
   * what to do with it is up to the caller. To be called until it returns `undefined`. Elements with the
   * same time come in an order that depends on the calls made before and on nothing else: mostly that in which their
   * times were set.
   *
   * @param now - Milliseconds on the caller's clock; elements expire at their time, not behind it.
   */
  takeExpired(now: number): ElementReference | undefined {
    const element = this.#store.expiry.take(now);
    return element === -1 ? undefined : element;
  }

  /**
   * One page of a walk through all elements, or through those of one registrar, for a handle table download
   * (RFC 5353 section 3.2.3). The handlespace may change between the pages: every element that is there during
   * the whole walk (with `homeRegistrar`: owned by it all the time) is returned exactly once, whatever else is
   * added, updated or removed, also where the walk had stopped. Elements that come meanwhile may be returned.
   *
   * A page is filled as far as its maxima allow. The next page of one registrar's elements begins in O(log N),
   * mostly O(1), whatever has changed. That of all elements begins in O(1), unless the last few elements of the page
   * before have all been removed: then it costs a walk over the members of one pool.
   *
   * @param after - `next` of the page before; `undefined` for the first page.
   * @param options - What the page may hold.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for a maximum below 1 and for a cursor of a walk with
   *   another `homeRegistrar`.
   */
  page(after: PageCursor | undefined, options: PageOptions): HandlespacePage {
    return collectPage(this.#store, after, options);
  }

  /**
   * As {@link Handlespace.page}, but references alone: no objects are made.
   *
   * @param after - `next` of the page before, of either kind; `undefined` for the first page.
   * @param options - What the page may hold.
   * @throws As {@link Handlespace.page}.
   */
  pageReferences(after: PageCursor | undefined, options: PageOptions): ReferencePage {
    return collectReferences(this.#store, after, options);
  }

  /**
   * Asks to be told of every change. Listeners are called within the call that changes something, when the
   * change is complete, in the order of their subscriptions, one change after the other; where a method changes
   * several elements, each is changed and announced before the next.
   *
   * @param listener - Called for every change; see {@link HandlespaceListener} for what it may do.
   * @returns Ends the subscription, from the next change on.
   */
  subscribe(listener: HandlespaceListener): () => void {
    return this.#listeners.subscribe(listener);
  }

  /**
   * As {@link Handlespace.subscribe}, for who is told often and reads by itself what it needs: no object is made for a
   * change but a removal.
   *
   * @param observer - Told of every change.
   * @returns Ends the subscription, from the next change on.
   */
  observe(observer: HandlespaceObserver): () => void {
    return this.#listeners.observe(observer);
  }
}

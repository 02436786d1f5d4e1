import { RserpoolError, type PoolElement } from '@rserpool/wire';
import { enlargedColumn, initialCapacity } from './column.ts';
import type { ElementReference } from './element-reference.ts';

/** In the column of pool numbers: the slot is free. */
const free = -1;

/**
 * The slots: which are taken, and the facts about the element in each that every operation needs, as columns.
 * The attributes that only messages need stay one object, shared with everybody who reads it.
 */
export class ElementTable {
  #capacity = initialCapacity;
  #identifiers: Uint32Array = new Uint32Array(initialCapacity);
  #pools: Int32Array = new Int32Array(initialCapacity).fill(free);
  #homeRegistrars: Uint32Array = new Uint32Array(initialCapacity);
  #encodedLengths: Int32Array = new Int32Array(initialCapacity);
  #serials: Float64Array = new Float64Array(initialCapacity);
  #marks: Uint8Array = new Uint8Array(initialCapacity);
  readonly #attributes: (PoolElement | undefined)[] = [];
  /** Free slots below `#used` form a queue, so that a stale reference stays recognizable as long as possible. */
  #nextFree: Int32Array = new Int32Array(initialCapacity);
  #firstFree = -1;
  #lastFree = -1;
  /** Slots from here on have never been taken. */
  #used = 0;
  #size = 0;
  #lastSerial = 0;

  /** How many slots are taken. */
  get size(): number {
    return this.#size;
  }

  /** How many slots there are. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Whether {@link enlarge} is due before the next {@link take}. */
  get full(): boolean {
    return this.#firstFree === -1 && this.#used === this.#capacity;
  }

  /**
   * Makes room for more elements.
   *
   * @param capacity - How many slots there are now.
   */
  enlarge(capacity: number): void {
    this.#capacity = capacity;
    this.#identifiers = enlargedColumn(this.#identifiers, capacity);
    this.#pools = enlargedColumn(this.#pools, capacity).fill(free, this.#used);
    this.#homeRegistrars = enlargedColumn(this.#homeRegistrars, capacity);
    this.#encodedLengths = enlargedColumn(this.#encodedLengths, capacity);
    this.#serials = enlargedColumn(this.#serials, capacity);
    this.#marks = enlargedColumn(this.#marks, capacity);
    this.#nextFree = enlargedColumn(this.#nextFree, capacity);
  }

  /**
   * Takes a slot for a new element. The table must not be {@link full}.
   *
   * @param poolNumber - The pool that the element joins.
   * @param attributes - The element; the table keeps this object.
   * @param encodedLength - Its length in messages, in bytes.
   */
  take(poolNumber: number, attributes: PoolElement, encodedLength: number): ElementReference {
    const slot = this.#firstFree === -1 ? this.#used++ : this.#takeFree();
    this.#lastSerial += 1;
    this.#size += 1;
    this.#serials[slot] = this.#lastSerial;
    this.#pools[slot] = poolNumber;
    this.#identifiers[slot] = attributes.identifier;
    this.#marks[slot] = 0;
    this.setAttributes(slot, attributes, encodedLength);
    return slot;
  }

  /**
   * Replaces the attributes of an element.
   *
   * @param slot - A slot that is taken.
   * @param attributes - The element, with the same identifier; the table keeps this object.
   * @param encodedLength - Its length in messages, in bytes.
   */
  setAttributes(slot: ElementReference, attributes: PoolElement, encodedLength: number): void {
    this.#attributes[slot] = attributes;
    this.#homeRegistrars[slot] = attributes.homeRegistrar;
    this.#encodedLengths[slot] = encodedLength;
  }

  /**
   * Frees the slot of an element.
   *
   * @param slot - A slot that is taken.
   */
  release(slot: ElementReference): void {
    this.#pools[slot] = free;
    this.#attributes[slot] = undefined;
    this.#nextFree[slot] = -1;
    if (this.#lastFree === -1) this.#firstFree = slot;
    else this.#nextFree[this.#lastFree] = slot;
    this.#lastFree = slot;
    this.#size -= 1;
  }

  /** Whether a number names an element now. */
  has(slot: number): boolean {
    const poolNumber = this.#pools[slot];
    return poolNumber !== undefined && poolNumber !== free;
  }

  /**
   * Refuses a reference that names no element now.
   *
   * @throws RserpoolError `ERR_RSERPOOL_STALE_REFERENCE`.
   */
  check(slot: number): void {
    if (this.has(slot)) return;
    throw new RserpoolError(
      'ERR_RSERPOOL_STALE_REFERENCE',
      `No pool element has the reference ${slot}: it was removed. Forget references when 'removed' is announced.`,
    );
  }

  /** The number of the pool that an element is in. */
  poolNumber(slot: ElementReference): number {
    return this.#pools[slot] as number;
  }

  /** The identifier of an element. */
  identifier(slot: ElementReference): number {
    return this.#identifiers[slot] as number;
  }

  /** The identifier of an element's home registrar. */
  homeRegistrar(slot: ElementReference): number {
    return this.#homeRegistrars[slot] as number;
  }

  /** Sets the home registrar of an element; {@link attributes} follow. */
  setHomeRegistrar(slot: ElementReference, homeRegistrar: number): void {
    this.#homeRegistrars[slot] = homeRegistrar;
  }

  /** The length of an element in messages, in bytes. */
  encodedLength(slot: ElementReference): number {
    return this.#encodedLengths[slot] as number;
  }

  /** The number of an element's registration; no two elements ever get the same one. */
  serial(slot: ElementReference): number {
    return this.#serials[slot] as number;
  }

  /** Whether an element is marked (RFC 5353 section 3.6.3). */
  isMarked(slot: ElementReference): boolean {
    return this.#marks[slot] === 1;
  }

  /** Marks an element, or takes the mark away. */
  setMarked(slot: ElementReference, marked: boolean): void {
    this.#marks[slot] = marked ? 1 : 0;
  }

  /** The attributes of an element with the home registrar that it has now. */
  attributes(slot: ElementReference): PoolElement {
    const attributes = this.#attributes[slot] as PoolElement;
    const homeRegistrar = this.homeRegistrar(slot);
    if (attributes.homeRegistrar === homeRegistrar) return attributes;
    // Made when somebody asks: a takeover of many elements that nobody reads allocates nothing.
    const current: PoolElement = { ...attributes, homeRegistrar };
    this.#attributes[slot] = current;
    return current;
  }

  #takeFree(): ElementReference {
    const slot = this.#firstFree;
    this.#firstFree = this.#nextFree[slot] as number;
    if (this.#firstFree === -1) this.#lastFree = -1;
    return slot;
  }
}

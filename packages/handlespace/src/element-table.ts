import { type PolicyParameter, type PoolElement, RserpoolError } from '@rserpool/wire';
import { AttributeStore } from './attribute-store.ts';
import * as ElementField from './element-field.ts';
import { ElementRecords } from './element-records.ts';
import { upperWord } from './paged-records.ts';
import type { ElementReference } from './element-reference.ts';

/** The word of flags: the length in messages in the lower bits, and the mark. */
const lengthMask = 0xffff;
const markBit = 0x10000;

/**
 * The slots: which are taken, and the facts about the element in each that every operation needs. Free slots that
 * were taken once form a queue, so that a stale reference stays recognizable as long as possible.
 */
export class ElementTable {
  /** The records of the slots, for the other indices too. */
  readonly records: ElementRecords = new ElementRecords();
  readonly #attributes: AttributeStore = new AttributeStore();
  #firstFree = -1;
  #lastFree = -1;
  /** Slots from here on have never been taken. */
  #used = 0;
  #size = 0;
  #lastSerial: number;
  #touched = 0;

  /**
   * @param lastSerial - The serial number that the first element follows. They end at 2^53: with a million first
   *   registrations a second that takes 285 years. Only tests begin late.
   */
  constructor(lastSerial: number = 0) {
    this.#lastSerial = lastSerial;
  }

  /** How many slots are taken. */
  get size(): number {
    return this.#size;
  }

  /**
   * Encodes an element that is to be taken in where it is what nearly all are: {@link take} or {@link setAttributes}
   * comes next, or nothing.
   *
   * @param attributes - The element.
   * @param type - The type of its policy.
   * @returns Its length in messages, in bytes; -1 where it is different, right or wrong: {@link encode} will tell.
   */
  encodeUsual(attributes: PoolElement, type: PolicyParameter['type']): number {
    return this.#attributes.encodeUsual(attributes, type);
  }

  /**
   * Encodes any element that is to be taken in.
   *
   * @param attributes - The element.
   * @param maximumBytes - How long it may be in messages, in bytes.
   * @returns Its length in messages, in bytes; -1 where it is longer than allowed.
   * @throws PolicyError or RserpoolError for what no message can carry; nothing has changed then.
   */
  encode(attributes: PoolElement, maximumBytes: number): number {
    return this.#attributes.encode(attributes, maximumBytes);
  }

  /**
   * Takes a slot for a new element, with the attributes that were encoded last.
   *
   * @param poolNumber - The pool that the element joins.
   * @param identifier - Its identifier.
   * @param encodedLength - Its length in messages, in bytes.
   */
  take(poolNumber: number, identifier: number, encodedLength: number): ElementReference {
    const slot = this.#takeFree();
    const serial = this.#lastSerial + 1;
    this.#lastSerial = serial;
    this.#size += 1;
    const page = this.records.page(slot);
    const base = this.records.base(slot);
    page[base + ElementField.identifier] = identifier;
    page[base + ElementField.pool] = poolNumber + 1;
    page[base + ElementField.flags] = encodedLength;
    page[base + ElementField.attributes] = this.#attributes.add();
    page[base + ElementField.serial] = serial | 0;
    page[base + ElementField.serial + 1] = upperWord(serial);
    return slot;
  }

  /**
   * Replaces the attributes of an element by those that were encoded last, of an element with the same identifier,
   * and takes its mark away.
   *
   * @param slot - A slot that is taken.
   * @param encodedLength - Its length in messages, in bytes.
   * @returns The length that it had before.
   */
  setAttributes(slot: ElementReference, encodedLength: number): number {
    const page = this.records.page(slot);
    const base = this.records.base(slot);
    const length = (page[base + ElementField.flags] as number) & lengthMask;
    const address = page[base + ElementField.attributes] as number;
    page[base + ElementField.flags] = encodedLength;
    page[base + ElementField.attributes] = this.#attributes.replace(slot, address, length);
    return length;
  }

  /**
   * Frees the slot of an element.
   *
   * @param slot - A slot that is taken.
   */
  release(slot: ElementReference): void {
    const { records } = this;
    const page = records.page(slot);
    const base = records.base(slot);
    const length = (page[base + ElementField.flags] as number) & lengthMask;
    this.#attributes.remove(slot, page[base + ElementField.attributes] as number, length);
    page[base + ElementField.pool] = 0;
    page[base + ElementField.ownership] = -1;
    const last = this.#lastFree;
    if (last === -1) this.#firstFree = slot;
    else records.page(last)[records.base(last) + ElementField.ownership] = slot;
    this.#lastFree = slot;
    this.#size -= 1;
  }

  /** Whether a number names an element now. */
  has(slot: number): boolean {
    return (
      slot === (slot | 0) && slot >= 0 && slot < this.#used && this.records.get(slot, ElementField.pool) !== 0
    );
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
    return this.records.get(slot, ElementField.pool) - 1;
  }

  /** The identifier of an element. */
  identifier(slot: ElementReference): number {
    return this.records.get(slot, ElementField.identifier) >>> 0;
  }

  /** The length of an element in messages, in bytes. */
  encodedLength(slot: ElementReference): number {
    return this.records.get(slot, ElementField.flags) & lengthMask;
  }

  /** The number of an element's registration; no two elements ever get the same one. */
  serial(slot: ElementReference): number {
    return this.records.getLong(slot, ElementField.serial);
  }

  /** Whether an element is marked (RFC 5353 section 3.6.3). */
  isMarked(slot: ElementReference): boolean {
    return (this.records.get(slot, ElementField.flags) & markBit) !== 0;
  }

  /** Marks an element, or takes the mark away. */
  setMarked(slot: ElementReference, marked: boolean): void {
    const { records } = this;
    const length = records.get(slot, ElementField.flags) & lengthMask;
    records.set(slot, ElementField.flags, marked ? length | markBit : length);
  }

  /**
   * Takes the mark of an element away.
   *
   * @param slot - A slot that is taken.
   * @returns The length of the element in messages, in bytes.
   */
  unmark(slot: ElementReference): number {
    const page = this.records.page(slot);
    const word = this.records.base(slot) + ElementField.flags;
    const length = (page[word] as number) & lengthMask;
    page[word] = length;
    return length;
  }

  /**
   * The attributes of an element. Objects are made when somebody asks: a takeover of many elements that nobody
   * reads allocates nothing.
   *
   * @param slot - A slot that is taken.
   * @param homeRegistrar - The home registrar that the element has.
   */
  attributes(slot: ElementReference, homeRegistrar: number): PoolElement {
    return this.#attributes.read(slot, this.#address(slot), this.encodedLength(slot), homeRegistrar);
  }

  /**
   * The lengths of several elements together, of which all that is to be copied then is read here: one after the other,
   * each copy would wait for its own memory, while reads that do not depend on one another wait together.
   *
   * @param slots - The slots.
   * @param count - How many of them, from the first one on.
   */
  encodedLengths(slots: readonly ElementReference[], count: number): number {
    let bytes = 0;
    let bits = 0;
    for (let index = 0; index < count; index++) {
      const slot = slots[index] as ElementReference;
      const length = this.encodedLength(slot);
      bytes += length;
      bits ^= this.#attributes.touch(this.#address(slot), length);
    }
    // Kept, so that no compiler leaves the reading out.
    this.#touched = bits;
    return bytes;
  }

  /** What was read for nothing but to be read. */
  get touched(): number {
    return this.#touched;
  }

  /**
   * Copies the Pool Element parameter of an element.
   *
   * @param slot - A slot that is taken.
   * @param homeRegistrar - The home registrar that the element has.
   * @param into - Where to copy it.
   * @param offset - Where it begins there.
   * @returns Its length with the padding, in bytes.
   */
  copyEncoded(slot: ElementReference, homeRegistrar: number, into: DataView, offset: number): number {
    const length = this.encodedLength(slot);
    this.#attributes.copy(this.#address(slot), length, homeRegistrar, into, offset);
    return length;
  }

  #address(slot: ElementReference): number {
    return this.records.get(slot, ElementField.attributes);
  }

  #takeFree(): ElementReference {
    const slot = this.#firstFree;
    if (slot === -1) {
      if (this.#used === this.records.capacity) this.records.grow();
      return this.#used++;
    }
    this.#firstFree = this.records.get(slot, ElementField.ownership);
    if (this.#firstFree === -1) this.#lastFree = -1;
    return slot;
  }
}

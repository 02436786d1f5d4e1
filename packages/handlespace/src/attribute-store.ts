import { assertPolicy } from '@rserpool/policies';
import { encodedPoolElementLength, type PolicyParameter, type PoolElement } from '@rserpool/wire';
import {
  encodePoolElementWords,
  longestElementWords,
  makeElementWords,
  readPoolElementAt,
} from '@rserpool/wire/internal';
import type { ElementReference } from './element-reference.ts';
import { unitsFor, WordArena } from './word-arena.ts';

/**
 * How many elements that somebody has read are kept as objects, a power of two. Few: each collection of young objects
 * copies them, and thousands of elements that are read in turn would make it take milliseconds.
 */
const recentlyRead = 256;

/** Where the home registrar lies in a Pool Element parameter, in bytes. */
const homeRegistrarOffset = 8;

/** Words of a cache line. */
const cacheLineWords = 16;

/**
 * The attributes of the elements. They are kept as the Pool Element parameters by which messages carry them: a response
 * is made by copying, and whatever a message can say of an element has its place. Objects are made when somebody reads.
 * What is kept are the parameter's words as numbers, so that nothing depends on the byte order of the machine.
 *
 * The home registrar among the words is the one that the element came with. Who owns it now is known elsewhere and
 * put in when an element is read or copied, so that a takeover touches no words.
 *
 * An element on its way in is encoded first, apart from all others: what cannot be encoded is found before anything has
 * changed. An element that registers again mostly finds room where it was, and nothing but its words changes.
 */
export class AttributeStore {
  readonly #arena: WordArena = new WordArena();
  /** Where elements are encoded that are what nearly all are. */
  readonly #usual: Int32Array = new Int32Array(longestElementWords);
  /** The element that was encoded last, and the length of the run that it needs. */
  #pending: Int32Array = this.#usual;
  #pendingUnits = 0;
  /** Elements that were read, at the lower bits of their references: a registrar with few elements makes none twice. */
  readonly #read: (PoolElement | undefined)[] = [];
  readonly #readReferences: Int32Array = new Int32Array(recentlyRead).fill(-1);

  /**
   * Encodes the attributes of an element that is to be taken in, where it is what nearly all elements are: {@link add}
   * or {@link replace} comes next, or nothing.
   *
   * @param attributes - The attributes.
   * @param type - The type of the policy.
   * @returns The length with the padding, in bytes; -1 where the element is different, right or wrong.
   */
  encodeUsual(attributes: PoolElement, type: PolicyParameter['type']): number {
    const words = makeElementWords(this.#usual, attributes, type);
    if (words < 0) return -1;
    this.#pending = this.#usual;
    this.#pendingUnits = unitsFor(words);
    return words << 2;
  }

  /**
   * Encodes the attributes of any element that is to be taken in.
   *
   * @param attributes - The attributes.
   * @param maximumBytes - How long the parameter may be, up to 65,536.
   * @returns The length with the padding, in bytes; -1 where it is longer than allowed.
   * @throws PolicyError `ERR_RSERPOOL_INVALID_POLICY` for a policy value that is none, otherwise the RserpoolError of
   *   the encoder.
   */
  encode(attributes: PoolElement, maximumBytes: number): number {
    const length = encodedPoolElementLength(attributes);
    if (length > maximumBytes) return -1;
    try {
      this.#pending = encodePoolElementWords(attributes);
    } catch (error) {
      // Says more about a policy than the encoder, which knows but parameters.
      assertPolicy(attributes.policy);
      throw error;
    }
    this.#pendingUnits = unitsFor(length >> 2);
    return length;
  }

  /**
   * Keeps what was encoded for a new element.
   *
   * @returns The address of the attributes, for the element's record.
   */
  add(): number {
    const address = this.#arena.take(this.#pendingUnits);
    this.#keep(address);
    return address;
  }

  /**
   * Keeps what was encoded for an element instead of what it had.
   *
   * @param element - The reference.
   * @param address - Where its attributes were.
   * @param length - The length that they had, in bytes.
   * @returns Where they are now.
   */
  replace(element: ElementReference, address: number, length: number): number {
    this.#forgetRead(element);
    const units = unitsFor(length >> 2);
    if (units !== this.#pendingUnits) {
      this.#arena.release(address, units);
      return this.add();
    }
    this.#keep(address);
    return address;
  }

  /**
   * Forgets the attributes of an element.
   *
   * @param element - The reference.
   * @param address - Where its attributes are.
   * @param length - Their length in bytes.
   */
  remove(element: ElementReference, address: number, length: number): void {
    this.#forgetRead(element);
    this.#arena.release(address, unitsFor(length >> 2));
  }

  /**
   * The attributes of an element.
   *
   * @param element - The reference.
   * @param address - Where its attributes are.
   * @param length - Their length in bytes.
   * @param homeRegistrar - Its home registrar.
   */
  read(element: ElementReference, address: number, length: number, homeRegistrar: number): PoolElement {
    const place = element & (recentlyRead - 1);
    if (this.#readReferences[place] === element) {
      const read = this.#read[place] as PoolElement;
      if (read.homeRegistrar === homeRegistrar) return read;
    }
    const bytes = new Uint8Array(length);
    this.copy(address, length, homeRegistrar, new DataView(bytes.buffer), 0);
    const made = readPoolElementAt(bytes);
    this.#readReferences[place] = element;
    this.#read[place] = made;
    return made;
  }

  /**
   * Has the processor fetch attributes that are to be copied soon.
   *
   * @param address - Where they are.
   * @param length - Their length in bytes.
   * @returns Some of their bits, of no meaning.
   */
  touch(address: number, length: number): number {
    const page = this.#arena.page(address);
    const word = this.#arena.offset(address);
    const last = word + (length >> 2) - 1;
    const middle = word + cacheLineWords;
    return (page[word] as number) ^ (page[middle < last ? middle : word] as number) ^ (page[last] as number);
  }

  /**
   * Copies the Pool Element parameter of an element.
   *
   * @param address - Where its attributes are.
   * @param length - Their length in bytes.
   * @param homeRegistrar - Its home registrar.
   * @param into - Where to copy it.
   * @param offset - Where it begins there.
   */
  copy(address: number, length: number, homeRegistrar: number, into: DataView, offset: number): void {
    const page = this.#arena.page(address);
    const end = offset + length;
    let word = this.#arena.offset(address);
    for (let at = offset; at < end; at += 4) {
      into.setInt32(at, page[word] as number);
      word += 1;
    }
    into.setInt32(offset + homeRegistrarOffset, homeRegistrar);
  }

  /** Whole units are copied: their number hardly ever changes, which the processor foresees. */
  #keep(address: number): void {
    const page = this.#arena.page(address);
    const pending = this.#pending;
    const end = this.#pendingUnits << 2;
    const to = this.#arena.offset(address);
    for (let word = 0; word < end; word += 4) {
      page[to + word] = pending[word] as number;
      page[to + word + 1] = pending[word + 1] as number;
      page[to + word + 2] = pending[word + 2] as number;
      page[to + word + 3] = pending[word + 3] as number;
    }
  }

  #forgetRead(element: ElementReference): void {
    const place = element & (recentlyRead - 1);
    if (this.#readReferences[place] !== element) return;
    this.#readReferences[place] = -1;
    this.#read[place] = undefined;
  }
}

import { assertPolicy } from '@rserpool/policies';
import type { PolicyParameter, PoolElement } from '@rserpool/wire';
import { readPoolElementAt, writePoolElementAt } from '@rserpool/wire/internal';
import type { ElementReference } from './element-reference.ts';
import { unitsFor, WordArena } from './word-arena.ts';

/**
 * How many elements that somebody has read are kept as objects, a power of two. Few: each collection of young objects
 * copies them, and thousands of elements that are read in turn would make it take milliseconds.
 */
const recentlyRead = 256;

/** Where the home registrar lies in a Pool Element parameter, in bytes. */
const homeRegistrarOffset = 8;

/** Stands where no run is kept ready. */
const none = -1;

/** Up to so many bytes are copied word by word: that is quicker there than what is made for copying much. */
const longestCopyByWords = 256;

/** Words of a cache line. */
const cacheLineWords = 16;

/** Whether the first byte of a word in memory is its lowest one. */
const isLittleEndian: boolean = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/**
 * The attributes of the elements. They are kept as the bytes by which messages carry them: a response is made by
 * copying, and whatever a message can say of an element has its place. Objects are made when somebody reads.
 *
 * The home registrar among the bytes is the one that the element came with. Who owns it now is known elsewhere and
 * put in when an element is read or copied, so that a takeover touches no bytes.
 *
 * An element on its way in is encoded first, into a run that nobody has yet: what cannot be encoded is found before
 * anything has changed, and what is accepted need not be copied. The run that a replaced element had is the next one
 * of its length to encode into.
 */
export class AttributeStore {
  readonly #arena: WordArena = new WordArena();
  /** A run to encode into for each length, in units, or {@link none}. */
  readonly #ready: number[] = [];
  /** Where the element that was encoded last is, and the length of the run. */
  #pending = 0;
  #pendingUnits = 0;
  /** Elements that were read, at the lower bits of their references: a registrar with few elements makes none twice. */
  readonly #read: (PoolElement | undefined)[] = [];
  readonly #readReferences: Int32Array = new Int32Array(recentlyRead).fill(-1);

  /**
   * Encodes the attributes of an element that is to be taken in: {@link add} or {@link replace} comes next, or nothing.
   *
   * @param attributes - The attributes.
   * @param type - The type of the policy.
   * @param length - What `poolElementLength` says of them, up to 65,536.
   * @throws PolicyError `ERR_RSERPOOL_INVALID_POLICY` for a policy value that is none, otherwise the RserpoolError of
   *   the encoder.
   */
  encode(attributes: PoolElement, type: PolicyParameter['type'], length: number): void {
    const units = unitsFor(length >> 2);
    this.#pendingUnits = units;
    if (units >= this.#ready.length || this.#ready[units] === none) this.#prepare(units);
    const arena = this.#arena;
    const address = this.#ready[units] as number;
    this.#pending = address;
    try {
      writePoolElementAt(
        attributes,
        arena.bytes(address),
        arena.view(address),
        arena.offset(address) << 2,
        type,
      );
    } catch (error) {
      // Says more about a policy than the encoder, which knows but parameters.
      assertPolicy(attributes.policy);
      throw error;
    }
  }

  /**
   * Keeps what was encoded for a new element.
   *
   * @returns The address of the attributes, for the element's record.
   */
  add(): number {
    this.#ready[this.#pendingUnits] = none;
    return this.#pending;
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
    this.#ready[this.#pendingUnits] = none;
    if (this.#ready[units] === none) this.#ready[units] = address;
    else this.#arena.release(address, units);
    return this.#pending;
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
    this.copy(address, length, homeRegistrar, bytes, new DataView(bytes.buffer), 0);
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
   * @param view - A view of the same bytes.
   * @param offset - Where it begins there.
   */
  copy(
    address: number,
    length: number,
    homeRegistrar: number,
    into: Uint8Array,
    view: DataView,
    offset: number,
  ): void {
    const arena = this.#arena;
    if (length > longestCopyByWords) {
      const start = arena.offset(address) << 2;
      into.set(arena.bytes(address).subarray(start, start + length), offset);
    } else {
      const page = arena.page(address);
      const end = offset + length;
      let word = arena.offset(address);
      for (let at = offset; at < end; at += 4) {
        view.setInt32(at, page[word] as number, isLittleEndian);
        word += 1;
      }
    }
    view.setInt32(offset + homeRegistrarOffset, homeRegistrar);
  }

  #prepare(units: number): void {
    while (this.#ready.length <= units) this.#ready.push(none);
    this.#ready[units] = this.#arena.take(units);
  }

  #forgetRead(element: ElementReference): void {
    const place = element & (recentlyRead - 1);
    if (this.#readReferences[place] !== element) return;
    this.#readReferences[place] = -1;
    this.#read[place] = undefined;
  }
}

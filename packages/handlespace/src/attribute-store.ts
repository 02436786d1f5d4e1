import type { PoolElement } from '@rserpool/wire';
import { readPoolElementAt } from '@rserpool/wire/internal';
import { ElementField, type ElementRecords } from './element-records.ts';
import type { ElementReference } from './element-reference.ts';
import type { EncodedElement } from './encoded-element.ts';
import { WordArena } from './word-arena.ts';

/** How many elements that somebody has read are kept as objects, a power of two. */
const recentlyRead = 1024;

/** Where the home registrar lies in a Pool Element parameter, in bytes. */
const homeRegistrarOffset = 8;

/** Whether the first byte of a word in memory is its lowest one. */
const isLittleEndian: boolean = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/**
 * The attributes of the elements. They are kept as the bytes by which messages carry them: a response is made by
 * copying, and whatever a message can say of an element has its place. Objects are made when somebody reads.
 *
 * The home registrar among the bytes is the one that the element came with. Who owns it now is known elsewhere and
 * put in when an element is read or copied, so that a takeover touches no bytes.
 */
export class AttributeStore {
  readonly #records: ElementRecords;
  readonly #arena: WordArena = new WordArena();
  /** Elements that were read, at the lower bits of their references: a registrar with few elements makes none twice. */
  readonly #read: (PoolElement | undefined)[] = [];
  readonly #readReferences: Int32Array = new Int32Array(recentlyRead).fill(-1);

  /**
   * @param records - The records of the elements.
   */
  constructor(records: ElementRecords) {
    this.#records = records;
  }

  /**
   * Keeps the attributes of a new element.
   *
   * @param element - The reference.
   * @param encoded - The attributes; copied.
   */
  add(element: ElementReference, encoded: EncodedElement): void {
    const address = this.#arena.take(WordArena.roomFor(encoded.length >> 2));
    this.#records.set(element, ElementField.attributes, address);
    this.#write(address, encoded);
  }

  /**
   * Replaces the attributes of an element.
   *
   * @param element - The reference.
   * @param length - The length of what is kept of it, in bytes.
   * @param encoded - The new attributes; copied.
   */
  replace(element: ElementReference, length: number, encoded: EncodedElement): void {
    const room = WordArena.roomFor(length >> 2);
    let address = this.#records.get(element, ElementField.attributes);
    if (room !== WordArena.roomFor(encoded.length >> 2)) {
      this.#arena.release(address, room);
      address = this.#arena.take(WordArena.roomFor(encoded.length >> 2));
      this.#records.set(element, ElementField.attributes, address);
    }
    // Elements register again and again with what they said before: then what was read stays good.
    if (this.#write(address, encoded) || length !== encoded.length) this.#forgetRead(element);
  }

  /**
   * Forgets the attributes of an element.
   *
   * @param element - The reference.
   * @param length - The length of what is kept of it, in bytes.
   */
  remove(element: ElementReference, length: number): void {
    this.#forgetRead(element);
    const address = this.#records.get(element, ElementField.attributes);
    this.#arena.release(address, WordArena.roomFor(length >> 2));
  }

  /**
   * The attributes of an element.
   *
   * @param element - The reference.
   * @param length - The length of what is kept of it, in bytes.
   * @param homeRegistrar - Its home registrar.
   */
  read(element: ElementReference, length: number, homeRegistrar: number): PoolElement {
    const place = element & (recentlyRead - 1);
    if (this.#readReferences[place] === element) {
      const read = this.#read[place] as PoolElement;
      if (read.homeRegistrar === homeRegistrar) return read;
    }
    const bytes = new Uint8Array(length);
    this.copy(element, length, homeRegistrar, new DataView(bytes.buffer), 0);
    const made = readPoolElementAt(bytes);
    this.#readReferences[place] = element;
    this.#read[place] = made;
    return made;
  }

  /**
   * Copies the Pool Element parameter of an element.
   *
   * @param element - The reference.
   * @param length - The length of what is kept of it, in bytes.
   * @param homeRegistrar - Its home registrar.
   * @param view - Where to copy it.
   * @param offset - Where it begins there.
   */
  copy(
    element: ElementReference,
    length: number,
    homeRegistrar: number,
    view: DataView,
    offset: number,
  ): void {
    const address = this.#records.get(element, ElementField.attributes);
    const page = this.#arena.page(address);
    let word = this.#arena.offset(address);
    const end = offset + length;
    // Word by word: for a hundred bytes that is quicker than what is made for copying much.
    for (let at = offset; at < end; at += 4) {
      view.setInt32(at, page[word] as number, isLittleEndian);
      word += 1;
    }
    view.setInt32(offset + homeRegistrarOffset, homeRegistrar);
  }

  /** Returns whether that changed anything. */
  #write(address: number, encoded: EncodedElement): boolean {
    const page = this.#arena.page(address);
    const first = this.#arena.offset(address);
    const { words } = encoded;
    const count = encoded.length >> 2;
    let difference = 0;
    for (let index = 0; index < count; index += 1) {
      const word = words[index] as number;
      difference |= word ^ (page[first + index] as number);
      page[first + index] = word;
    }
    return difference !== 0;
  }

  #forgetRead(element: ElementReference): void {
    const place = element & (recentlyRead - 1);
    if (this.#readReferences[place] !== element) return;
    this.#readReferences[place] = -1;
    this.#read[place] = undefined;
  }
}

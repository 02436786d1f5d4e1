import type { PoolElement } from '@rserpool/wire';
import { ElementField, type ElementRecords } from './element-records.ts';
import type { ElementReference } from './element-reference.ts';
import { ownPoolElement } from './own-pool-element.ts';
import { maximumPackedWords, packAttributes, unpackAttributes } from './packed-attributes.ts';
import { WordArena } from './word-arena.ts';

/** How many elements that somebody has read are kept as objects, a power of two. */
const recentlyRead = 1024;

/** Stands for an address where the element is kept as an object. */
const unusual = -1;

/**
 * The attributes of the elements. They are kept as words, a tenth of the memory of objects, and objects are made
 * when somebody reads; the few elements with attributes that the words have no place for are kept as objects.
 */
export class AttributeStore {
  readonly #records: ElementRecords;
  readonly #arena: WordArena = new WordArena();
  readonly #unusual: Map<ElementReference, PoolElement> = new Map();
  /** Elements that were read, at the lower bits of their references: a registrar with few elements makes none twice. */
  readonly #read: (PoolElement | undefined)[] = [];
  readonly #readReferences: Int32Array = new Int32Array(recentlyRead).fill(-1);
  readonly #scratch: Int32Array = new Int32Array(maximumPackedWords);

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
   * @param attributes - The attributes; copied.
   */
  add(element: ElementReference, attributes: PoolElement): void {
    this.#keep(element, attributes, packAttributes(attributes, this.#scratch));
  }

  /**
   * Replaces the attributes of an element.
   *
   * @param element - The reference.
   * @param attributes - The attributes; copied.
   */
  replace(element: ElementReference, attributes: PoolElement): void {
    this.forgetRead(element);
    const words = packAttributes(attributes, this.#scratch);
    const address = this.#records.get(element, ElementField.attributes);
    if (address !== unusual && words > 0 && this.#roomAt(address) === WordArena.roomFor(words + 1)) {
      this.#write(address, words);
      return;
    }
    this.remove(element);
    this.#keep(element, attributes, words);
  }

  /**
   * Forgets the attributes of an element.
   *
   * @param element - The reference.
   */
  remove(element: ElementReference): void {
    this.forgetRead(element);
    const address = this.#records.get(element, ElementField.attributes);
    if (address === unusual) this.#unusual.delete(element);
    else this.#arena.release(address, this.#roomAt(address));
  }

  /**
   * The attributes of an element.
   *
   * @param element - The reference.
   * @param identifier - Its identifier.
   * @param homeRegistrar - Its home registrar.
   */
  read(element: ElementReference, identifier: number, homeRegistrar: number): PoolElement {
    const address = this.#records.get(element, ElementField.attributes);
    if (address === unusual) return this.#readUnusual(element, homeRegistrar);
    const place = element & (recentlyRead - 1);
    if (this.#readReferences[place] === element) return this.#read[place] as PoolElement;
    const page = this.#arena.page(address);
    const made = unpackAttributes(identifier, homeRegistrar, page, this.#arena.offset(address) + 1);
    this.#readReferences[place] = element;
    this.#read[place] = made;
    return made;
  }

  /** Forgets an object that was made: what it was made of has changed. */
  forgetRead(element: ElementReference): void {
    const place = element & (recentlyRead - 1);
    if (this.#readReferences[place] !== element) return;
    this.#readReferences[place] = -1;
    this.#read[place] = undefined;
  }

  #readUnusual(element: ElementReference, homeRegistrar: number): PoolElement {
    const attributes = this.#unusual.get(element) as PoolElement;
    if (attributes.homeRegistrar === homeRegistrar) return attributes;
    const current: PoolElement = { ...attributes, homeRegistrar };
    this.#unusual.set(element, current);
    return current;
  }

  #keep(element: ElementReference, attributes: PoolElement, words: number): void {
    if (words === 0) {
      this.#records.set(element, ElementField.attributes, unusual);
      this.#unusual.set(element, ownPoolElement(attributes));
      return;
    }
    // The first word of a run tells its length.
    const room = WordArena.roomFor(words + 1);
    const address = this.#arena.take(room);
    this.#records.set(element, ElementField.attributes, address);
    this.#arena.page(address)[this.#arena.offset(address)] = room;
    this.#write(address, words);
  }

  #roomAt(address: number): number {
    return this.#arena.page(address)[this.#arena.offset(address)] as number;
  }

  #write(address: number, words: number): void {
    const page = this.#arena.page(address);
    const first = this.#arena.offset(address) + 1;
    const scratch = this.#scratch;
    for (let index = 0; index < words; index += 1) page[first + index] = scratch[index] as number;
  }
}

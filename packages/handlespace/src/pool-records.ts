import { handleWords } from './hashing.ts';
import { PagedRecords } from './paged-records.ts';

/** The word of a record with the hash of the handle. */
const hashWord = 0;

/** The word with the length of the handle in bytes; 0 where there is no pool. */
const lengthWord = 1;

/** The first of the words with the handle, padded with zeros; of a longer one the first bytes. */
const handleWord = 2;

/** The word with what the user transports of the pool have in common. */
const transportWord = 8;

/** The word that is 1 where elements have values under the pool's policy. */
const valuesWord = 9;

/** Handles of so many bytes lie in the record as a whole. */
export const longestRecordedHandle = 24;

/**
 * What finding a pool and registering again in it needs: its handle and traits, in the record with the pool's number, where comparing it takes one cache
 * line. An object for each handle would take four.
 */
export class PoolRecords {
  readonly #records: PagedRecords = new PagedRecords();

  /**
   * Keeps a handle.
   *
   * @param number - The number of the pool.
   * @param hash - The hash of the handle.
   * @param length - Its length in bytes, 1 or more.
   * @param words - Its first words.
   */
  set(number: number, hash: number, length: number, words: Int32Array): void {
    while (number >= this.#records.capacity) this.#records.grow();
    const page = this.#records.page(number);
    const base = this.#records.base(number);
    page[base + hashWord] = hash;
    page[base + lengthWord] = length;
    const count = wordsOf(length);
    for (let word = 0; word < count; word += 1) page[base + handleWord + word] = words[word] as number;
  }

  /**
   * Whether the handle of a pool has a length and begins with the words of another one.
   *
   * @param number - The number of the pool.
   * @param length - The length of the other handle in bytes.
   * @param words - Its first words.
   */
  begins(number: number, length: number, words: Int32Array): boolean {
    const page = this.#records.page(number);
    const base = this.#records.base(number);
    if (page[base + lengthWord] !== length) return false;
    const count = wordsOf(length);
    for (let word = 0; word < count; word += 1) {
      if (page[base + handleWord + word] !== words[word]) return false;
    }
    return true;
  }

  /**
   * Keeps what each registration looks at.
   *
   * @param number - The number of the pool.
   * @param transport - What all user transports have in common, as {@link transportCode} has it.
   * @param hasValues - Whether elements have values under the pool's policy.
   */
  setTraits(number: number, transport: number, hasValues: boolean): void {
    this.#records.set(number, transportWord, transport);
    this.#records.set(number, valuesWord, hasValues ? 1 : 0);
  }

  /** What the user transports of a pool have in common. */
  transport(number: number): number {
    return this.#records.get(number, transportWord);
  }

  /** Whether elements have values under the policy of a pool. */
  hasValues(number: number): boolean {
    return this.#records.get(number, valuesWord) === 1;
  }

  /**
   * The hash of a pool's handle.
   *
   * @param number - The number of the pool.
   */
  hash(number: number): number {
    return this.#records.get(number, hashWord);
  }

  /**
   * The bytes of a handle that lies in the record as a whole, as an object of its own.
   *
   * @param number - The number of the pool.
   */
  handle(number: number): Uint8Array {
    const page = this.#records.page(number);
    const first = this.#records.base(number) + handleWord;
    const handle = new Uint8Array(this.#records.get(number, lengthWord));
    for (let index = 0; index < handle.length; index += 1) {
      handle[index] = (page[first + (index >> 2)] as number) >> ((index & 3) << 3);
    }
    return handle;
  }
}

function wordsOf(length: number): number {
  return length > longestRecordedHandle ? handleWords : (length + 3) >> 2;
}

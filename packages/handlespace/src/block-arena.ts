import * as BlockField from './block-field.ts';

/** Words of a block: a head, then the elements, then their order numbers. */
const wordShift = 7;

/** Blocks of the first page at first: a handlespace with few registrars stays small. */
const firstBlocks = 4;

const pageShift = 8;
const pageBlocks: number = 1 << pageShift;
const blockMask: number = pageBlocks - 1;

/** How many entries a block has room for. */
export const blockEntries = 60;

/** Blocks of 128 words, in pages that never move once they are full. */
export class BlockArena {
  readonly #pages: Int32Array[] = [new Int32Array(firstBlocks << wordShift)];
  #capacity: number = firstBlocks;
  #used = 0;
  #firstFree = -1;

  /**
   * Takes a block.
   *
   * @param high - The upper word of the order numbers of its entries.
   * @returns Its number; it is empty and has no neighbours.
   */
  take(high: number): number {
    let block = this.#firstFree;
    if (block === -1) {
      if (this.#used === this.#capacity) this.#grow();
      block = this.#used;
      this.#used += 1;
    } else {
      this.#firstFree = this.page(block)[this.offset(block) + BlockField.next] as number;
    }
    const page = this.page(block);
    const offset = this.offset(block);
    page[offset + BlockField.next] = -1;
    page[offset + BlockField.previous] = -1;
    page[offset + BlockField.live] = 0;
    page[offset + BlockField.end] = 0;
    page[offset + BlockField.high] = high;
    page[offset + BlockField.length] = 0;
    page[offset + BlockField.handleLength] = 0;
    return block;
  }

  /**
   * Gives a block back.
   *
   * @param block - A block that no list has any more.
   */
  release(block: number): void {
    const page = this.page(block);
    const offset = this.offset(block);
    page[offset + BlockField.next] = this.#firstFree;
    page[offset + BlockField.end] = 0;
    this.#firstFree = block;
  }

  /**
   * The words among which a block lies.
   *
   * @param block - A block that has been taken once.
   */
  page(block: number): Int32Array {
    return this.#pages[block >> pageShift] as Int32Array;
  }

  /**
   * Where in {@link BlockArena.page} a block begins.
   *
   * @param block - The block.
   */
  offset(block: number): number {
    return (block & blockMask) << wordShift;
  }

  /** Whether a number is that of a block that has been taken once. */
  has(block: number): boolean {
    return block >= 0 && block < this.#used;
  }

  #grow(): void {
    if (this.#capacity >= pageBlocks) {
      this.#pages.push(new Int32Array(pageBlocks << wordShift));
      this.#capacity += pageBlocks;
      return;
    }
    this.#capacity *= 2;
    const page = new Int32Array(this.#capacity << wordShift);
    page.set(this.#pages[0] as Int32Array);
    this.#pages[0] = page;
  }
}

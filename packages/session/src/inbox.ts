import { RserpoolError } from '@rserpool/wire';

/** How an {@link Inbox} is set up. */
export interface InboxOptions<Item> {
  /** How much one item counts. */
  readonly sizeOf: (item: Item) => number;
  /** From which sum of sizes on the source is held up. */
  readonly highWaterMark: number;
  /** Is called when the source has to stop (`true`) and when it may go on (`false`). */
  readonly onFull: (isFull: boolean) => void;
  /** Is called with each item that the application takes. */
  readonly onTaken?: (item: Item) => void;
}

/**
 * What waits for the application to take it, as an async iterator for one consumer: bounded by holding up the source,
 * ended by {@link end}.
 */
export class Inbox<Item> {
  readonly #options: InboxOptions<Item>;
  #items: Item[] = [];
  #head = 0;
  #weight = 0;
  #isFull = false;
  #end: { readonly error: Error | undefined } | undefined;
  #waiting: { resolve: (result: IteratorResult<Item>) => void; reject: (error: Error) => void } | undefined;

  /**
   * @param options - Sizes and what to do at the mark.
   */
  constructor(options: InboxOptions<Item>) {
    this.#options = options;
  }

  /** How many items wait. */
  get size(): number {
    return this.#items.length - this.#head;
  }

  /**
   * Adds an item. After the end it is dropped.
   *
   * @param item - What came.
   */
  push(item: Item): void {
    if (this.#end !== undefined) return;
    const waiting = this.#waiting;
    if (waiting !== undefined) {
      this.#waiting = undefined;
      this.#options.onTaken?.(item);
      waiting.resolve({ done: false, value: item });
      return;
    }
    this.#items.push(item);
    this.#weight += this.#options.sizeOf(item);
    if (!this.#isFull && this.#weight >= this.#options.highWaterMark) {
      this.#isFull = true;
      this.#options.onFull(true);
    }
  }

  /**
   * Nothing more will come: the iteration ends, with an error where there is one, after what waits was taken.
   *
   * @param error - Why, where it is not the normal end.
   */
  end(error?: Error): void {
    if (this.#end !== undefined) return;
    this.#end = { error };
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return;
    if (error === undefined) waiting.resolve({ done: true, value: undefined });
    else waiting.reject(error);
  }

  /** Drops what waits, because nobody will take it. */
  discard(): void {
    this.#items = [];
    this.#head = 0;
    this.#weight = 0;
    this.#relieve();
  }

  /** The iterator; each call gives one over the same items, so that a loop may be left and begun again. */
  iterate(): AsyncIterator<Item, undefined> {
    return { next: () => this.#next() };
  }

  #next(): Promise<IteratorResult<Item, undefined>> {
    const item = this.#items[this.#head];
    if (this.#head < this.#items.length && item !== undefined) {
      this.#head += 1;
      this.#weight -= this.#options.sizeOf(item);
      // Seldom enough to cost O(1) for each item, often enough to let go of what was taken.
      if (this.#head === this.#items.length || this.#head >= 256) {
        this.#items.splice(0, this.#head);
        this.#head = 0;
      }
      this.#options.onTaken?.(item);
      this.#relieve();
      return Promise.resolve({ done: false, value: item });
    }
    if (this.#end !== undefined) {
      const { error } = this.#end;
      return error === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error);
    }
    if (this.#waiting !== undefined) {
      return Promise.reject(
        new RserpoolError(
          'ERR_RSERPOOL_INVALID_STATE',
          'Another loop waits for the next item: use one loop only.',
        ),
      );
    }
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  #relieve(): void {
    if (!this.#isFull || this.#weight > this.#options.highWaterMark / 2) return;
    this.#isFull = false;
    this.#options.onFull(false);
  }
}

import { randomFraction, seededRandom } from '@rserpool/wire';
import type { DataEnd } from './data-end.fixture.ts';

export interface DataLinkOptions {
  readonly seed?: number;
  readonly delayMs?: number;
  readonly lossRate?: number;
  readonly duplicateRate?: number;
  /** Part of the packets that are late by up to `lateMs`. */
  readonly lateRate?: number;
  readonly lateMs?: number;
  /** Packets a millisecond that a direction carries; unlimited by default. */
  readonly packetsPerMs?: number;
  /** Sees each packet; `false` drops it. */
  readonly filter?: (bytes: Uint8Array, from: 'left' | 'right', now: number) => boolean;
}

interface Flying {
  readonly at: number;
  readonly order: number;
  readonly to: DataEnd;
  readonly bytes: Uint8Array;
}

/** A network between two ends on virtual time. */
export class DataLink {
  now = 0;
  lost = 0;
  readonly #left: DataEnd;
  readonly #right: DataEnd;
  readonly #options: DataLinkOptions;
  readonly #random: () => number;
  readonly #flying: Flying[] = [];
  readonly #freeAt = { left: 0, right: 0 };
  #order = 0;

  constructor(left: DataEnd, right: DataEnd, options: DataLinkOptions = {}) {
    this.#left = left;
    this.#right = right;
    this.#options = options;
    const random = seededRandom(options.seed ?? 1);
    this.#random = () => randomFraction(random);
  }

  /** Runs until nothing is left to do, `isDone` says so, or a time is reached. */
  run(isDone: () => boolean = () => false, until = Infinity): void {
    for (;;) {
      this.#pollAll(this.#left, this.#right, 'left');
      this.#pollAll(this.#right, this.#left, 'right');
      if (isDone()) return;
      const next = this.#flying[0];
      const at = Math.min(next?.at ?? Infinity, this.#left.nextTimeout(), this.#right.nextTimeout());
      if (at === Infinity || at > until) {
        if (at !== Infinity) this.now = until;
        return;
      }
      this.now = Math.max(this.now, at);
      if (next !== undefined && next.at <= this.now) {
        this.#pop();
        next.to.handlePacket(next.bytes, this.now);
      } else {
        this.#left.handleTimeout(this.now);
        this.#right.handleTimeout(this.now);
      }
    }
  }

  #pollAll(end: DataEnd, other: DataEnd, from: 'left' | 'right'): void {
    for (let bytes = end.poll(this.now); bytes !== undefined; bytes = end.poll(this.now)) {
      const { filter, lossRate = 0, duplicateRate = 0, packetsPerMs } = this.#options;
      let leaves = this.now;
      if (packetsPerMs !== undefined) {
        leaves = Math.max(this.#freeAt[from], this.now);
        this.#freeAt[from] = leaves + 1 / packetsPerMs;
      }
      if ((filter !== undefined && !filter(bytes, from, this.now)) || this.#random() < lossRate) {
        this.lost += 1;
        continue;
      }
      this.#fly(other, bytes, leaves);
      if (duplicateRate > 0 && this.#random() < duplicateRate) this.#fly(other, bytes, leaves);
    }
  }

  #fly(to: DataEnd, bytes: Uint8Array, leaves: number): void {
    const { delayMs = 1, lateRate = 0, lateMs = 5 } = this.#options;
    const late = lateRate > 0 && this.#random() < lateRate ? this.#random() * lateMs : 0;
    this.#push({ at: leaves + delayMs + late, order: this.#order++, to, bytes });
  }

  #push(item: Flying): void {
    // Most packets come in order: they are put in from behind.
    let place = this.#flying.length;
    while (place > 0 && isBefore(item, this.#flying[place - 1] as Flying)) place -= 1;
    this.#flying.splice(place, 0, item);
  }

  #pop(): void {
    this.#flying.shift();
  }
}

function isBefore(left: Flying, right: Flying): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order);
}

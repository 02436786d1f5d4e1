import { type RandomSource, randomFraction } from '@rserpool/wire';
import type { MemoryHost } from './memory-host.ts';

/** How the in-memory network treats what travels through it. */
export interface PathOptions {
  /**
   * The time from one host to another, in milliseconds: one for all, or a function of the two; 1 by default. Within
   * one host it counts too.
   */
  readonly delayMs?: number | ((from: MemoryHost, to: MemoryHost) => number);
  /** What is added to the delay at most, uniformly distributed, in milliseconds; 0 by default. */
  readonly jitterMs?: number;
  /**
   * How probable it is that a packet is lost, 0 .. 0.99; 0 by default. A datagram to a group is then gone; on an
   * association a loss delays the message by {@link retransmissionMs}.
   */
  readonly lossProbability?: number;
  /** How much later a message arrives for each time that it was lost, in milliseconds; 200 by default. */
  readonly retransmissionMs?: number;
}

/** Draws the delay of each packet. */
export class PathModel {
  readonly #options: PathOptions;
  readonly #random: RandomSource;

  constructor(options: PathOptions, random: RandomSource) {
    this.#options = options;
    this.#random = random;
  }

  /** The delay of a message on an association: a loss is a retransmission. */
  reliableDelay(from: MemoryHost, to: MemoryHost): number {
    let delay = this.#delay(from, to);
    while (this.#isLost()) delay += this.#options.retransmissionMs ?? 200;
    return delay;
  }

  /** The delay of a datagram, or `undefined` where it is lost. */
  datagramDelay(from: MemoryHost, to: MemoryHost): number | undefined {
    const delay = this.#delay(from, to);
    return this.#isLost() ? undefined : delay;
  }

  #delay(from: MemoryHost, to: MemoryHost): number {
    const { delayMs = 1, jitterMs = 0 } = this.#options;
    const fixed = typeof delayMs === 'number' ? delayMs : delayMs(from, to);
    return jitterMs === 0 ? fixed : fixed + jitterMs * randomFraction(this.#random);
  }

  #isLost(): boolean {
    const probability = this.#options.lossProbability ?? 0;
    return probability > 0 && randomFraction(this.#random) < Math.min(probability, 0.99);
  }
}

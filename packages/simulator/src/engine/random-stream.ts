import { randomFraction, type RandomSource } from '@rserpool/wire';

/** Draws from one stream of random numbers. */
export class RandomStream {
  /** The words that all draws are made of. */
  readonly source: RandomSource;

  /**
   * @param source - Where the randomness comes from.
   */
  constructor(source: RandomSource) {
    this.source = source;
  }

  /** A number in 0 (included) .. 1 (excluded). */
  fraction(): number {
    return randomFraction(this.source);
  }

  /**
   * A number between two others, uniformly distributed.
   *
   * @param least - The least.
   * @param most - The most, excluded.
   */
  between(least: number, most: number): number {
    return least + (most - least) * this.fraction();
  }

  /**
   * An integer between two others, both included.
   *
   * @param least - The least.
   * @param most - The most.
   */
  integer(least: number, most: number): number {
    return least + (this.source() % (most - least + 1));
  }

  /**
   * Whether something happens.
   *
   * @param probability - How probable it is, 0 .. 1.
   */
  chance(probability: number): boolean {
    return probability > 0 && this.source() < probability * 0x1_0000_0000;
  }

  /**
   * One of several, or `undefined` where there is none.
   *
   * @param items - What there is.
   */
  pick<Item>(items: readonly Item[]): Item | undefined {
    return items.length === 0 ? undefined : items[this.source() % items.length];
  }

  /**
   * One of several, each as probable as its weight says.
   *
   * @param weights - The weights, at least one of them positive.
   */
  weighted<Name extends string>(weights: Readonly<Partial<Record<Name, number>>>): Name {
    const entries = Object.entries(weights) as [Name, number][];
    let rest = this.fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) {
      rest -= weight;
      if (rest < 0) return name;
    }
    return (entries.at(-1) as [Name, number])[0];
  }

  /**
   * Negative exponentially distributed.
   *
   * @param mean - The mean.
   */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.fraction());
  }
}

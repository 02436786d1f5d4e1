import { capacityFor, grownFloat64 } from './growth.ts';

/**
 * The degradation counter of each seat (RFC 5356 section 5.2.2), and the value that results from it:
 * `base + counter * step`. The product is formed anew each time, so that no rounding adds up, and is not capped.
 */
export class DegradationCounters {
  #bases: Float64Array = new Float64Array(0);
  #steps: Float64Array = new Float64Array(0);
  #counters: Float64Array = new Float64Array(0);

  /** A seat was registered or registered again: its counter is 0. Returns the value, which is the base. */
  reset(seat: number, base: number, step: number): number {
    if (seat >= this.#bases.length) {
      const capacity = capacityFor(seat);
      this.#bases = grownFloat64(this.#bases, capacity);
      this.#steps = grownFloat64(this.#steps, capacity);
      this.#counters = grownFloat64(this.#counters, capacity);
    }
    this.#bases[seat] = base;
    this.#steps[seat] = step;
    this.#counters[seat] = 0;
    return base;
  }

  /** A seat was selected for being returned: counts it, and returns its new value. */
  increment(seat: number): number {
    const counter = (this.#counters[seat] as number) + 1;
    this.#counters[seat] = counter;
    return (this.#bases[seat] as number) + counter * (this.#steps[seat] as number);
  }
}

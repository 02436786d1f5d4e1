import type { SimulationResult } from '../../run/simulation.ts';

/** What many simulations came to. */
export class Summary {
  readonly #startedAt: number;
  readonly #failed: number[] = [];
  readonly #faults: Record<string, number> = {};
  readonly #closest: Record<string, number> = {};
  #seeds = 0;
  #simulatedMs = 0;
  #messages = 0;
  #answers = 0;
  #collisions = 0;
  #conflicts = 0;

  /**
   * @param startedAt - When the first one began, in milliseconds.
   */
  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  /** How many have failed. */
  get failed(): number {
    return this.#failed.length;
  }

  /**
   * Adds one.
   *
   * @param result - What it came to.
   */
  add(result: SimulationResult): void {
    this.#seeds += 1;
    this.#simulatedMs += result.simulatedMs;
    this.#messages += result.messages;
    this.#answers += result.answers;
    this.#collisions += result.collisions;
    this.#conflicts += result.conflicts;
    if (result.violation !== undefined) this.#failed.push(result.seed);
    for (const [kind, count] of Object.entries(result.faults)) {
      this.#faults[kind] = (this.#faults[kind] ?? 0) + count;
    }
    for (const [promise, fraction] of Object.entries(result.closest)) {
      this.#closest[promise] = Math.max(this.#closest[promise] ?? 0, Math.round(1000 * fraction) / 1000);
    }
  }

  /**
   * The sums, as the last JSON line has them.
   *
   * @param now - The time, in milliseconds.
   */
  toJson(now: number): Record<string, unknown> {
    const seconds = (now - this.#startedAt) / 1000;
    return {
      seeds: this.#seeds,
      failed: this.#failed.length,
      simulatedHours: Math.round(this.#simulatedMs / 36_000) / 100,
      messages: this.#messages,
      faults: this.#faults,
      failedSeeds: this.#failed.toSorted((a, b) => a - b),
      answers: this.#answers,
      collisions: this.#collisions,
      conflicts: this.#conflicts,
      closest: this.#closest,
      seconds: Math.round(seconds * 10) / 10,
      messagesPerSecond: Math.round(this.#messages / Math.max(seconds, 0.001)),
    };
  }

  /**
   * The sums, for people.
   *
   * @param now - The time, in milliseconds.
   */
  toText(now: number): string {
    const faults = Object.values(this.#faults).reduce((sum, count) => sum + count, 0);
    const seconds = Math.max((now - this.#startedAt) / 1000, 0.001);
    const hours = (this.#simulatedMs / 3_600_000).toFixed(1);
    const perSecond = Math.round(this.#messages / seconds);
    return [
      `${this.#seeds} seeds, ${this.#failed.length} failed, in ${seconds.toFixed(1)} s:`,
      `${hours} simulated hours, ${this.#messages} messages (${perSecond} a second),`,
      `${faults} faults, ${this.#answers} answers, ${this.#collisions} checksum collisions,`,
      `${this.#conflicts} conflicts that the rule decided`,
    ].join(' ');
  }
}

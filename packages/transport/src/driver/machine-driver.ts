import type { Machine } from '@rserpool/wire';
import type { Clock, TimerHandle } from '../contract/clock.ts';

/** Options of {@link MachineDriver}. */
export interface MachineDriverOptions<Input, Output> {
  /** The machine; nobody else may touch it. */
  readonly machine: Machine<Input, Output>;
  /** Its time and the one timer. */
  readonly clock: Clock;
  /**
   * Is given each output, in order. It may call {@link MachineDriver.input}: that input is handled after the outputs
   * of the present one. It must not throw.
   */
  readonly onOutput: (output: Output) => void;
}

/**
 * Drives a machine, the same way in all shells: one mutation, then all its outputs, then the next mutation; and one
 * timer of the clock kept set to `nextTimeout()`.
 *
 * @typeParam Input - What may happen to the machine.
 * @typeParam Output - What the machine wants done.
 */
export class MachineDriver<Input, Output> {
  readonly #machine: Machine<Input, Output>;
  readonly #clock: Clock;
  readonly #onOutput: (output: Output) => void;
  readonly #inputs: Input[] = [];
  #timer: TimerHandle | undefined;
  #latest = Number.NEGATIVE_INFINITY;
  #isRunning = false;
  #isStopped = false;

  constructor(options: MachineDriverOptions<Input, Output>) {
    this.#machine = options.machine;
    this.#clock = options.clock;
    this.#onOutput = options.onOutput;
    this.#arm();
  }

  /** Whether {@link stop} was called. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /**
   * Gives the machine an input: at once, or after those that are being handled. Ignored once stopped.
   *
   * @param input - What happened.
   */
  input(input: Input): void {
    if (this.#isStopped) return;
    if (this.#isRunning) this.#inputs.push(input);
    else this.#run(input);
  }

  /** Stops for good: the timer is cleared, and neither inputs nor outputs pass any more. */
  stop(): void {
    this.#isStopped = true;
    this.#inputs.length = 0;
    this.#clear();
  }

  /** Handles an input, or without one what is due, and then what came up meanwhile. */
  #run(input: Input | undefined): void {
    this.#isRunning = true;
    try {
      if (input === undefined) this.#machine.handleTimeout(this.#now());
      else this.#machine.handle(input, this.#now());
      this.#drain();
      while (this.#inputs.length > 0) {
        const next = this.#inputs.shift();
        if (next === undefined) break;
        this.#machine.handle(next, this.#now());
        this.#drain();
      }
    } finally {
      this.#isRunning = false;
      this.#arm();
    }
  }

  /**
   * A clock is monotonic by its contract, but it may be the caller's. For a machine time never goes back: it stands
   * still until the clock has come up again, so that a clock that was set back makes timers late and breaks nothing.
   */
  #now(): number {
    const now = this.#clock.now();
    if (now > this.#latest) this.#latest = now;
    return this.#latest;
  }

  #drain(): void {
    while (!this.#isStopped) {
      const output = this.#machine.poll();
      if (output === undefined) return;
      this.#onOutput(output);
    }
  }

  /**
   * A timer that runs too early stays, also where no timeout is left: most timeouts move on with every message or begin
   * and end with every request, and setting a timer of the host for each costs more than finding, once in a while, that
   * there is nothing to do yet.
   */
  #arm(): void {
    if (this.#isStopped) return;
    const at = this.#machine.nextTimeout();
    if (at === undefined || (this.#timer !== undefined && this.#timer.at <= at)) return;
    this.#clear();
    this.#timer = this.#clock.setTimer(at, () => {
      this.#timer = undefined;
      const due = this.#isStopped ? undefined : this.#machine.nextTimeout();
      if (due === undefined) return;
      if (due <= this.#now()) this.#run(undefined);
      else this.#arm();
    });
  }

  #clear(): void {
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }
}

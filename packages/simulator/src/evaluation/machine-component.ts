import type { Machine } from '@rserpool/wire';
import type { Schedule, ScheduledComponent } from '../engine/schedule.ts';

/**
 * A component that drives a machine of production in virtual time: inputs one after the other, all outputs after each,
 * and one timer for the machine and whatever else the component waits for.
 */
export abstract class MachineComponent<Input, Output> implements ScheduledComponent {
  wakePlace = -1;
  /** Its name, in traces and for its random numbers. */
  readonly name: string;
  /** The machine. */
  protected readonly machine: Machine<Input, Output>;
  readonly #schedule: Schedule;
  readonly #waiting: Input[] = [];
  #isRunning = false;
  #isStopped = false;

  /**
   * @param name - Its name.
   * @param schedule - The time.
   * @param machine - What it drives.
   */
  constructor(name: string, schedule: Schedule, machine: Machine<Input, Output>) {
    this.name = name;
    this.#schedule = schedule;
    this.machine = machine;
  }

  /** The time, in milliseconds. */
  protected get now(): number {
    return this.#schedule.now;
  }

  wake(): boolean {
    const { now } = this.#schedule;
    let fired = false;
    const due = this.machine.nextTimeout();
    if (due !== undefined && due <= now) {
      fired = true;
      this.#isRunning = true;
      this.machine.handleTimeout(now);
      this.#drain();
    }
    if (this.ownTimeout() <= now) {
      fired = true;
      this.ownTimer(now);
    }
    this.arm();
    return fired;
  }

  /**
   * Gives the machine an input: at once, or after the outputs of the one before.
   *
   * @param input - What happened.
   */
  protected feed(input: Input): void {
    if (this.#isRunning) {
      this.#waiting.push(input);
      return;
    }
    this.#isRunning = true;
    this.machine.handle(input, this.#schedule.now);
    this.#drain();
    this.arm();
  }

  /** Sees to it that the component wakes in time; for what changes outside of the machine. */
  protected arm(): void {
    if (this.#isStopped) return;
    const machine = this.machine.nextTimeout() ?? Infinity;
    const own = this.ownTimeout();
    this.#schedule.wakeBy(this, machine < own ? machine : own);
  }

  /** Ends the component: it is woken no more. */
  protected stop(): void {
    this.#isStopped = true;
    this.#schedule.forget(this);
  }

  /** Until when the component itself waits, in milliseconds; `Infinity` for nothing. */
  protected abstract ownTimeout(): number;

  /** The component has waited long enough. */
  protected abstract ownTimer(now: number): void;

  /** Does what the machine wants. */
  protected abstract perform(output: Output): void;

  #drain(): void {
    for (;;) {
      for (let output = this.machine.poll(); output !== undefined; output = this.machine.poll()) {
        this.perform(output);
      }
      const next = this.#waiting.shift();
      if (next === undefined) break;
      this.machine.handle(next, this.#schedule.now);
    }
    this.#isRunning = false;
  }
}

import type { Machine } from '@rserpool/wire';
import type { Clock, TimerHandle } from '@rserpool/transport';
import type { SctpInput } from '../core/sctp-input.ts';
import type { SctpOutput } from '../core/sctp-output.ts';

/** Options of {@link MachineRunner}. */
export interface MachineRunnerOptions {
  /** The machine of the endpoint. */
  readonly machine: Machine<SctpInput, SctpOutput>;
  /** Time, and the one timer. */
  readonly clock: Clock;
  /** Does what the machine wants. What it gives to the machine meanwhile is taken in afterwards. */
  readonly onOutput: (output: SctpOutput) => void;
  /** Told before the machine is asked for packets for the last time in a round: what else it has to know. */
  readonly onRound: () => void;
}

/**
 * Drives the machine of an endpoint: one input at a time, then all its outputs, with one host timer for everything.
 *
 * What the application sends goes out when its code has run (in a microtask), so that messages that are sent together
 * travel together, and an answer still waits for nothing.
 */
export class MachineRunner {
  readonly #options: MachineRunnerOptions;
  readonly #waiting: SctpInput[] = [];
  #isDraining = false;
  #isFlushPlanned = false;
  #isStopped = false;
  #timer: TimerHandle | undefined;
  readonly #flush: () => void = () => {
    this.#isFlushPlanned = false;
    if (!this.#isDraining && !this.#isStopped) this.#drain();
  };

  constructor(options: MachineRunnerOptions) {
    this.#options = options;
  }

  /**
   * Something came from outside: its consequences happen at once.
   *
   * @param input - What happened.
   */
  now(input: SctpInput): void {
    this.later(input);
    if (!this.#isDraining && !this.#isStopped) this.#drain();
  }

  /**
   * The application wants something: its consequences happen after its code has run.
   *
   * @param input - What it wants.
   */
  later(input: SctpInput): void {
    if (this.#isStopped) return;
    if (this.#isDraining) {
      this.#waiting.push(input);
      return;
    }
    const { machine, clock } = this.#options;
    machine.handle(input, clock.now());
    this.plan();
  }

  /** Goes through the outputs after the current code has run. */
  plan(): void {
    if (this.#isFlushPlanned || this.#isDraining || this.#isStopped) return;
    this.#isFlushPlanned = true;
    queueMicrotask(this.#flush);
  }

  /** Ends everything: neither inputs nor outputs nor timers any more. */
  stop(): void {
    this.#isStopped = true;
    this.#waiting.length = 0;
    if (this.#timer !== undefined) this.#options.clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  #drain(): void {
    const { machine, clock, onOutput, onRound } = this.#options;
    this.#isDraining = true;
    try {
      for (;;) {
        for (let output = machine.poll(); output !== undefined; output = machine.poll()) onOutput(output);
        onRound();
        if (this.#waiting.length === 0) break;
        const inputs = this.#waiting.splice(0);
        const now = clock.now();
        for (const input of inputs) machine.handle(input, now);
      }
    } finally {
      this.#isDraining = false;
    }
    this.#arm();
  }

  /** Sets the timer where it has to come earlier; one that comes too early finds nothing to do, and is set anew then. */
  #arm(): void {
    if (this.#isStopped) return;
    const { machine, clock } = this.#options;
    const at = machine.nextTimeout();
    if (at === undefined) return;
    if (this.#timer !== undefined) {
      if (this.#timer.at <= at) return;
      clock.clearTimer(this.#timer);
    }
    this.#timer = clock.setTimer(at, () => {
      this.#timer = undefined;
      const now = clock.now();
      const due = machine.nextTimeout();
      if (due !== undefined && due <= now) machine.handleTimeout(now);
      this.#drain();
    });
  }
}

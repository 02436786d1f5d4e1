import { createVirtualClock } from '@rserpool/transport';
import { describe, expect, it } from 'vitest';
import type { SctpInput } from '../core/sctp-input.ts';
import type { SctpOutput } from '../core/sctp-output.ts';
import { MachineRunner } from './machine-runner.ts';

const shutdown = (association: number): SctpInput => ({ type: 'shutdown', association });
const restarted = (association: number): SctpOutput => ({ type: 'associationRestarted', association });

/** A machine that answers each input with an output of the same association, and has one timer. */
class EchoMachine {
  readonly handled: number[] = [];
  readonly timeouts: number[] = [];
  readonly #outputs: SctpOutput[] = [];
  timeout: number | undefined;
  isPolling = false;

  handle(input: SctpInput): void {
    if (this.isPolling) throw new Error('mutated while it is drained');
    if (input.type !== 'shutdown') return;
    this.handled.push(input.association);
    this.#outputs.push(restarted(input.association));
  }

  poll(): SctpOutput | undefined {
    const output = this.#outputs.shift();
    this.isPolling = output !== undefined;
    return output;
  }

  nextTimeout(): number | undefined {
    return this.timeout;
  }

  handleTimeout(now: number): void {
    this.timeouts.push(now);
    this.timeout = undefined;
    this.#outputs.push(restarted(99));
  }
}

const setUp = (onTold?: (association: number, runner: MachineRunner) => void) => {
  const clock = createVirtualClock();
  const machine = new EchoMachine();
  const told: number[] = [];
  let rounds = 0;
  const runner: MachineRunner = new MachineRunner({
    machine,
    clock,
    onOutput: (output) => {
      if (output.type !== 'associationRestarted') return;
      told.push(output.association);
      onTold?.(output.association, runner);
    },
    onRound: () => {
      rounds += 1;
    },
  });
  return { clock, machine, told, runner, rounds: () => rounds };
};

describe('MachineRunner', () => {
  it('does at once what comes from outside', () => {
    const { runner, told } = setUp();
    runner.now(shutdown(1));
    expect(told).toEqual([1]);
  });

  it("does what the application wants when the application's code has run, all in one round", async () => {
    const { runner, told, rounds } = setUp();
    runner.later(shutdown(1));
    runner.later(shutdown(2));
    expect(told).toEqual([]);
    await Promise.resolve();
    expect([told, rounds()]).toEqual([[1, 2], 1]);
  });

  it('takes in what is wanted while outputs are told only when all are told', () => {
    const { runner, told, machine } = setUp((association, own) => {
      if (association > 2) return;
      own.later(shutdown(association + 10));
      own.now(shutdown(association + 20));
    });
    machine.handle(shutdown(1));
    runner.now(shutdown(2));
    expect(told).toEqual([1, 2, 11, 21, 12, 22]);
  });

  it('keeps one timer for the earliest timeout', async () => {
    const { runner, clock, machine, told } = setUp();
    machine.timeout = 100;
    runner.now(shutdown(1));
    machine.timeout = 50;
    runner.now(shutdown(2));
    await clock.advance(49);
    expect(machine.timeouts).toEqual([]);
    await clock.advance(1);
    expect([machine.timeouts, told]).toEqual([[50], [1, 2, 99]]);
  });

  it('finds nothing to do where a timeout was put off meanwhile, and waits for the later one', async () => {
    const { runner, clock, machine } = setUp();
    machine.timeout = 50;
    runner.now(shutdown(1));
    machine.timeout = 80;
    runner.now(shutdown(2));
    await clock.advance(60);
    expect(machine.timeouts).toEqual([]);
    await clock.advance(20);
    expect(machine.timeouts).toEqual([80]);
  });

  it('does nothing any more once it is stopped', async () => {
    const { runner, clock, machine, told } = setUp();
    machine.timeout = 50;
    runner.now(shutdown(1));
    runner.later(shutdown(2));
    runner.stop();
    runner.now(shutdown(3));
    await clock.advance(100);
    expect([told, machine.timeouts]).toEqual([[1], []]);
  });
});

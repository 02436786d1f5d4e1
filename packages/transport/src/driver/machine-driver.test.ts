import type { Machine } from '@rserpool/wire';
import { describe, expect, it, vi } from 'vitest';
import type { Clock } from '../contract/clock.ts';
import { createVirtualClock } from '../clock/virtual-clock.ts';
import { MachineDriver } from './machine-driver.ts';

/** Logs what is done to it; an input of 10 gives the outputs 100 and 101, and so on. */
class LoggingMachine implements Machine<number, number> {
  readonly log: string[] = [];
  timeout: number | undefined;
  readonly #outputs: number[] = [];

  handle(input: number, now: number): void {
    if (this.#outputs.length > 0) throw new Error('mutated before it was drained');
    this.log.push(`handle ${input} at ${now}`);
    this.#outputs.push(input * 10, input * 10 + 1);
  }

  poll(): number | undefined {
    return this.#outputs.shift();
  }

  nextTimeout(): number | undefined {
    return this.timeout;
  }

  handleTimeout(now: number): void {
    if (this.#outputs.length > 0) throw new Error('mutated before it was drained');
    this.log.push(`timeout at ${now}`);
    this.timeout = undefined;
    this.#outputs.push(7);
  }
}

const world = (onOutput: (output: number) => void) => {
  const clock = createVirtualClock();
  const machine = new LoggingMachine();
  const driver = new MachineDriver({ machine, clock, onOutput });
  return { clock, machine, driver };
};

describe('machine driver', () => {
  it('drains after each input, and takes inputs that come meanwhile in order', () => {
    const outputs: number[] = [];
    const { machine, driver } = world((output) => {
      outputs.push(output);
      if (output === 10) {
        driver.input(2);
        driver.input(3);
      }
    });
    driver.input(1);
    expect(machine.log).toEqual(['handle 1 at 0', 'handle 2 at 0', 'handle 3 at 0']);
    expect(outputs).toEqual([10, 11, 20, 21, 30, 31]);
  });

  it('lets no machine see time go back, although the clock does: it stands still, and timers come late', () => {
    let now = 100;
    const timers: { at: number; callback: () => void }[] = [];
    const clock: Clock = {
      now: () => now,
      setTimer: (at, callback) => {
        const timer = { at, callback };
        timers.push(timer);
        return timer;
      },
      clearTimer: () => undefined,
    };
    const machine = new LoggingMachine();
    const driver = new MachineDriver({ machine, clock, onOutput: () => undefined });
    driver.input(1);
    machine.timeout = 130;
    now = 40;
    driver.input(2);
    now = 99;
    timers.at(-1)?.callback();
    now = 130;
    timers.at(-1)?.callback();
    expect(machine.log).toEqual(['handle 1 at 100', 'handle 2 at 100', 'timeout at 130']);
    expect(timers.map(({ at }) => at)).toEqual([130, 130]);
  });

  it('keeps one timer set to the next timeout', async () => {
    const outputs: number[] = [];
    const { clock, machine, driver } = world((output) => outputs.push(output));
    machine.timeout = 50;
    driver.input(1);
    await clock.advance(40);
    machine.timeout = 60;
    driver.input(1);
    await clock.advance(19);
    expect(machine.log.length).toBe(2);
    await clock.advance(1);
    expect(machine.log.at(-1)).toBe('timeout at 60');
    expect(outputs.at(-1)).toBe(7);
    expect(clock.nextTimer()).toBe(undefined);
  });

  it('sets no timer of the host anew for timeouts that come and go before it runs', async () => {
    const { clock, machine, driver } = world(() => undefined);
    let set = 0;
    const { setTimer } = clock;
    vi.spyOn(clock, 'setTimer').mockImplementation((at, callback) => {
      set += 1;
      return setTimer.call(clock, at, callback);
    });
    for (let request = 0; request < 10; request++) {
      machine.timeout = clock.now() + 50;
      driver.input(1);
      machine.timeout = undefined;
      driver.input(2);
      await clock.advance(1);
    }
    expect(set).toBe(1);
    const handled = machine.log.length;
    await clock.advance(100);
    expect([machine.log.length, clock.nextTimer()]).toEqual([handled, undefined]);
    machine.timeout = clock.now() + 5;
    driver.input(1);
    await clock.advance(5);
    expect(machine.log.at(-1)).toBe(`timeout at ${clock.now()}`);
  });

  it('sets a timer that the machine wants from the start', async () => {
    const clock = createVirtualClock();
    const machine = new LoggingMachine();
    machine.timeout = 5;
    const driver = new MachineDriver({ machine, clock, onOutput: () => undefined });
    await clock.advance(5);
    expect([machine.log, driver.isStopped]).toEqual([['timeout at 5'], false]);
  });

  it('does nothing more once stopped, even in the middle of the outputs', async () => {
    const outputs: number[] = [];
    const { clock, machine, driver } = world((output) => {
      outputs.push(output);
      driver.input(2);
      driver.stop();
    });
    machine.timeout = 5;
    driver.input(1);
    driver.input(3);
    await clock.advance(100);
    expect([outputs, machine.log, driver.isStopped]).toEqual([[10], ['handle 1 at 0'], true]);
  });

  it('goes on after an output handler that threw', () => {
    const outputs: number[] = [];
    const { driver } = world((output) => {
      if (output === 11) throw new Error('a mistake of the shell');
      outputs.push(output);
    });
    expect(() => driver.input(1)).toThrow('a mistake of the shell');
    driver.input(2);
    expect(outputs).toEqual([10, 20, 21]);
  });
});

import type { Clock, TimerHandle } from '@rserpool/transport';
import { SimulatedEvent } from '../engine/event-queue.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';

/** A timer of a process: due by the clock of its host, which may have jumped. */
class ProcessTimer implements TimerHandle {
  readonly at: number;
  readonly callback: () => void;
  readonly clock: ProcessClock;
  /** Its event; another one after the clock has jumped. */
  event: TimerDue;
  /** Where it is in the list of the clock; -1 once it is not there any more. */
  index = -1;

  constructor(clock: ProcessClock, at: number, callback: () => void) {
    this.clock = clock;
    this.at = at;
    this.callback = callback;
    this.event = new TimerDue(this);
  }
}

/** A timer becomes due. */
class TimerDue extends SimulatedEvent {
  readonly #timer: ProcessTimer;

  constructor(timer: ProcessTimer) {
    super();
    this.#timer = timer;
  }

  run(): void {
    this.#timer.clock.due(this.#timer);
  }
}

/**
 * The clock of one life of a process. While the process is stopped its timers wait; when it was killed they never
 * run. The clock may jump ahead, as it does when a virtual machine is moved: all timers in between are due at once.
 * It may be set back as well, as a clock that is not monotonic: then they are due so much later.
 */
export class ProcessClock implements Clock {
  readonly #time: VirtualTime;
  readonly #timers: ProcessTimer[] = [];
  #waiting: ProcessTimer[] = [];
  #offset: number;
  #isHeld = false;
  #isDead = false;

  /**
   * @param time - The time of the simulation.
   * @param offset - By how much the clock of the host is ahead, in milliseconds.
   */
  constructor(time: VirtualTime, offset: number) {
    this.#time = time;
    this.#offset = offset;
  }

  /** How many timers are set. */
  get timers(): number {
    return this.#timers.length;
  }

  /** The time in milliseconds on this clock. */
  now(): number {
    return this.#time.now() + this.#offset;
  }

  /** Runs a callback once, at a time on this clock. */
  setTimer(at: number, callback: () => void): TimerHandle {
    const timer = new ProcessTimer(this, at, callback);
    if (this.#isDead || at === Number.POSITIVE_INFINITY) return timer;
    timer.index = this.#timers.length;
    this.#timers.push(timer);
    this.#time.schedule(timer.event, this.#dueAt(at));
    return timer;
  }

  /** Stops a timer; one that has run or was stopped is no error. */
  clearTimer(handle: TimerHandle): void {
    if (!(handle instanceof ProcessTimer) || handle.index < 0) return;
    this.#remove(handle);
    this.#time.cancel(handle.event);
  }

  /** The process is stopped: timers that become due wait. */
  hold(): void {
    this.#isHeld = true;
  }

  /** The process goes on: the timers that wait run now, in order. */
  release(): void {
    this.#isHeld = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const timer of waiting) if (timer.index >= 0) this.#schedule(timer);
  }

  /** The process is dead: no timer runs any more. */
  stop(): void {
    this.#isDead = true;
    for (const timer of this.#timers) {
      timer.index = -1;
      this.#time.cancel(timer.event);
    }
    this.#timers.length = 0;
    this.#waiting = [];
  }

  /**
   * The clock jumps ahead, or is set back.
   *
   * @param byMs - How far; less than 0 where it is set back.
   */
  jump(byMs: number): void {
    this.#offset += byMs;
    const inOrder = [...this.#timers].sort(
      (a, b) => a.event.due - b.event.due || a.event.order - b.event.order,
    );
    for (const timer of inOrder) {
      if (this.#waiting.includes(timer)) continue;
      this.#time.cancel(timer.event);
      this.#schedule(timer);
    }
  }

  /**
   * A timer is due.
   *
   * @param timer - The timer.
   */
  due(timer: ProcessTimer): void {
    if (timer.index < 0) return;
    if (this.#isHeld) {
      this.#waiting.push(timer);
      return;
    }
    this.#remove(timer);
    timer.callback();
  }

  /** A cancelled event is still in the queue until its time, hence a new one. */
  #schedule(timer: ProcessTimer): void {
    timer.event = new TimerDue(timer);
    this.#time.schedule(timer.event, this.#dueAt(timer.at));
  }

  /** Rounding must not make a timer run before its time on this clock. */
  #dueAt(at: number): number {
    const due = at - this.#offset;
    return due + this.#offset < at ? due + at * 2 ** -50 : due;
  }

  #remove(timer: ProcessTimer): void {
    const last = this.#timers.pop();
    if (last !== undefined && last !== timer) {
      last.index = timer.index;
      this.#timers[timer.index] = last;
    }
    timer.index = -1;
  }
}

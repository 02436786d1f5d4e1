import { createVirtualClock, type TimerHandle, type VirtualClock } from '@rserpool/transport';

/** A virtual clock that knows how many timers wait: what grows there would never stop growing. */
export interface CountingClock extends VirtualClock {
  /** How many timers are set and have neither run nor been cleared. */
  readonly pending: number;
}

export function createCountingClock(): CountingClock {
  const base = createVirtualClock();
  const pending = new Set<TimerHandle>();
  return {
    ...base,
    get pending() {
      return pending.size;
    },
    setTimer(at, callback) {
      const timer = base.setTimer(at, () => {
        pending.delete(timer);
        callback();
      });
      pending.add(timer);
      return timer;
    },
    clearTimer(timer) {
      pending.delete(timer);
      base.clearTimer(timer);
    },
  };
}

import { expect, it } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../../clock/virtual-clock.ts';
import { HeartbeatMonitor } from './heartbeat-monitor.ts';

interface World {
  readonly clock: VirtualClock;
  readonly monitor: HeartbeatMonitor;
  readonly beats: number[];
  readonly silentAt: number[];
  isReadingStopped: boolean;
}

const world = (maximumMissed: number, peerIntervalMs = 60_000): World => {
  const clock = createVirtualClock();
  const state: World = {
    clock,
    beats: [],
    silentAt: [],
    isReadingStopped: false,
    monitor: new HeartbeatMonitor({
      clock,
      heartbeat: { intervalMs: 100, maximumMissed },
      peerIntervalMs,
      isReadingStopped: () => state.isReadingStopped,
      beat: () => state.beats.push(clock.now()),
      onSilent: () => {
        state.silentAt.push(clock.now());
        state.monitor.stop();
      },
    }),
  };
  return state;
};

it('gives a silent peer up after interval times missed, and asks it before', async () => {
  const { clock, beats, silentAt } = world(3);
  await clock.advance(1000);
  expect(silentAt).toEqual([300]);
  expect(beats).toEqual([50, 100, 150, 200, 250]);
});

it('asks once before it gives up, even where one interval is all that may be missed', async () => {
  const { clock, beats, silentAt } = world(1);
  await clock.advance(1000);
  expect([beats, silentAt]).toEqual([[50], [100]]);
});

it('takes any byte as a sign of life, and does not ask who sends anyway', async () => {
  const { clock, monitor, beats, silentAt } = world(1);
  for (let step = 0; step < 100; step += 1) {
    await clock.advance(40);
    monitor.sign();
  }
  expect([beats, silentAt]).toEqual([[], []]);
  await clock.advance(100);
  expect(silentAt).toEqual([4100]);
});

it('does not judge the peer while its answers are not read, and gives signs of life unasked', async () => {
  const state = world(2, 30);
  const { clock, monitor, beats, silentAt } = state;
  state.isReadingStopped = true;
  monitor.readingStopped();
  await clock.advance(1000);
  expect(silentAt).toEqual([]);
  expect(beats.length).toBe(67);
  state.isReadingStopped = false;
  monitor.sign();
  await clock.advance(199);
  expect(silentAt).toEqual([]);
  await clock.advance(1);
  expect(silentAt).toEqual([1200]);
});

it('does not let a peer ask for a flood of signs', async () => {
  const state = world(2, 0);
  state.isReadingStopped = true;
  state.monitor.readingStopped();
  await state.clock.advance(1000);
  expect(state.beats.length).toBeLessThanOrEqual(201);
});

it('does not blame the peer for a time in which this process stood still', async () => {
  const clock = createVirtualClock();
  let isSilent = false;
  let wake: (() => void) | undefined;
  let now = 0;
  const monitor = new HeartbeatMonitor({
    clock: {
      now: () => now,
      setTimer: (at, callback) => {
        wake = callback;
        return { at };
      },
      clearTimer: () => undefined,
    },
    heartbeat: { intervalMs: 100, maximumMissed: 2 },
    peerIntervalMs: 100,
    isReadingStopped: () => false,
    beat: () => undefined,
    onSilent: () => {
      isSilent = true;
    },
  });
  now = 5000;
  wake?.();
  expect(isSilent).toBe(false);
  now = 5050;
  wake?.();
  now = 5100;
  wake?.();
  now = 5150;
  wake?.();
  now = 5200;
  wake?.();
  expect(isSilent).toBe(true);
  monitor.stop();
  await clock.advance(0);
});

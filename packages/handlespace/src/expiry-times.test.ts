import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ElementRecords } from './element-records.ts';
import { ExpiryTimes } from './expiry-times.ts';
import { wheelTicks } from './expiry-wheel.ts';

const elementCount = 90;

function makeTimes(): ExpiryTimes {
  const records = new ElementRecords();
  while (records.capacity < elementCount) records.grow();
  return new ExpiryTimes(records);
}

/** Times around a clock: soon, the same, long ago, at the far end of the wheel, in 68 years, and what is no time. */
const distance = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -20, max: 60 }) },
  { weight: 4, arbitrary: fc.double({ min: -3, max: 3, noNaN: true }) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 400_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: wheelTicks - 3, max: wheelTicks + 3 }) },
  { weight: 2, arbitrary: fc.integer({ min: -wheelTicks, max: 3 * wheelTicks }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom((2 ** 31 - 1) * 1000, -1e300, 1e300, 2 ** 53, -(2 ** 53), Number.MIN_VALUE),
  },
);
const step = fc.record({
  kind: fc.constantFrom('set', 'set', 'set', 'stop', 'take', 'takeAll'),
  element: fc.nat({ max: elementCount - 1 }),
  distance,
  passed: fc.oneof(
    { weight: 8, arbitrary: fc.nat({ max: 30 }) },
    { weight: 1, arbitrary: fc.nat({ max: 2 * wheelTicks }) },
  ),
});
const start = fc.constantFrom(0, 0.25, -1_000_000, 1_780_000_000_000, 2 ** 31 - 5, 1e15);

test('agrees with a plain map on which element expires first and when, whatever the clock does', () => {
  let taken = 0;
  fc.assert(
    fc.property(start, fc.array(step, { minLength: 100, maxLength: 400 }), (begin, steps) => {
      const times = makeTimes();
      // A second one, to which the same happens: what comes first of equals depends on nothing else.
      const twin = makeTimes();
      const model = new Map<number, number>();
      let now = begin;
      const take = (): number => {
        const element = times.take(now);
        expect(twin.take(now)).toBe(element);
        const earliest = Math.min(...model.values());
        if (element === -1) expect(earliest).toBeGreaterThan(now);
        else {
          expect(model.get(element)).toBe(earliest);
          expect(earliest).toBeLessThanOrEqual(now);
          expect(times.at(element)).toBeUndefined();
          model.delete(element);
          taken += 1;
        }
        return element;
      };
      for (const { kind, element, distance: ahead, passed } of steps) {
        now += passed;
        if (kind === 'set') {
          times.set(element, now + ahead);
          twin.set(element, now + ahead);
          model.set(element, Math.ceil(now + ahead) + 0);
        } else if (kind === 'stop') {
          times.stop(element);
          twin.stop(element);
          model.delete(element);
        } else if (kind === 'take') take();
        else while (take() !== -1);
        expect(times.at(element)).toBe(model.get(element));
        const earliest = model.size === 0 ? undefined : Math.min(...model.values());
        expect(times.earliestTime()).toBe(earliest);
      }
      for (const [element, at] of model) expect(times.at(element)).toBe(at);
      now = Number.MAX_VALUE;
      while (take() !== -1);
      expect(model.size).toBe(0);
    }),
    { seed: 3, numRuns: 200 },
  );
  expect(taken).toBeGreaterThan(5000);
});

test('takes elements with the same time in the order in which it was set', () => {
  const times = makeTimes();
  for (const element of [5, 3, 9, 1, 7]) times.set(element, 1000);
  times.set(9, 1000);
  times.stop(3);
  times.set(2, 999);
  const taken = [];
  for (let element = times.take(1000); element !== -1; element = times.take(1000)) taken.push(element);
  expect(taken).toEqual([2, 5, 1, 7, 9]);
});

test('rounds a time up to a whole millisecond, and nothing expires before that', () => {
  const times = makeTimes();
  times.set(1, 10.001);
  times.set(2, -0.5);
  expect(times.at(1)).toBe(11);
  expect(times.at(2)).toBe(0);
  expect(times.take(-0.001)).toBe(-1);
  expect(times.take(0)).toBe(2);
  expect(times.take(10.999)).toBe(-1);
  expect(times.take(11)).toBe(1);
});

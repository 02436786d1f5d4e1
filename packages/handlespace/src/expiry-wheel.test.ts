import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ElementRecords } from './element-records.ts';
import { ExpiryWheel, wheelTicks } from './expiry-wheel.ts';

/** Ticks at both ends of words, pages and the wheel, and anywhere. */
const tick = fc.oneof(
  fc.integer({ min: 0, max: wheelTicks - 1 }),
  fc
    .tuple(fc.constantFrom(32, 1024, 32_768, wheelTicks), fc.nat({ max: 5 }), fc.constantFrom(0, -1, 1))
    .map(([size, count, offset]) => (count * size + offset + wheelTicks) % wheelTicks),
);

test('finds the next and the previous tick that has elements, around both ends', () => {
  fc.assert(
    fc.property(
      fc.array(tick, { maxLength: 40 }),
      fc.array(tick, { minLength: 20, maxLength: 40 }),
      (used, from) => {
        const records = new ElementRecords();
        while (records.capacity < 64) records.grow();
        const wheel = new ExpiryWheel(records);
        const lists = new Map<number, number[]>();
        for (const [element, at] of used.entries()) {
          expect(wheel.append(element, at)).toBe(!lists.has(at));
          lists.set(at, [...(lists.get(at) ?? []), element]);
        }
        for (const element of used.keys()) {
          if (element % 3 === 0) continue;
          const at = used[element] as number;
          const rest = (lists.get(at) as number[]).filter((other) => other !== element);
          expect(wheel.remove(element)).toBe(rest.length === 0);
          if (rest.length === 0) lists.delete(at);
          else lists.set(at, rest);
        }
        const ticks = [...lists.keys()].toSorted((a, b) => a - b);
        for (const [at, list] of lists) expect(wheel.first(at)).toBe(list[0]);
        for (const one of from) {
          expect(wheel.following(one)).toBe(ticks.find((other) => other >= one) ?? ticks[0] ?? -1);
          expect(wheel.preceding(one)).toBe(ticks.findLast((other) => other <= one) ?? ticks.at(-1) ?? -1);
        }
        for (const [at, list] of lists) {
          for (const [index, element] of list.entries()) {
            expect(wheel.first(at)).toBe(element);
            expect(wheel.removeFirst(at)).toBe(index === list.length - 1);
          }
        }
        expect(wheel.following(0)).toBe(-1);
        expect(wheel.preceding(0)).toBe(-1);
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ssnAdd,
  ssnDistance,
  ssnIsAfter,
  ssnIsBefore,
  tsnAdd,
  tsnDistance,
  tsnIsAfter,
  tsnIsBefore,
} from './serial.ts';

/** The two kinds of serial numbers, under one name each. */
const kinds = [
  { name: 'TSN', bits: 32, add: tsnAdd, distance: tsnDistance, isBefore: tsnIsBefore, isAfter: tsnIsAfter },
  {
    name: 'stream sequence number',
    bits: 16,
    add: ssnAdd,
    distance: ssnDistance,
    isBefore: ssnIsBefore,
    isAfter: ssnIsAfter,
  },
];

describe.each(kinds)('RFC 9260 section 1.6: a $name', ({ bits, add, distance, isBefore, isAfter }) => {
  const size = 2 ** bits;
  const half = size / 2;
  const serial = fc.oneof(
    fc.integer({ min: 0, max: size - 1 }),
    fc.constantFrom(0, 1, half - 1, half, half + 1, size - 2, size - 1),
  );
  const step = fc.oneof(fc.integer({ min: 1, max: half - 1 }), fc.constantFrom(1, 2, half - 1));

  it('that is ahead by less than half of all numbers comes after, across the wrap, too', () => {
    fc.assert(
      fc.property(serial, step, (from, ahead) => {
        // The oracle is RFC 1982 in numbers that do not wrap.
        const to = Number((BigInt(from) + BigInt(ahead)) % BigInt(size));
        expect(add(from, ahead)).toBe(to);
        expect(add(to, -ahead)).toBe(from);
        expect(distance(from, to)).toBe(ahead);
        expect(distance(to, from)).toBe(-ahead);
        expect([isBefore(from, to), isAfter(from, to)]).toEqual([true, false]);
        expect([isBefore(to, from), isAfter(to, from)]).toEqual([false, true]);
      }),
    );
  });

  it('is neither before nor after itself', () => {
    fc.assert(
      fc.property(serial, (number) => {
        expect([distance(number, number), isBefore(number, number), isAfter(number, number)]).toEqual([
          0,
          false,
          false,
        ]);
      }),
    );
  });

  it('wraps to 0', () => {
    expect(add(size - 1, 1)).toBe(0);
    expect(add(0, -1)).toBe(size - 1);
    expect(isBefore(size - 1, 0)).toBe(true);
  });
});

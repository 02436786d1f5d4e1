import { encodedPoolElementLength } from '@rserpool/wire';
import { expect, test } from 'vitest';
import { ElementTable } from './element-table.ts';
import { makeElement } from './testing/elements.fixture.ts';

test.for([0, 2 ** 31 - 3, 2 ** 32 - 3, 2 ** 53 - 6])(
  'serial numbers around %i differ and grow, also where a slot is used again',
  (lastSerial) => {
    const table = new ElementTable(lastSerial);
    const take = (identifier: number): number => {
      const element = makeElement(identifier);
      const length = encodedPoolElementLength(element);
      table.encode(element, length);
      return table.take(0, identifier, length);
    };
    const slots = [take(1), take(2), take(3)];
    expect(slots.map((slot) => table.serial(slot))).toEqual([1, 2, 3].map((step) => lastSerial + step));
    table.release(slots[0] ?? -1);
    const again = take(4);
    expect(again).toBe(slots[0]);
    expect(table.serial(again)).toBe(lastSerial + 4);
    expect(Number.isSafeInteger(table.serial(take(5)))).toBe(true);
  },
);

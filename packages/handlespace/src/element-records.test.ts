import { expect, test } from 'vitest';
import * as ElementField from './element-field.ts';
import { ElementRecords } from './element-records.ts';

test('long numbers keep every bit up to the largest safe integer', () => {
  const records = new ElementRecords();
  const numbers = [
    0,
    1,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32 - 1,
    2 ** 32,
    2 ** 32 + 1,
    2 ** 52 + 2 ** 31,
    2 ** 53 - 1,
  ];
  for (const number of numbers) {
    records.setLong(3, ElementField.serial, number);
    expect(records.getLong(3, ElementField.serial)).toBe(number);
  }
});

test('no record moves or changes when more are made', () => {
  const records = new ElementRecords();
  for (let slot = 0; slot < 5000; slot += 1) {
    while (slot >= records.capacity) records.grow();
    for (let field = 0; field < 16; field += 1) records.set(slot, field, slot * 16 + field);
  }
  for (let slot = 0; slot < 5000; slot += 1) {
    for (let field = 0; field < 16; field += 1) expect(records.get(slot, field)).toBe(slot * 16 + field);
  }
});

import { describe, expect, it } from 'vitest';
import { numberFrom } from './number-option.ts';

describe('an option that is a number', () => {
  it.each([
    ['1', 1],
    ['100', 100],
    ['1e2', 100],
  ])('takes %s', (text, value) => {
    expect(numberFrom(1, 100)(text)).toBe(value);
  });

  it.each(['0', '101', '-5', '1.5', 'many', '', '0x10', '1e999'])('refuses %j', (text) => {
    expect(() => numberFrom(1, 100)(text)).toThrow('allowed is 1 to 100');
  });

  it('takes fractions where they make sense', () => {
    expect(numberFrom(0, 1, 'fraction')('0.25')).toBe(0.25);
    expect(() => numberFrom(0)('0.25')).toThrow('allowed is a number from 0');
  });
});

import { describe, expect, it } from 'vitest';
import { fractionFromLoad, loadFromFraction } from './load-fraction.ts';

describe('loads and fractions', () => {
  it('map 0 % and 100 % as RFC 5356 section 3.1 does', () => {
    expect(loadFromFraction(0)).toBe(0);
    expect(loadFromFraction(1)).toBe(0xffffffff);
    expect(fractionFromLoad(0)).toBe(0);
    expect(fractionFromLoad(0xffffffff)).toBe(1);
  });

  it('keep a load that goes there and back', () => {
    for (const load of [1, 2, 0x7fffffff, 0x80000000, 0xfffffffe]) {
      expect(loadFromFraction(fractionFromLoad(load))).toBe(load);
    }
  });

  it('refuse everything else', () => {
    for (const fraction of [-0.1, 1.1, Number.NaN, Infinity]) {
      expect(() => loadFromFraction(fraction)).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
    }
    for (const load of [-1, 0.5, 2 ** 32, Number.NaN]) {
      expect(() => fractionFromLoad(load)).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
    }
  });
});

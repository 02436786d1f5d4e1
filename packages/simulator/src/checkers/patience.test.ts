import { describe, expect, it } from 'vitest';
import { Patience } from './patience.ts';

const look = (patience: Patience, now: number, wrong: readonly string[], excusedUntil = 0): boolean[] => {
  patience.begin();
  const exhausted = wrong.map((key) => patience.isExhausted(key, now, excusedUntil, 100));
  patience.end();
  return exhausted;
};

describe('patience', () => {
  it('ends when one thing has been wrong for longer than its bound without a break', () => {
    const patience = new Patience();
    expect(look(patience, 0, ['a'])).toEqual([false]);
    expect(look(patience, 100, ['a', 'b'])).toEqual([false, false]);
    expect(look(patience, 101, ['a', 'b'])).toEqual([true, false]);
    expect(look(patience, 150, ['b'])).toEqual([false]);
    expect(look(patience, 202, ['a', 'b'])).toEqual([false, true]);
    expect(patience.closest).toBeGreaterThan(1);
  });

  it('begins after what excuses it', () => {
    const patience = new Patience();
    look(patience, 0, ['a']);
    expect(look(patience, 500, ['a'], 450)).toEqual([false]);
    expect(look(patience, 600, ['a'], Number.POSITIVE_INFINITY)).toEqual([false]);
    expect(look(patience, 600, ['a'], 450)).toEqual([true]);
  });
});

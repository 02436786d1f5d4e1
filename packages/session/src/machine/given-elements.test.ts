import { describe, expect, test } from 'vitest';
import { GivenElements } from './given-elements.ts';

const echo = 'echo';
const other = 'other';

function elements(...identifiers: number[]): { identifier: number }[] {
  return identifiers.map((identifier) => ({ identifier }));
}

describe('RFC 5352 section 6.9.2: elements that the application may report', () => {
  test('are those that it was given, each once until it is given it again', () => {
    const given = new GivenElements();
    given.give(echo, elements(1, 2));
    expect(given.take(echo, 3)).toBe(false);
    expect(given.take(other, 1)).toBe(false);
    expect([given.take(echo, 1), given.take(echo, 1)]).toEqual([true, false]);
    given.give(echo, elements(1));
    expect([given.take(echo, 1), given.take(echo, 2)]).toEqual([true, true]);
  });

  test('are so many at most, those of the pool heard of last kept longest', () => {
    const given = new GivenElements(4);
    given.give(echo, elements(1, 2));
    given.give(other, elements(1, 2));
    given.give(echo, elements(3, 4));
    expect([1, 2].map((identifier) => given.take(other, identifier))).toEqual([false, false]);
    expect([1, 2, 3, 4].map((identifier) => given.take(echo, identifier))).toEqual([true, true, true, true]);
    given.give(echo, elements(1, 2, 3, 4, 5, 6));
    expect([1, 2, 3, 6].map((identifier) => given.take(echo, identifier))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});

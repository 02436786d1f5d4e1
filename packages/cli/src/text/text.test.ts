import { describe, expect, it } from 'vitest';
import { formatColumns } from './columns.ts';
import { formatDuration } from './duration.ts';
import { printable } from './printable.ts';

describe('a table', () => {
  it('has columns as wide as their widest cell, numbers to the right', () => {
    const columns = [
      { title: 'pool', of: ([name]: readonly [string, number]) => name },
      { title: 'n', of: ([, count]: readonly [string, number]) => String(count), isNumber: true },
    ] as const;
    expect(
      formatColumns(columns, [
        ['EchoPool', 7],
        ['P', 123],
      ]),
    ).toEqual(['pool        n', 'EchoPool    7', 'P         123']);
    expect(formatColumns(columns, [])).toEqual(['pool  n']);
  });
});

describe('a span of time', () => {
  it.each([
    [0, '0:00:00'],
    [59_999, '0:00:59'],
    [3_661_000, '1:01:01'],
    [90_061_000, '1d 1:01:01'],
  ])('of %d milliseconds is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('a text from the network', () => {
  it('cannot steer the terminal', () => {
    expect(printable('a\u001B[2Jb\u202Ec\nd é語')).toBe('a\uFFFD[2Jb\uFFFDc\uFFFDd é語');
  });
});

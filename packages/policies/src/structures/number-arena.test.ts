import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberArena } from './number-arena.ts';

interface Run {
  base: number;
  length: number;
  readonly mark: number;
}

function read(arena: NumberArena, address: number): number | undefined {
  return arena.pages[address >> arena.shift]?.[address & arena.mask];
}

function fill(arena: NumberArena, run: Run): void {
  for (let address = run.base; address < run.base + run.length; address++) {
    arena.pages[address >> arena.shift]![address & arena.mask] = run.mark + (address - run.base);
  }
}

function isIntact(arena: NumberArena, run: Run, length: number = run.length): boolean {
  for (let offset = 0; offset < length; offset++) {
    if (read(arena, run.base + offset) !== run.mark + offset) return false;
  }
  return true;
}

describe('runs of numbers', () => {
  it('keep their numbers while others come, grow and go, and stay within their pages', () => {
    const step = fc.tuple(
      fc.constantFrom('take', 'release', 'lengthen'),
      fc.nat(),
      fc.integer({ min: 1, max: 300 }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const arena = new NumberArena(5);
        const runs: Run[] = [];
        steps.forEach(([kind, pick, count], index) => {
          const at = runs.length === 0 ? -1 : pick % runs.length;
          const run = runs[at];
          if (kind === 'take' || run === undefined) {
            const length = arena.lengthFor(count);
            const taken = { base: arena.take(length), length, mark: index * 10_000 };
            fill(arena, taken);
            runs.push(taken);
          } else if (kind === 'release') {
            arena.release(run.base, run.length);
            runs.splice(at, 1);
          } else {
            const before = run.length;
            const length = arena.lengthFor(before + count);
            run.base = arena.lengthen(run.base, before, length);
            run.length = length;
            expect(isIntact(arena, run, before)).toBe(true);
            fill(arena, run);
          }
        });
        for (const run of runs) {
          expect(isIntact(arena, run)).toBe(true);
          if (run.length <= 32) expect(run.base >> 5).toBe((run.base + run.length - 1) >> 5);
        }
      }),
    );
  });

  it('are at least as long as asked for, and at most half as long again or a page longer', () => {
    const arena = new NumberArena(13);
    for (let count = 65; count < 30_000; count++) {
      const length = arena.lengthFor(count);
      expect(length >= count && length < Math.max(count * 1.5, count + 8192)).toBe(true);
    }
  });

  it('are used again', () => {
    const arena = new NumberArena(5);
    for (let round = 0; round < 100; round++) {
      const short = arena.take(arena.lengthFor(20));
      const huge = arena.take(arena.lengthFor(200));
      arena.release(short, arena.lengthFor(20));
      arena.release(huge, arena.lengthFor(200));
    }
    expect(arena.pages.filter((page) => page.length > 0).length).toBe(1);
    expect(arena.pages.length).toBeLessThan(30);
  });

  it('grow to any length without their numbers being copied', () => {
    const arena = new NumberArena(5);
    const run: Run = { base: arena.take(64), length: 64, mark: 0 };
    fill(arena, run);
    const first = arena.pages[run.base >> 5];
    while (run.length < 10_000) {
      const length = arena.lengthFor(run.length + 1);
      run.base = arena.lengthen(run.base, run.length, length);
      run.length = length;
    }
    expect(arena.pages[run.base >> 5]).toBe(first);
    expect(isIntact(arena, run, 64)).toBe(true);
  });
});

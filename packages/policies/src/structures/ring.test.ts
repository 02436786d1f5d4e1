import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ring } from './ring.ts';

describe('ring', () => {
  it('does what an array that is rotated does', () => {
    const step = fc.tuple(fc.constantFrom('toggle', 'advance'), fc.nat(20));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const ring = new Ring();
        const model: number[] = [];
        for (const [kind, value] of steps) {
          const index = model.indexOf(value);
          if (kind === 'advance') {
            const turns = Math.min(value, model.length);
            ring.advance(turns);
            model.push(...model.splice(0, turns));
          } else if (index < 0) {
            ring.append(value);
            model.push(value);
          } else {
            ring.remove(value);
            model.splice(index, 1);
          }
          const into: number[] = [];
          expect(ring.list(7, into)).toBe(Math.min(7, model.length));
          expect(into).toEqual(model.slice(0, 7));
          expect(ring.size).toBe(model.length);
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Fifo } from './fifo.ts';

it('does what an array does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -2000, max: 3000 }), { maxLength: 30 }), (steps) => {
      const fifo = new Fifo<number>();
      const oracle: number[] = [];
      let next = 0;
      for (const step of steps) {
        for (let count = 0; count < step; count += 1) {
          fifo.push(next);
          oracle.push(next);
          next += 1;
        }
        for (let count = 0; count > step; count -= 1) expect(fifo.shift()).toBe(oracle.shift());
        expect([fifo.length, fifo.first]).toEqual([oracle.length, oracle[0]]);
      }
      expect(fifo.all()).toEqual(oracle);
      fifo.clear();
      expect([fifo.length, fifo.first, fifo.shift()]).toEqual([0, undefined, undefined]);
    }),
    { numRuns: 30 },
  );
});

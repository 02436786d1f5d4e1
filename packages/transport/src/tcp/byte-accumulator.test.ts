import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteAccumulator } from './byte-accumulator.ts';

it('gives back the bytes in order, however they are added and taken', () => {
  const step = fc.oneof(
    fc.record({ append: fc.uint8Array({ maxLength: 3000 }) }),
    fc.record({ take: fc.nat(4000) }),
    fc.record({ skip: fc.nat(4000) }),
  );
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const bytes = new ByteAccumulator();
      let oracle: number[] = [];
      for (const action of steps) {
        if ('append' in action) {
          bytes.append(action.append);
          oracle.push(...action.append);
        } else if ('take' in action) {
          const count = Math.min(action.take, oracle.length);
          expect([...bytes.take(count)]).toEqual(oracle.slice(0, count));
          oracle = oracle.slice(count);
        } else {
          const count = Math.min(action.skip, oracle.length);
          bytes.skip(count);
          oracle = oracle.slice(count);
        }
        expect(bytes.length).toBe(oracle.length);
        if (oracle.length >= 4) {
          const view = new DataView(Uint8Array.from(oracle.slice(0, 4)).buffer);
          expect([bytes.uint16(0), bytes.uint32(0)]).toEqual([view.getUint16(0), view.getUint32(0)]);
        }
      }
    }),
  );
});

it('gives copies, which later bytes do not change', () => {
  const bytes = new ByteAccumulator();
  const chunk = Uint8Array.of(1, 2, 3, 4);
  bytes.append(chunk);
  chunk.fill(9);
  const taken = bytes.take(4);
  bytes.append(Uint8Array.of(5, 6, 7, 8));
  expect(taken).toEqual(Uint8Array.of(1, 2, 3, 4));
});

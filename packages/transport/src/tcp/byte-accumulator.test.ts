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

it('gives bytes that later ones do not change', () => {
  const chunk = fc.uint8Array({ maxLength: 20_000 });
  fc.assert(
    fc.property(fc.array(fc.tuple(chunk, fc.nat(12_000))), (steps) => {
      const bytes = new ByteAccumulator();
      const taken: { bytes: Uint8Array; copy: Uint8Array }[] = [];
      for (const [next, count] of steps) {
        bytes.append(next.slice());
        const view = bytes.take(Math.min(count, bytes.length));
        taken.push({ bytes: view, copy: view.slice() });
        bytes.settle();
      }
      for (const { bytes: kept, copy } of taken) expect(kept).toEqual(copy);
    }),
    { numRuns: 30 },
  );
});

it('keeps little alive for a short message out of a long chunk', () => {
  const bytes = new ByteAccumulator();
  bytes.append(new Uint8Array(65_536));
  for (let message = 0; message < 100; message++)
    expect(bytes.take(100).buffer.byteLength).toBeLessThan(10_000);
  bytes.take(bytes.length - 1);
  bytes.settle();
  expect(bytes.take(1).buffer.byteLength).toBe(1);
});

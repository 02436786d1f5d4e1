import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeatRecords } from './seat-records.ts';
import { joinRings, linkAtTail, listRing, nextOf, unlink } from './seat-ring.ts';

describe('ring of seats', () => {
  it('does what an array that is rotated does', () => {
    const step = fc.tuple(fc.constantFrom('toggle', 'advance'), fc.nat(20));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const records = new SeatRecords(3);
        const model: number[] = [];
        let head = -1;
        for (const [kind, value] of steps) {
          records.reserve(value);
          const index = model.indexOf(value);
          if (kind === 'advance') {
            const turns = Math.min(value, model.length);
            for (let turn = 0; turn < turns; turn++) head = nextOf(records, head);
            model.push(...model.splice(0, turns));
          } else if (index < 0) {
            head = linkAtTail(records, head, value);
            model.push(value);
          } else {
            head = unlink(records, head, value);
            model.splice(index, 1);
          }
          const into: number[] = [];
          listRing(records, head, model.length, into);
          expect(into).toEqual(model);
          expect(head < 0).toBe(model.length === 0);
        }
      }),
    );
  });

  it('is put behind the tail of another one as a whole', () => {
    const records = new SeatRecords(3);
    records.reserve(20);
    let head = -1;
    let other = -1;
    for (const seat of [3, 1, 4]) head = linkAtTail(records, head, seat);
    for (const seat of [15, 9]) other = linkAtTail(records, other, seat);
    joinRings(records, head, other);
    const into: number[] = [];
    listRing(records, head, 7, into);
    expect(into).toEqual([3, 1, 4, 15, 9, 3, 1]);
    expect(unlink(records, head, 15)).toBe(head);
  });
});

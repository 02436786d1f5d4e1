import { expect, test } from 'vitest';
import { SelectionStore } from '../structures/selection-store.ts';
import { DegradingSelection } from './degrading-selection.ts';

const policy = { type: 'leastUsedWithDegradation', load: 0, loadDegradation: 1 } as const;
const answers = 20;

/** The first elements of answers that name all. */
function firsts(members: number, clock?: number): number[] {
  const selection = new DegradingSelection(policy.type, { random: () => 0 }, new SelectionStore(), clock);
  for (let seat = 0; seat < members; seat++) selection.add(seat, policy);
  const into: number[] = [];
  return Array.from({ length: answers }, () => {
    selection.select(members, into);
    return into[0] ?? -1;
  });
}

// Small pools are sorted runs, large ones levels.
test.for([4, 70])('the clock of a pool of %i passes zero and comes near its end in order', (members) => {
  const expected = firsts(members);
  expect(new Set(expected).size).toBe(Math.min(members, answers));
  for (const begin of [-members - 3, 2 ** 31 - members - 3, 2 ** 53 - members - answers]) {
    expect(firsts(members, begin)).toEqual(expected);
  }
});

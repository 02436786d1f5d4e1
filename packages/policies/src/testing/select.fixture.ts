import type { Selector } from '../selector/selector.ts';

/** The slots that a selection returns. */
export function selectFrom(selector: Selector, count: number): number[] {
  const slots: number[] = [];
  const found = selector.select(count, slots);
  return slots.slice(0, found);
}

/** How often each of the slots 0 .. size - 1 comes first in so many selections: what pool users do that take the first. */
export function firstChoices(selector: Selector, count: number, selections: number): number[] {
  const counts = new Array<number>(selector.size).fill(0);
  for (let selection = 0; selection < selections; selection++) {
    const [first] = selectFrom(selector, count);
    counts[first!]!++;
  }
  return counts;
}

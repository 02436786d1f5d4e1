/*
 * Few entries in order, in one page. Up to some dozens, shifting the entries behind the place of a change is quicker
 * than any tree: the numbers lie side by side, the branches are foreseeable, and nothing outside has to be told where
 * an entry is now.
 *
 * An entry is four numbers: key, rank, age, seat. Entries are ordered by key, rank and age. `start` is the index of
 * the first one in the page.
 */

/** Numbers of an entry. */
export const entryLength: number = 4;
export const rankOffset: number = 1;
export const ageOffset: number = 2;
export const seatOffset: number = 3;

/** The index of a seat among entries, or -1. */
export function indexOfSeat(page: Float64Array, start: number, size: number, seat: number): number {
  const end = start + size * entryLength;
  for (let entry = start; entry < end; entry += entryLength) {
    if (page[entry + seatOffset] === seat) return (entry - start) >> 2;
  }
  return -1;
}

/** Puts an entry where it belongs; the entries end with a free place at an index, and are in order around it. */
export function settleEntry(
  page: Float64Array,
  start: number,
  size: number,
  free: number,
  key: number,
  rank: number,
  age: number,
  seat: number,
): void {
  let entry = start + free * entryLength;
  while (entry > start && precedes(key, rank, age, page, entry - entryLength)) {
    copyEntry(page, entry - entryLength, entry);
    entry -= entryLength;
  }
  const last = start + (size - 1) * entryLength;
  while (entry < last && !precedes(key, rank, age, page, entry + entryLength)) {
    copyEntry(page, entry + entryLength, entry);
    entry += entryLength;
  }
  page[entry] = key;
  page[entry + rankOffset] = rank;
  page[entry + ageOffset] = age;
  page[entry + seatOffset] = seat;
}

/** Takes out the entry at an index. */
export function removeEntry(page: Float64Array, start: number, size: number, index: number): void {
  const last = start + (size - 1) * entryLength;
  for (let entry = start + index * entryLength; entry < last; entry += entryLength) {
    copyEntry(page, entry + entryLength, entry);
  }
}

function copyEntry(page: Float64Array, from: number, to: number): void {
  page[to] = page[from] as number;
  page[to + rankOffset] = page[from + rankOffset] as number;
  page[to + ageOffset] = page[from + ageOffset] as number;
  page[to + seatOffset] = page[from + seatOffset] as number;
}

function precedes(key: number, rank: number, age: number, page: Float64Array, entry: number): boolean {
  const otherKey = page[entry] as number;
  if (key !== otherKey) return key < otherKey;
  const otherRank = page[entry + rankOffset] as number;
  if (rank !== otherRank) return rank < otherRank;
  return age < (page[entry + ageOffset] as number);
}

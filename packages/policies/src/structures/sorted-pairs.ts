/*
 * Few seats in turn, in one page: pairs of a key and a seat, ordered by key, and among equal keys by whose turn it is.
 * Up to some dozens, moving the pairs behind the place of a change is quicker than any tree: the numbers lie side by
 * side, the branches are foreseeable, and the first answer is read from one cache line.
 *
 * `start` is the index of the first pair in the page, `end` the one behind the last pair.
 */

/** Up to so many seats all of them are in one sorted run. */
export const maximumSorted: number = 48;

/** The index of the pair of a seat that is there. */
export function pairOf(page: Float64Array, start: number, seat: number): number {
  let pair = start;
  while (page[pair + 1] !== seat) pair += 2;
  return pair;
}

/** Puts a pair where it belongs, behind its equals; `free` is the index of a free place, around which all is in order. */
export function settlePair(
  page: Float64Array,
  start: number,
  end: number,
  free: number,
  key: number,
  seat: number,
): void {
  let pair = free;
  while (pair > start && (page[pair - 2] as number) > key) {
    page[pair] = page[pair - 2] as number;
    page[pair + 1] = page[pair - 1] as number;
    pair -= 2;
  }
  while (pair + 2 < end && (page[pair + 2] as number) <= key) {
    page[pair] = page[pair + 2] as number;
    page[pair + 1] = page[pair + 3] as number;
    pair += 2;
  }
  page[pair] = key;
  page[pair + 1] = seat;
}

/** Closes the gap that a pair leaves. */
export function removePair(page: Float64Array, end: number, pair: number): void {
  for (let index = pair; index + 2 < end; index += 2) {
    page[index] = page[index + 2] as number;
    page[index + 1] = page[index + 3] as number;
  }
}

/**
 * Lets the turns of the first seats pass: in each group of equal keys that is reached, of as many as are reached but
 * not of more than allowed. They go behind the others of their group.
 *
 * @param count - How many seats are reached.
 * @param maximum - How many turns pass in a group, at most.
 * @param taken - The seats that are reached, in order.
 */
export function passTurns(
  page: Float64Array,
  start: number,
  end: number,
  count: number,
  maximum: number,
  taken: readonly number[],
): void {
  let first = 0;
  for (let pair = start; first < count; ) {
    const key = page[pair] as number;
    const group = pair;
    do pair += 2;
    while (pair < end && page[pair] === key);
    const next = first + ((pair - group) >> 1);
    if (next - first > 1) {
      const turns = Math.min(maximum, Math.min(next, count) - first);
      let to = group + 1;
      for (let from = to + 2 * turns; from < pair; from += 2, to += 2) page[to] = page[from] as number;
      for (let turn = 0; turn < turns; turn++, to += 2) page[to] = taken[first + turn] as number;
    }
    first = next;
  }
}

/**
 * Puts a pair behind its equals among some in order, at the front of an array.
 *
 * @param length - How many numbers the pairs are.
 */
export function insertPair(pairs: Float64Array, length: number, key: number, seat: number): void {
  let pair = length;
  for (; pair > 0 && (pairs[pair - 2] as number) > key; pair -= 2) {
    pairs[pair] = pairs[pair - 2] as number;
    pairs[pair + 1] = pairs[pair - 1] as number;
  }
  pairs[pair] = key;
  pairs[pair + 1] = seat;
}

/**
 * Replaces the pairs at the front by others in order, which come behind the equals that are there.
 *
 * @param length - How many numbers these pairs are.
 */
export function mergePairs(
  page: Float64Array,
  start: number,
  end: number,
  pairs: Float64Array,
  length: number,
): void {
  let from = start + length;
  let to = start;
  for (let pair = 0; pair < length; pair += 2, to += 2) {
    const key = pairs[pair] as number;
    for (; from < end && (page[from] as number) <= key; from += 2, to += 2) {
      page[to] = page[from] as number;
      page[to + 1] = page[from + 1] as number;
    }
    page[to] = key;
    page[to + 1] = pairs[pair + 1] as number;
  }
}

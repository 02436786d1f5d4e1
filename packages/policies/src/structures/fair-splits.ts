/*
 * Classes that take turns by weight: a binary tree with the classes as leaves, in which each node splits its turns
 * between its two sides in the ratio of their weights.
 *
 * A node keeps one number, its balance. Where that is not negative the next turn is one of the left side and the weight
 * of the right side is taken off, else it is one of the right side and the weight of the left side is added. So, after
 * any number of turns of the node, each side had its share of them to within half a turn, and after as many turns as
 * the node weighs exactly its share. For a class of a tree with `l` levels of nodes this adds up: it is never off its
 * share by more than `l / 2` turns, and not at all after as many turns as all classes weigh. All numbers are integers
 * or halves of integers: nothing is rounded as long as the sum of the weights is below 2^52.
 *
 * Positions: the root is 1, the sides of position `p` are `2p` and `2p + 1`, and with `n` classes the positions `n` and
 * above are classes. A position has two numbers: the weight, and then the balance or what the class is found by. So the
 * sides of a node are in one cache line, and the tree of ten classes is in five. Who is in a class, two more numbers,
 * stands behind the room for all positions: changes of weights do not touch it.
 */

/** Numbers of a position. */
export const positionLength: number = 2;

/** Class: what it is found by. */
export const keyOffset: number = 1;

/** Members of a class: the first of them. */
export const headOffset: number = 0;
/** Members of a class: how many there are. */
export const countOffset: number = 1;

/** Node: how far the turn of the right side is away. */
const balanceOffset: number = 1;

/** How many numbers a tree with room for so many classes needs. */
export function splitsLength(capacity: number): number {
  return 4 * positionLength * capacity;
}

/** How far behind the tree the members of the classes begin: those of position `p` are `2p` numbers further. */
export function membersStart(capacity: number): number {
  return 2 * positionLength * capacity;
}

/** Makes use of room that is there: what is behind the positions moves away from them. */
export function widen(page: Float64Array, tree: number, before: number, capacity: number): void {
  const from = tree + membersStart(before);
  const to = tree + membersStart(capacity);
  // From the end on: the places may overlap.
  for (let offset = membersStart(before) - 1; offset >= 0; offset--) {
    page[to + offset] = page[from + offset] as number;
  }
}

/**
 * Takes a turn.
 *
 * The sign of the balance is used as a number and not for a branch, since nobody could foresee it.
 *
 * @param tree - The index of the tree in its page.
 * @param classes - How many there are, at least 1.
 * @returns The position of the class whose turn it was.
 */
export function takeTurn(page: Float64Array, tree: number, classes: number): number {
  let position = 1;
  while (position < classes) {
    const at = tree + position * positionLength + balanceOffset;
    const balance = page[at] as number;
    const right = Number(balance < 0);
    const side = 2 * position + right;
    page[at] = balance + (2 * right - 1) * (page[tree + (side ^ 1) * positionLength] as number);
    position = side;
  }
  return position;
}

/** Undoes the last turn that was taken and not undone: it was one of this class. No weight has changed since. */
export function undoTurn(page: Float64Array, tree: number, position: number): void {
  for (let side = position; side > 1; side >>= 1) {
    const at = tree + (side >> 1) * positionLength + balanceOffset;
    const other = page[tree + (side ^ 1) * positionLength] as number;
    page[at] = (page[at] as number) + ((side & 1) === 0 ? other : -other);
  }
}

/** Changes the weight of a class. A node keeps by how many turns its sides are off, within what they may be off. */
export function changeWeight(page: Float64Array, tree: number, position: number, weight: number): void {
  const leaf = tree + position * positionLength;
  const difference = weight - (page[leaf] as number);
  const half = difference / 2;
  page[leaf] = weight;
  for (let side = position; side > 1; side >>= 1) {
    const at = tree + (side >> 1) * positionLength;
    const pair = tree + (side & ~1) * positionLength;
    const left = page[pair] as number;
    const right = page[pair + positionLength] as number;
    // Where nobody is off, the balance is half of what the left side is heavier.
    const balance = (page[at + balanceOffset] as number) + (1 - 2 * (side & 1)) * half;
    // Not the sum of both sides: no level has to wait for the one below it.
    page[at] = (page[at] as number) + difference;
    // Hardly ever out of bounds: foreseeable branches are quicker than a minimum and a maximum.
    if (balance > left) page[at + balanceOffset] = left;
    else if (balance < -right) page[at + balanceOffset] = -right;
    else page[at + balanceOffset] = balance;
  }
}

/**
 * Adds a class; there has to be room. The first class becomes the left side of a node, the new one the right side.
 *
 * @param members - Where the members of the classes begin.
 * @param classes - How many there were.
 * @returns The position of the new class. What was at position `classes` is at twice that now.
 */
export function addClass(
  page: Float64Array,
  tree: number,
  members: number,
  classes: number,
  key: number,
  weight: number,
): number {
  const position = classes === 0 ? 1 : 2 * classes + 1;
  const leaf = tree + position * positionLength;
  if (classes > 0) {
    copyPosition(page, tree, classes, 2 * classes);
    copyPosition(page, members, classes, 2 * classes);
    const node = tree + classes * positionLength;
    page[node + balanceOffset] = (page[node] as number) / 2;
  }
  page[leaf] = 0;
  page[leaf + keyOffset] = key;
  changeWeight(page, tree, position, weight);
  return position;
}

/**
 * Takes a class out. Of the others, the one at the last position `2 * classes - 1` gets the position that is free, and
 * then the one at the position before the last goes up to `classes - 1`.
 *
 * @param members - Where the members of the classes begin.
 * @param classes - How many there were.
 */
export function removeClass(
  page: Float64Array,
  tree: number,
  members: number,
  classes: number,
  position: number,
): void {
  const last = 2 * classes - 1;
  if (classes === 1) return;
  const weight = page[tree + last * positionLength] as number;
  changeWeight(page, tree, last, 0);
  if (position !== last) {
    changeWeight(page, tree, position, weight);
    page[tree + position * positionLength + keyOffset] = page[
      tree + last * positionLength + keyOffset
    ] as number;
    copyPosition(page, members, last, position);
  }
  copyPosition(page, tree, last - 1, classes - 1);
  copyPosition(page, members, last - 1, classes - 1);
}

/** The position of the class with a key, or -1. */
export function findClass(page: Float64Array, tree: number, classes: number, key: number): number {
  for (let position = classes; position < 2 * classes; position++) {
    if (page[tree + position * positionLength + keyOffset] === key) return position;
  }
  return -1;
}

/** Copies the numbers of a position; `start` is that of the tree or of the members. */
function copyPosition(page: Float64Array, start: number, from: number, to: number): void {
  const source = start + from * positionLength;
  const target = start + to * positionLength;
  page[target] = page[source] as number;
  page[target + 1] = page[source + 1] as number;
}

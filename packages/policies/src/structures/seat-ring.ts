import type { SeatRecords } from './seat-records.ts';

/*
 * Rings of seats that are linked through numbers beside their records. Who owns a ring keeps its head, -1 where it is
 * empty; the tail is just before the head.
 */

/** The binary logarithm of the links of a seat: to the next one, to the previous one. */
const linksShift: number = 1;

/** The next seat of a ring. */
export function nextOf({ links, shift, mask }: SeatRecords, seat: number): number {
  return (links[seat >> shift] as Int32Array)[(seat & mask) << linksShift] as number;
}

function previousOf({ links, shift, mask }: SeatRecords, seat: number): number {
  return (links[seat >> shift] as Int32Array)[((seat & mask) << linksShift) + 1] as number;
}

function link({ links, shift, mask }: SeatRecords, seat: number, next: number): void {
  (links[seat >> shift] as Int32Array)[(seat & mask) << linksShift] = next;
  (links[next >> shift] as Int32Array)[((next & mask) << linksShift) + 1] = seat;
}

/**
 * Links a seat at the tail.
 *
 * @param head - The head, or -1.
 * @returns The head: it changes only where the ring was empty.
 */
export function linkAtTail(records: SeatRecords, head: number, seat: number): number {
  if (head < 0) {
    link(records, seat, seat);
    return seat;
  }
  link(records, previousOf(records, head), seat);
  link(records, seat, head);
  return head;
}

/**
 * Takes a seat out of its ring.
 *
 * @returns The head: the next seat where the head has left, and -1 where the ring is empty now.
 */
export function unlink(records: SeatRecords, head: number, seat: number): number {
  const next = nextOf(records, seat);
  if (next === seat) return -1;
  link(records, previousOf(records, seat), next);
  return head === seat ? next : head;
}

/** Puts a whole ring behind the tail of another one, whose head stays that of both. */
export function joinRings(records: SeatRecords, head: number, other: number): void {
  const tail = previousOf(records, head);
  const otherTail = previousOf(records, other);
  link(records, tail, other);
  link(records, otherTail, head);
}

/**
 * Writes the seats of a ring from its head on.
 *
 * @param length - How many; the ring has as many.
 */
export function listRing(
  { links, shift, mask }: SeatRecords,
  head: number,
  length: number,
  into: number[],
): void {
  let seat = head;
  for (let index = 0; index < length; index++) {
    into[index] = seat;
    seat = (links[seat >> shift] as Int32Array)[(seat & mask) << linksShift] as number;
  }
}

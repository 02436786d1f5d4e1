import { nextField, previousField } from './seat-fields.ts';
import type { SeatRecords } from './seat-records.ts';

/*
 * Rings of seats that are linked through their records. Who owns a ring keeps its head, -1 where it is empty; the
 * tail is just before the head.
 */

/**
 * Links a seat at the tail.
 *
 * @param head - The head, or -1.
 * @returns The head: it changes only where the ring was empty.
 */
export function linkAtTail(records: SeatRecords, head: number, seat: number): number {
  if (head < 0) {
    records.set(seat, nextField, seat);
    records.set(seat, previousField, seat);
    return seat;
  }
  const tail = records.get(head, previousField);
  records.set(tail, nextField, seat);
  records.set(seat, previousField, tail);
  records.set(seat, nextField, head);
  records.set(head, previousField, seat);
  return head;
}

/**
 * Takes a seat out of its ring.
 *
 * @returns The head: the next seat where the head has left, and -1 where the ring is empty now.
 */
export function unlink(records: SeatRecords, head: number, seat: number): number {
  const next = records.get(seat, nextField);
  if (next === seat) return -1;
  const previous = records.get(seat, previousField);
  records.set(previous, nextField, next);
  records.set(next, previousField, previous);
  return head === seat ? next : head;
}

/**
 * Puts a whole ring behind the tail of another one.
 *
 * @returns The head of both.
 */
export function joinRings(records: SeatRecords, head: number, other: number): number {
  const tail = records.get(head, previousField);
  const otherTail = records.get(other, previousField);
  records.set(tail, nextField, other);
  records.set(other, previousField, tail);
  records.set(otherTail, nextField, head);
  records.set(head, previousField, otherTail);
  return head;
}

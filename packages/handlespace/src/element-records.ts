import { PagedRecords } from './paged-records.ts';

/**
 * What every operation needs to know of an element, as a record of sixteen words by the element's slot.
 *
 * The fields are listed here and owned by the class that is named; all hold 0 at first.
 */
export const ElementField = {
  /** Element table: the pool element identifier. */
  identifier: 0,
  /** Element table: the number of the pool plus one; 0 where the slot is free. */
  pool: 1,
  /** Ownership: which holdings the element belongs to. */
  holdings: 2,
  /** Element table: length in messages, mark. */
  flags: 3,
  /** Attribute store: where the attributes are. */
  attributes: 4,
  /** Element table: the serial number, two words. */
  serial: 5,
  /** Ownership: the place in the blocks of what the registrar owns. In a free slot the next free one. */
  ownership: 7,
  /** Times of expiry: where the time is, 0 where there is none; then the next and the previous one of the same time. */
  expiry: 8,
  /** The list of a pool's members: four words. */
  membership: 11,
} as const;

/** The records of all slots. */
export type ElementRecords = PagedRecords;
/** The records of all slots: the class itself, so that all records are of one and calls stay quick. */
export const ElementRecords: typeof PagedRecords = PagedRecords;

/*
 * What every operation needs to know of an element, as a record of sixteen words by the element's slot: the numbers of
 * the words, owned by the class that is named. All hold 0 at first.
 *
 * To be imported as `* as ElementField`: so the bundler puts the numbers where they are used. Properties of an object
 * would be loaded each time.
 */

/** Element table: the pool element identifier. */
export const identifier = 0;

/** Element table: the number of the pool plus one; 0 where the slot is free. */
export const pool = 1;

/** Ownership: which holdings the element belongs to. */
export const holdings = 2;

/** Element table: length in messages, mark. */
export const flags = 3;

/** Attribute store: where the attributes are. */
export const attributes = 4;

/** Element table: the serial number, two words. */
export const serial = 5;

/** Ownership: the place in the blocks of what the registrar owns. In a free slot the next free one. */
export const ownership = 7;

/** Times of expiry: where the time is, 0 where there is none; then the next and the previous one of the same time. */
export const expiry = 8;

/** The list of a pool's members: four words. */
export const membership = 11;

/** Ownership: what the element adds to the sum of its registrar. */
export const sum = 15;

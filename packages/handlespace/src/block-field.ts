/*
 * The words of a block. To be imported as `* as BlockField`: so the bundler puts the numbers where they are used.
 */

/** The block behind it, or -1. In a free block the next free one. */
export const next = 0;

/** The block in front of it, or -1. */
export const previous = 1;

/** How many elements it holds. */
export const live = 2;

/** How many entries are used, elements that have gone included; 0 in a free block. */
export const end = 3;

/** The upper word of the order numbers of all its entries. */
export const high = 4;

/** No element of it takes more bytes in a message. */
export const length = 5;

/** No pool handle of its elements takes more bytes in a message. */
export const handleLength = 6;

/** The elements, -1 where one has gone. */
export const elements = 8;

/** The lower words of the order numbers, of those that have gone too. */
export const orders = 68;

/*
 * The fields of a seat's record. Those with the same number belong to structures that exclude one another: a seat is
 * in one heap, in one ring or in one sample set.
 */

/** The position in the heap or the sample set that the seat is in. */
export const positionField: number = 0;

/** The next seat of a ring. */
export const nextField: number = 0;

/** The previous seat of a ring. */
export const previousField: number = 1;

/** The class of a weight that the seat is in. */
export const classField: number = 1;

/** Degradation: the load at the registration. */
export const baseField: number = 2;

/** Degradation: what each return adds. Schedule: the seat's weight. */
export const stepField: number = 3;

/** Degradation: the counter. Schedule: what has added up of a turn in excess of the class. */
export const countField: number = 4;

/** When the seat was the first of an answer. */
export const firstAtField: number = 5;

/** Schedule: the last answer that the seat was written to. */
export const stampField: number = 5;

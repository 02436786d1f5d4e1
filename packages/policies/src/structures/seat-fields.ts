/*
 * The fields of a seat's record. Those with the same number belong to structures that exclude one another: a seat is
 * in one heap, in one ring, in one level queue or in one sample set. The words of a level queue are integers, two in
 * the place of a field: they share the fields 0 and 1 with the structures above.
 */

/** The position in the heap or the sample set that the seat is in. */
export const positionField: number = 0;

/** The next seat of a ring. */
export const nextField: number = 0;

/** The previous seat of a ring. */
export const previousField: number = 1;

/** Degradation: the load at the registration. Schedule: where turns are counted from. */
export const baseField: number = 2;

/** Degradation: what each return adds. Schedule: the seat's weight. */
export const stepField: number = 3;

/** Degradation: the counter. Schedule: turns taken since the base. */
export const countField: number = 4;

/** When the seat was the first of an answer. */
export const firstAtField: number = 5;

/** Level queue: the key of the seat's level. */
export const keyField: number = 6;

/** Level queue, a word: the next seat of the level's ring. */
export const nextWord: number = 0;

/** Level queue, a word: the previous seat of the level's ring. */
export const previousWord: number = 1;

/** Level queue, a word: in the record of the seat that leads a level, the seat whose turn it is. */
export const turnWord: number = 2;

/** Level queue, a word: in the record of the seat that leads a level, where the level is in the heap; else -1. */
export const levelWord: number = 3;

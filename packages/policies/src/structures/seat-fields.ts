/*
 * The fields of a seat's record. Those with the same number belong to structures that exclude one another: a seat is
 * in one level queue, in one sample set or in one class of weights. Words are integers, two in the place of a field:
 * those of level queues share the fields 0 and 1 with positions.
 */

/** The position in the sample set or the class of weights that the seat is in. */
export const positionField: number = 0;

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

/** Schedule: 1 as long as an answer is made that has the seat, else 0. */
export const markField: number = 5;

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

/** Level queue, a word: the seat that was taken out some turns after this one, whose record is to be fetched early. */
export const aheadWord: number = 14;

/** Level queue, a word: written for nothing but to have the record fetched. */
export const fetchedWord: number = 15;

import { longestPutElement } from '../parameters/canonical-pool-element.ts';
import { longestPutHandle } from '../parameters/pool-handle.ts';

/**
 * The room that has to be there before a message is written the straight way: fields, a handle and an element. More
 * elements ask for their own.
 */
export const straightRoom: number = 16 + longestPutHandle + longestPutElement;

import { PagedRecords } from './paged-records.ts';

/** The records of all slots. */
export type ElementRecords = PagedRecords;
/** The records of all slots: the class itself, so that all records are of one and calls stay quick. */
export const ElementRecords: typeof PagedRecords = PagedRecords;

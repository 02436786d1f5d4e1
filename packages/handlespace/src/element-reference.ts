/**
 * Names one pool element of a {@link Handlespace}: a small integer (a slot), 0 .. `maximumPoolElements` - 1, so
 * that a caller can keep its own facts about elements in arrays.
 *
 * A reference is valid from the registration of its element to its removal. Re-registrations and changes of the
 * home registrar keep it. After the removal it is stale: the handlespace throws `ERR_RSERPOOL_STALE_REFERENCE`
 * for it as long as its slot is free. Slots are used again, the one that has been free longest first. Who keeps
 * a reference while elements may be removed keeps `handlespace.serial(reference)` beside it, a number that is
 * never given twice, and asks `handlespace.isCurrent(reference, serial)`, or forgets the reference when the
 * change `removed` is announced.
 */
export type ElementReference = number;

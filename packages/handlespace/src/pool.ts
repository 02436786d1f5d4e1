import type { Selection } from '@rserpool/policies/internal';
import { type SelectionPolicy, TransportUse, type UserTransport } from '@rserpool/wire';
import type { OrderedList } from './ordered-lists.ts';

/**
 * Transport type and data/control channel configuration of a pool, those of its first element (RFC 5352
 * section 3.1 rule 1).
 */
export interface PoolTransport {
  /** The transport type. */
  readonly protocol: UserTransport['protocol'];
  /** The Transport Use of an SCTP pool; data only for all others (RFC 5354 sections 3.5 to 3.7). */
  readonly transportUse: number;
}

/** One pool. It lives from its first element to its last. */
export interface Pool {
  /** Its place in the pool table. */
  readonly number: number;
  /** The pool handle; an own copy. */
  readonly handle: Uint8Array;
  /** The hash of the handle. */
  readonly hash: number;
  /** What the handle adds to the checksum block of each element. */
  readonly handleSum: number;
  /** The last page of a handle table that has an element of this pool, by its number. */
  page: number;
  /** The elements, in the order in which they joined. */
  readonly members: OrderedList;
  /** The overall policy: the first element's parameter; its type is the pool's. */
  policy: SelectionPolicy;
  /** What all user transports have in common. */
  transport: PoolTransport;
  /** The elements by the rules of the policy. */
  selector: Selection;
}

/** Most pools have one of two transports; they share these objects. */
const dataOnlySctp: PoolTransport = { protocol: 'sctp', transportUse: TransportUse.dataOnly };
const dataPlusControlSctp: PoolTransport = { protocol: 'sctp', transportUse: TransportUse.dataPlusControl };

/**
 * What a user transport says about its pool.
 *
 * @param transport - The user transport of an element.
 */
export function poolTransportOf(transport: UserTransport): PoolTransport {
  if (transport.protocol !== 'sctp') {
    return { protocol: transport.protocol, transportUse: TransportUse.dataOnly };
  }
  if (transport.transportUse === TransportUse.dataOnly) return dataOnlySctp;
  if (transport.transportUse === TransportUse.dataPlusControl) return dataPlusControlSctp;
  return { protocol: 'sctp', transportUse: transport.transportUse };
}

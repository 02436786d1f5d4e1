import { type SelectionPolicy, TransportUse, type UserTransport } from '@rserpool/wire';
import type { OrderedList } from './ordered-lists.ts';
import type { PoolRecords } from './pool-records.ts';

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

/** What a pool is, beside its handle and number. */
export interface PoolContent {
  /** What the handle adds to the checksum block of each element. */
  readonly handleSum: number;
  /** The length of the handle in messages, in bytes. */
  readonly encodedHandleLength: number;
  /** The overall policy: the first element's parameter; its type is the pool's. */
  readonly policy: SelectionPolicy;
  /** What all user transports have in common. */
  readonly transport: PoolTransport;
}

/**
 * One pool. It lives from its first element to its last. It is the list of its elements, in the order in which they
 * joined.
 */
export class Pool implements OrderedList, PoolContent {
  // What each registration looks at lies in front, in one cache line.
  /** Its place in the pool table. */
  readonly number: number;
  transport: PoolTransport;
  size = 0;
  last = -1;
  readonly handleSum: number;
  readonly encodedHandleLength: number;
  first = -1;
  /** The last page of a handle table that has an element of this pool, by its number. */
  page = 0;
  policy: SelectionPolicy;
  readonly #records: PoolRecords;
  #handle: Uint8Array | undefined;

  /**
   * @param records - Where the handle is kept.
   * @param number - The number of the pool.
   * @param handle - The handle where it is too long for the records.
   * @param content - What the pool is.
   */
  constructor(records: PoolRecords, number: number, handle: Uint8Array | undefined, content: PoolContent) {
    this.number = number;
    this.handleSum = content.handleSum;
    this.encodedHandleLength = content.encodedHandleLength;
    this.policy = content.policy;
    this.transport = content.transport;
    this.#records = records;
    this.#handle = handle;
  }

  /** The pool handle; an own copy. */
  get handle(): Uint8Array {
    this.#handle ??= this.#records.handle(this.number);
    return this.#handle;
  }

  /** The elements, in the order in which they joined. */
  get members(): OrderedList {
    return this;
  }
}

/**
 * Whether elements have values under a policy: where they have none, nothing changes when one registers again.
 *
 * @param type - The type of the policy.
 */
export function hasValues(type: SelectionPolicy['type']): boolean {
  return type !== 'roundRobin' && type !== 'random';
}

/** In their order, of which codes are made. */
const otherProtocols: readonly UserTransport['protocol'][] = ['tcp', 'udp', 'udp-lite', 'dccp', 'opaque'];

/**
 * What a user transport says about its pool, as one number: two have the same where {@link poolTransportOf} says the
 * same of them.
 *
 * @param transport - The user transport of an element, or what all of a pool have in common.
 */
export function transportCode(transport: UserTransport | PoolTransport): number {
  if (transport.protocol === 'sctp') return transport.transportUse;
  return -1 - otherProtocols.indexOf(transport.protocol);
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

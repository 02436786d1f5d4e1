import type { SendInput } from '../sctp-input.ts';
import { DataFlag, dataChunkBytes } from '../wire/chunks/data.ts';
import type { PathFlight } from './path-flight.ts';

/** Places to begin with; a power of two. */
const leastPlaces = 16;
/** Places that are kept while nothing is outstanding. */
const keptPlaces = 256;

const none8 = new Uint8Array(0);
const none16 = new Uint16Array(0);
const none32 = new Int32Array(0);
const none64 = new Float64Array(0);

// What is known of a chunk, beside that it was sent.
/** A gap ack block had it. */
const isAcknowledged = 1;
/** It has to be retransmitted, and is not in flight. */
const isMarked = 2;
/** It was sent more than once. */
const isRetransmitted = 4;
/** A fast retransmission was its last one. */
const isFast = 8;

/**
 * DATA chunks that were sent and not acknowledged cumulatively. The place of a TSN in the columns is that of its lower
 * bits: a ring without an object for each chunk. It also keeps count of what is in flight, in all and by each path.
 *
 * TSNs are signed 32-bit numbers here: differences wrap by themselves, and the engine stores them without an object.
 */
export class Outstanding {
  /** The lowest TSN that is not acknowledged cumulatively. */
  first: number;
  /** The TSN of the next chunk. */
  next: number;
  /** Bytes of user data that are outstanding. */
  userBytes = 0;
  /** Bytes of user data that are in flight: outstanding, not in a gap ack block, not marked. */
  flightUserBytes = 0;
  /** How many chunks gap ack blocks had. */
  acknowledgedChunks = 0;
  /** How many chunks are marked. */
  markedChunks = 0;
  /** No chunk below this one is marked. */
  #firstMarked = 0;
  #mask = 0;
  #messages: (SendInput | undefined)[] = [];
  // Shared by all that have never sent anything: 1,000 associations may be idle.
  #from: Int32Array = none32;
  #to: Int32Array = none32;
  #sentAt: Float64Array = none64;
  #ssn: Uint16Array = none16;
  #flags: Uint8Array = none8;
  #state: Uint8Array = none8;
  #misses: Uint8Array = none8;
  #path: Uint16Array = none16;
  readonly #flights: PathFlight[];

  /**
   * @param initialTsn - The first TSN.
   * @param flights - The paths, by their index; whoever owns the array adds to it.
   */
  constructor(initialTsn: number, flights: PathFlight[]) {
    this.first = initialTsn | 0;
    this.next = initialTsn | 0;
    this.#flights = flights;
  }

  /** How many chunks are outstanding. */
  get count(): number {
    return (this.next - this.first) | 0;
  }

  /** Takes a chunk that is sent for the first time. */
  append(
    message: SendInput,
    from: number,
    to: number,
    flags: number,
    streamSequenceNumber: number,
    flight: PathFlight,
    now: number,
  ): void {
    const tsn = this.next;
    if (this.count > this.#mask || this.#mask === 0) this.#grow();
    const place = tsn & this.#mask;
    this.#messages[place] = message;
    this.#from[place] = from;
    this.#to[place] = to;
    this.#sentAt[place] = now;
    this.#ssn[place] = streamSequenceNumber;
    this.#flags[place] = flags;
    this.#state[place] = 0;
    this.#misses[place] = 0;
    this.#path[place] = flight.index;
    this.next = (tsn + 1) | 0;
    this.userBytes += to - from;
    this.flightUserBytes += to - from;
    flight.path.congestion.flightBytes += dataChunkBytes(to - from);
  }

  /** The message of a chunk. */
  messageOf(tsn: number): SendInput {
    return this.#messages[tsn & this.#mask] as SendInput;
  }

  /** Where the user data of a chunk begins in its message. */
  fromOf(tsn: number): number {
    return this.#from[tsn & this.#mask] as number;
  }

  /** Where it ends (excluded). */
  toOf(tsn: number): number {
    return this.#to[tsn & this.#mask] as number;
  }

  /** The flags B, E and U of a chunk. */
  flagsOf(tsn: number): number {
    return this.#flags[tsn & this.#mask] as number;
  }

  /** The stream sequence number of a chunk. */
  streamSequenceNumberOf(tsn: number): number {
    return this.#ssn[tsn & this.#mask] as number;
  }

  /** When a chunk was sent last. */
  sentAtOf(tsn: number): number {
    return this.#sentAt[tsn & this.#mask] as number;
  }

  /** By which path it was sent last, or is to be retransmitted. */
  flightOf(tsn: number): PathFlight {
    return this.#flights[this.#path[tsn & this.#mask] as number] as PathFlight;
  }

  /** Whether a gap ack block had it. */
  isAcknowledged(tsn: number): boolean {
    return ((this.#state[tsn & this.#mask] as number) & isAcknowledged) !== 0;
  }

  /** Whether it has to be retransmitted. */
  isMarked(tsn: number): boolean {
    return ((this.#state[tsn & this.#mask] as number) & isMarked) !== 0;
  }

  /** Whether it is under way: neither acknowledged nor marked. */
  isInFlight(tsn: number): boolean {
    return ((this.#state[tsn & this.#mask] as number) & (isAcknowledged | isMarked)) === 0;
  }

  /** Whether it was sent more than once. */
  isRetransmitted(tsn: number): boolean {
    return ((this.#state[tsn & this.#mask] as number) & isRetransmitted) !== 0;
  }

  /**
   * Takes out the chunks up to a TSN, which is below {@link next}.
   *
   * @returns How many bytes of user data that were.
   */
  releaseThrough(cumulative: number, now: number): number {
    const messages = this.#messages;
    const mask = this.#mask;
    const before = this.userBytes;
    const end = (cumulative + 1) | 0;
    for (let tsn = this.first; tsn !== end; tsn = (tsn + 1) | 0) {
      const place = tsn & mask;
      const state = this.#state[place] as number;
      const bytes = (this.#to[place] as number) - (this.#from[place] as number);
      if ((state & isAcknowledged) === 0) this.#arrived(place, tsn, bytes, state, now);
      else this.acknowledgedChunks -= 1;
      this.userBytes -= bytes;
      messages[place] = undefined;
    }
    this.first = end;
    if (end === this.next && mask >= keptPlaces) this.#allocate(leastPlaces);
    return before - this.userBytes;
  }

  /** A gap ack block has a chunk that none had before. */
  acknowledge(tsn: number, now: number): void {
    const place = tsn & this.#mask;
    const bytes = (this.#to[place] as number) - (this.#from[place] as number);
    const state = this.#state[place] as number;
    this.#arrived(place, tsn, bytes, state, now);
    this.#state[place] = (state & ~isMarked) | isAcknowledged;
    this.#misses[place] = 0;
    this.acknowledgedChunks += 1;
  }

  /** The peer took back that it has a chunk (RFC 9260 section 6.2.1 D iii): it is in flight again. */
  revoke(tsn: number): void {
    const place = tsn & this.#mask;
    this.#state[place] = (this.#state[place] as number) & ~isAcknowledged;
    this.acknowledgedChunks -= 1;
    this.#departed(place);
  }

  /** Marks a chunk that is in flight to be retransmitted by a path; `fast`: as a fast retransmission. */
  mark(tsn: number, target: PathFlight, fast: boolean): void {
    const place = tsn & this.#mask;
    const bytes = (this.#to[place] as number) - (this.#from[place] as number);
    this.#landed(place, bytes);
    const state = (this.#state[place] as number) | isMarked;
    this.#state[place] = fast ? state | isFast : state & ~isFast;
    this.#misses[place] = 0;
    this.#path[place] = target.index;
    target.marked += 1;
    if (this.markedChunks === 0 || ((tsn - this.#firstMarked) | 0) < 0) this.#firstMarked = tsn;
    this.markedChunks += 1;
  }

  /** The lowest TSN that is marked to be retransmitted by a path; there is one. */
  firstMarkedOf(flight: PathFlight): number {
    if (((this.#firstMarked - this.first) | 0) < 0) this.#firstMarked = this.first;
    while (!this.isMarked(this.#firstMarked)) this.#firstMarked = (this.#firstMarked + 1) | 0;
    let tsn = this.#firstMarked;
    while (!this.isMarked(tsn) || this.flightOf(tsn) !== flight) tsn = (tsn + 1) | 0;
    return tsn;
  }

  /** A chunk that is marked is sent. */
  resent(tsn: number, now: number): void {
    const place = tsn & this.#mask;
    const flight = this.flightOf(tsn);
    flight.marked -= 1;
    this.markedChunks -= 1;
    this.#state[place] = ((this.#state[place] as number) & ~isMarked) | isRetransmitted;
    this.#sentAt[place] = now;
    this.#departed(place);
  }

  /** Moves a chunk to another path, whatever is known of it; one in flight has to be marked instead. */
  moveTo(tsn: number, target: PathFlight): void {
    const place = tsn & this.#mask;
    if (((this.#state[place] as number) & isMarked) !== 0) {
      this.flightOf(tsn).marked -= 1;
      target.marked += 1;
    }
    this.#path[place] = target.index;
  }

  /**
   * Counts a miss indication (section 7.2.4).
   *
   * @returns How many a chunk has; 0 where it is not eligible for (another) fast retransmission.
   */
  miss(tsn: number): number {
    const place = tsn & this.#mask;
    if (((this.#state[place] as number) & ~isRetransmitted) !== 0) return 0;
    const misses = (this.#misses[place] as number) + 1;
    this.#misses[place] = misses;
    return misses;
  }

  /** Messages of which something is outstanding, in order. */
  messages(): SendInput[] {
    const messages: SendInput[] = [];
    for (let tsn = this.first; tsn !== this.next; tsn = (tsn + 1) | 0) {
      const begins = (this.flagsOf(tsn) & DataFlag.beginning) !== 0;
      if (begins || tsn === this.first) messages.push(this.messageOf(tsn));
    }
    return messages;
  }

  /** A chunk that was not acknowledged before is now. */
  #arrived(place: number, tsn: number, bytes: number, state: number, now: number): void {
    const flight = this.#flights[this.#path[place] as number] as PathFlight;
    if ((state & isMarked) === 0) {
      this.flightUserBytes -= bytes;
      flight.path.congestion.flightBytes -= dataChunkBytes(bytes);
    } else {
      flight.marked -= 1;
      this.markedChunks -= 1;
    }
    const wasRetransmitted = (state & isRetransmitted) !== 0;
    flight.acknowledged(tsn, dataChunkBytes(bytes), this.#sentAt[place] as number, wasRetransmitted, now);
  }

  #departed(place: number): void {
    const bytes = (this.#to[place] as number) - (this.#from[place] as number);
    const flight = this.#flights[this.#path[place] as number] as PathFlight;
    this.flightUserBytes += bytes;
    flight.path.congestion.flightBytes += dataChunkBytes(bytes);
  }

  #landed(place: number, bytes: number): void {
    const flight = this.#flights[this.#path[place] as number] as PathFlight;
    this.flightUserBytes -= bytes;
    flight.path.congestion.flightBytes -= dataChunkBytes(bytes);
  }

  #allocate(places: number): void {
    this.#mask = places - 1;
    this.#messages = new Array<SendInput | undefined>(places).fill(undefined);
    this.#from = new Int32Array(places);
    this.#to = new Int32Array(places);
    this.#sentAt = new Float64Array(places);
    this.#ssn = new Uint16Array(places);
    this.#flags = new Uint8Array(places);
    this.#state = new Uint8Array(places);
    this.#misses = new Uint8Array(places);
    this.#path = new Uint16Array(places);
  }

  #grow(): void {
    const mask = this.#mask;
    const messages = this.#messages;
    const from = this.#from;
    const to = this.#to;
    const sentAt = this.#sentAt;
    const ssn = this.#ssn;
    const flags = this.#flags;
    const state = this.#state;
    const misses = this.#misses;
    const path = this.#path;
    this.#allocate(mask === 0 ? leastPlaces : 2 * (mask + 1));
    for (let tsn = this.first; tsn !== this.next; tsn = (tsn + 1) | 0) {
      const old = tsn & mask;
      const place = tsn & this.#mask;
      this.#messages[place] = messages[old];
      this.#from[place] = from[old] as number;
      this.#to[place] = to[old] as number;
      this.#sentAt[place] = sentAt[old] as number;
      this.#ssn[place] = ssn[old] as number;
      this.#flags[place] = flags[old] as number;
      this.#state[place] = state[old] as number;
      this.#misses[place] = misses[old] as number;
      this.#path[place] = path[old] as number;
    }
  }
}

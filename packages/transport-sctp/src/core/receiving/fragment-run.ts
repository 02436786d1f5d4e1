/** A fragment of a message, in a list. */
interface Fragment {
  readonly data: Uint8Array;
  next: Fragment | undefined;
}

/** Fragments of one message with TSNs in sequence. */
export class FragmentRun {
  /** The lowest TSN, signed. */
  first: number;
  /** The highest TSN, signed. */
  last: number;
  /** Whether it has the first fragment of the message (B). */
  begins: boolean;
  /** Whether it has the last one (E). */
  ends: boolean;
  readonly stream: number;
  readonly streamSequenceNumber: number;
  readonly unordered: boolean;
  payloadProtocolIdentifier: number;
  /** Bytes of user data. */
  bytes: number;
  /** Number of fragments. */
  count = 1;
  #head: Fragment;
  #tail: Fragment;

  /** A run of one fragment. */
  constructor(
    tsn: number,
    begins: boolean,
    ends: boolean,
    unordered: boolean,
    stream: number,
    streamSequenceNumber: number,
    payloadProtocolIdentifier: number,
    data: Uint8Array,
  ) {
    this.first = tsn | 0;
    this.last = tsn | 0;
    this.begins = begins;
    this.ends = ends;
    this.unordered = unordered;
    this.stream = stream;
    this.streamSequenceNumber = streamSequenceNumber;
    this.payloadProtocolIdentifier = payloadProtocolIdentifier;
    this.bytes = data.length;
    this.#head = { data, next: undefined };
    this.#tail = this.#head;
  }

  /** Whether it is the whole message. */
  get isWhole(): boolean {
    return this.begins && this.ends;
  }

  /** Whether another run can be of the same message: the sequence number of an unordered one means nothing. */
  fits(other: FragmentRun): boolean {
    return (
      this.stream === other.stream &&
      this.unordered === other.unordered &&
      (this.unordered || this.streamSequenceNumber === other.streamSequenceNumber)
    );
  }

  /** Puts another run behind this one; the other is not used any more. O(1). */
  append(other: FragmentRun): void {
    this.#tail.next = other.#head;
    this.#tail = other.#tail;
    this.last = other.last;
    this.ends = other.ends;
    this.bytes += other.bytes;
    this.count += other.count;
  }

  /** The user data of all fragments, in a new array. */
  join(): Uint8Array {
    const joined = new Uint8Array(this.bytes);
    let at = 0;
    for (let fragment: Fragment | undefined = this.#head; fragment !== undefined; fragment = fragment.next) {
      joined.set(fragment.data, at);
      at += fragment.data.length;
    }
    return joined;
  }
}

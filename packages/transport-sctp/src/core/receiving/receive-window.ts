/**
 * What holding a chunk costs beside its bytes, as the advertised window counts it: a peer that sends single bytes is
 * slowed down before their objects take much more memory than the window says.
 */
const chunkCost = 32;

/**
 * The receive window (RFC 9260 sections 6.2 and 6.2.1): every byte that is held, for reassembly, for its turn in its
 * stream or unread by the application, is charged until the application has read it.
 *
 * The message that is being put together right behind the cumulative TSN is not charged until it is whole: nothing
 * but its own next fragments can ever free it, so that a message longer than the window would wait for ever. It has its own
 * limit. What is held is therefore at most the window and one message, and twice the window where gaps are filled.
 */
export class ReceiveWindow {
  readonly #totalBytes: number;
  /** Fragments of messages that are not whole. */
  #heldBytes = 0;
  #heldFragments = 0;
  /** Messages that are whole: unread, or waiting for their turn. */
  #wholeBytes = 0;
  #wholeMessages = 0;
  #exemptBytes = 0;
  #exemptFragments = 0;
  #advertised: number;

  /** @param totalBytes - The window that was announced in INIT or INIT ACK. */
  constructor(totalBytes: number) {
    this.#totalBytes = totalBytes;
    this.#advertised = totalBytes;
  }

  /** What may be advertised, in bytes. */
  get freeBytes(): number {
    const free = this.#totalBytes - this.#chargedBytes - this.#cost;
    return free > 0 ? free : 0;
  }

  /** Whether a chunk may be taken that is ahead of all others: what was advertised must hold, costs of chunks aside. */
  hasRoomAhead(bytes: number): boolean {
    return this.#hasRoom(bytes, this.#totalBytes);
  }

  /**
   * Whether a chunk may be taken that fills a gap. The peer counted it against the window when it sent it first, and
   * without it nothing else can be freed, so that there is more room for it.
   */
  hasRoomInGap(bytes: number): boolean {
    return this.#hasRoom(bytes, 2 * this.#totalBytes);
  }

  /** Whether the next fragment of the exempt message may be taken: unless the application reads nothing. */
  get isOpen(): boolean {
    return this.#chargedBytes < this.#totalBytes;
  }

  /** Charges a fragment. */
  chargeFragment(bytes: number): void {
    this.#heldBytes += bytes;
    this.#heldFragments += 1;
  }

  /** Charges a message that came in one chunk. */
  chargeMessage(bytes: number): void {
    this.#wholeBytes += bytes;
    this.#wholeMessages += 1;
  }

  /** So many fragments became one message. */
  assembled(bytes: number, fragments: number): void {
    this.#heldBytes -= bytes;
    this.#heldFragments -= fragments;
    this.chargeMessage(bytes);
  }

  /** Tells how much the message behind the cumulative TSN has so far; 0 and 0 where there is none. */
  exempt(bytes: number, fragments: number): void {
    this.#exemptBytes = bytes;
    this.#exemptFragments = fragments;
  }

  /**
   * The application has read so many bytes.
   *
   * @returns Whether the peer should be told now: the window is open by a quarter of its size more than it knows
   *   (section 6.2; it avoids the silly window syndrome, too).
   */
  consumed(bytes: number): boolean {
    if (bytes >= this.#wholeBytes) {
      this.#wholeBytes = 0;
      this.#wholeMessages = 0;
    } else {
      // Whose bytes they are is not known: messages are taken to have the same length.
      this.#wholeMessages -= Math.floor((this.#wholeMessages * bytes) / this.#wholeBytes);
      this.#wholeBytes -= bytes;
    }
    return this.freeBytes - this.#advertised >= this.#totalBytes / 4;
  }

  /**
   * The window to put into a SACK. One that is too small for a whole packet is advertised as none: the sender would fill
   * it with small chunks for ever (silly window syndrome, section 6.2).
   *
   * @param packetBytes - The length of a full packet.
   */
  advertise(packetBytes: number): number {
    const free = this.freeBytes;
    this.#advertised = free < Math.min(packetBytes, this.#totalBytes / 2) ? 0 : free;
    return this.#advertised;
  }

  get #chargedBytes(): number {
    return this.#wholeBytes + this.#heldBytes - this.#exemptBytes;
  }

  get #cost(): number {
    return chunkCost * (this.#wholeMessages + this.#heldFragments - this.#exemptFragments);
  }

  #hasRoom(bytes: number, limit: number): boolean {
    const charged = this.#chargedBytes;
    return charged === 0 || (charged + bytes <= limit && charged + this.#cost <= 2 * limit);
  }
}

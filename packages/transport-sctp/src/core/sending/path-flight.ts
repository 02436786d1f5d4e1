import type { SendingPath } from './sending-path.ts';

/** The time of a timer that does not run. */
export const never: number = Number.POSITIVE_INFINITY;

/** What the data sender keeps of a path by which it has sent. */
export class PathFlight {
  /** Whether the path is gone: its number may be used again. */
  isRemoved = false;
  /** The path. */
  readonly path: SendingPath;
  /** Its number among the paths of the sender. */
  readonly index: number;
  /** How many chunks are marked to be retransmitted by it. */
  marked = 0;
  /** Whether one packet with retransmissions may be sent whatever the congestion window says (RFC 9260 section 7.2.4). */
  isForced = false;

  /** Whether the SACK that is processed told of a loss. */
  hasLost = false;

  // What the SACK that is processed came to.
  /** What was in flight before it. */
  flightBefore = 0;
  /** What it acknowledged for the first time, in bytes of chunks. */
  acknowledgedBytes = 0;
  /** The round trip that it measured, in milliseconds, or -1. */
  roundTripMs = -1;

  #t3At: number = never;
  #measuredTsn = 0;
  #isMeasuring = false;

  /**
   * @param path - The path.
   * @param index - Its number.
   */
  constructor(path: SendingPath, index: number) {
    this.path = path;
    this.index = index;
  }

  /** Prepares for the next SACK. */
  beginSack(): void {
    this.flightBefore = this.path.congestion.flightBytes;
    this.acknowledgedBytes = 0;
    this.roundTripMs = -1;
  }

  /** A chunk is sent for the first time: its round trip is measured unless another one is (section 6.3.1 C4). */
  measure(tsn: number): void {
    if (this.#isMeasuring) return;
    this.#isMeasuring = true;
    this.#measuredTsn = tsn;
  }

  /** Something was retransmitted: nothing that is under way tells a round trip for certain (section 6.3.1 C5). */
  stopMeasuring(): void {
    this.#isMeasuring = false;
  }

  /** A chunk was acknowledged for the first time. */
  acknowledged(tsn: number, bytes: number, sentAt: number, now: number): void {
    this.acknowledgedBytes += bytes;
    if (this.#isMeasuring && tsn === this.#measuredTsn) {
      this.#isMeasuring = false;
      this.roundTripMs = now - sentAt;
    }
  }

  /** Whether T3-rtx runs. */
  get isT3Running(): boolean {
    return this.#t3At !== never;
  }

  /** Starts T3-rtx, or starts it again (sections 6.1 and 6.3.2). */
  startT3(now: number): void {
    this.#t3At = now + this.path.rtoMs;
    this.path.t3Deadline = this.#t3At;
  }

  /** Stops T3-rtx (section 6.3.2 R2). */
  stopT3(): void {
    this.#t3At = never;
    this.path.t3Deadline = undefined;
  }

  /** Whether T3-rtx has expired. */
  isT3Over(now: number): boolean {
    return this.#t3At <= now;
  }
}

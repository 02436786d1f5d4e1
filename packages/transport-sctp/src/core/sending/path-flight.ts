import { LatestDelivery } from './latest-delivery.ts';
import type { SendingPath } from './sending-path.ts';

/** The time of a timer that does not run. */
export const never: number = Number.POSITIVE_INFINITY;

/** What the data sender keeps of a path by which it has sent. */
export class PathFlight {
  /** The path. */
  readonly path: SendingPath;
  /** Its number among the paths of the sender. */
  readonly index: number;
  /** Whether the path is gone: its number may be used again. */
  isRemoved = false;
  /** How many chunks are marked to be retransmitted by it. */
  marked = 0;
  /** Whether one packet may be sent whatever the congestion window says (RFC 9260 section 7.2.4, step 3). */
  isForced = false;
  /** What arrived last. */
  readonly latest: LatestDelivery = new LatestDelivery();
  /** When chunks count as lost that packets may still have overtaken; {@link never} where there are none. */
  lossAt: number = never;
  /** When the end of what was sent is probed; {@link never} where it is not. */
  probeAt: number = never;
  /** How many such probes were sent since something was acknowledged. */
  probes = 0;
  /** Whether what is marked is such a probe: T3-rtx expires as it would without. */
  isProbe = false;
  /** Whether it is not known yet what the last probe was good for. */
  isProbeOpen = false;
  /** The highest TSN when it was sent. */
  probedThrough = 0;
  /** Whether the last packet asked for a SACK at once (I bit). */
  isAnswerWanted = false;

  // What the SACK that is processed came to.
  /** What it acknowledged for the first time, in bytes of chunks. */
  acknowledgedBytes = 0;
  /** The round trip that it measured, in milliseconds, or -1. */
  roundTripMs = -1;
  /** Whether it told of a loss. */
  hasLost = false;
  /** Whether it told of the loss of a retransmission. */
  hasLostAgain = false;

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
  acknowledged(tsn: number, bytes: number, sentAt: number, wasRetransmitted: boolean, now: number): void {
    this.acknowledgedBytes += bytes;
    if (this.#isMeasuring && tsn === this.#measuredTsn) {
      this.#isMeasuring = false;
      this.roundTripMs = now - sentAt;
      this.latest.measured(this.roundTripMs);
    }
    this.latest.arrived(tsn, sentAt, wasRetransmitted, now);
  }

  /** Whether T3-rtx runs. */
  get isT3Running(): boolean {
    return this.#t3At !== never;
  }

  /** Starts T3-rtx, or starts it again (sections 6.1 and 6.3.2). */
  startT3(now: number): void {
    this.#t3At = now + this.path.rtoMs;
  }

  /** Stops T3-rtx (section 6.3.2 R2), and what runs beside it. */
  stopTimers(): void {
    this.#t3At = never;
    this.lossAt = never;
    this.probeAt = never;
    this.path.t3Deadline = undefined;
  }

  /** When T3-rtx expires. */
  get t3At(): number {
    return this.#t3At;
  }

  /** Tells the path which timer is the first. */
  publishDeadline(): void {
    const deadline = Math.min(this.#t3At, this.lossAt, this.probeAt);
    this.path.t3Deadline = deadline === never ? undefined : deadline;
  }
}

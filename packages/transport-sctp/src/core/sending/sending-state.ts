import { dataHeaderLength } from '../wire/chunks/data.ts';
import { commonHeaderLength } from '../wire/packet.ts';
import type { DataSenderOptions } from './data-sender-options.ts';
import { FastRecovery } from './fast-recovery.ts';
import { OutboundStreams } from './outbound-streams.ts';
import { Outstanding } from './outstanding.ts';
import { PathFlight } from './path-flight.ts';
import type { SendingPath } from './sending-path.ts';
import { scheduleTailProbe } from './tail-probe.ts';

/**
 * How many chunks may be outstanding. Peers compare stream sequence numbers of 16 bits, and count gap ack blocks with
 * 16 bits; below half of that no comparison is ambiguous, however the messages are spread over streams (RFC 9260
 * section 6.1 allows less than 2^16 messages in a stream).
 */
export const mostOutstanding = 0x7fff;

/**
 * Chunks are not made larger than this part of the window that the peer has when it is empty: one that does not fit it
 * could only be sent as a window probe, once in an RTO. Not the whole, as peers may count what a chunk costs them beside.
 */
const windowPart = 7 / 8;

/** Nor are they made smaller than this for its sake, in bytes. */
const leastChunkOfWindow = 512;

/** What the procedures of sending share: filling packets, processing SACKs, timers. */
export class SendingState {
  /** See {@link DataSenderOptions.maxBurst}. */
  readonly maxBurst: number;
  /** See {@link DataSenderOptions.tailLossProbes}. */
  readonly tailLossProbes: number;
  /** See {@link DataSenderOptions.retransmissionPath}. */
  readonly retransmissionPath: (path: SendingPath) => SendingPath;
  /** Paths by which something was sent. */
  readonly flights: PathFlight[] = [];
  /** What waits. */
  readonly streams: OutboundStreams = new OutboundStreams();
  /** What was sent. */
  readonly outstanding: Outstanding;
  /** Fast Recovery. */
  readonly recovery: FastRecovery;
  /** Where new data goes. */
  dataFlight: PathFlight;
  /** Whether nothing more is to come. */
  shutdownPending = false;
  /** rwnd (RFC 9260 section 6.2.1): what the peer can take beside what is in flight. */
  peerWindow: number;
  /** How many packets with new data may be sent before something else happens (section 6.1 D). */
  burst: number;
  /** How many were sent since something happened. */
  burstSent = 0;
  /** Whether one chunk may be sent although the peer's window is full. */
  mayProbe = false;
  /** Whether the one chunk that is outstanding was sent although the peer's window was full. */
  isProbing = false;
  /** Whether a SACK came since. */
  wasProbeAnswered = false;
  /** The longest packet that all paths take. */
  packetBytes = 0;
  /** The most user data of a chunk. */
  largestUserBytes = 0;
  readonly #reservedBytes: number;
  readonly #windowChunkBytes: number;

  /** @param options - Of the association. */
  constructor(options: DataSenderOptions) {
    this.maxBurst = options.maxBurst;
    this.burst = options.maxBurst;
    this.tailLossProbes = options.tailLossProbes;
    this.retransmissionPath = options.retransmissionPath;
    this.peerWindow = options.peerWindowBytes;
    this.#reservedBytes = options.reservedBytes ?? 0;
    this.#windowChunkBytes = Math.max(leastChunkOfWindow, Math.floor(options.peerWindowBytes * windowPart));
    this.fitInto(options.maximumPacketBytes);
    this.outstanding = new Outstanding(options.initialTsn, this.flights);
    this.recovery = new FastRecovery(this.outstanding);
    this.dataFlight = this.flightOf(options.dataPath);
  }

  /** Makes chunks so large that packets of a length take them. */
  fitInto(packetBytes: number): void {
    this.packetBytes = packetBytes;
    const room = packetBytes - this.#reservedBytes - commonHeaderLength - dataHeaderLength;
    this.largestUserBytes = Math.min(room, this.#windowChunkBytes) & ~3;
  }

  /** Where data of a path goes that is not used, at least not for it. */
  alternateOf(path: SendingPath): PathFlight {
    return this.flightOf(this.retransmissionPath(path));
  }

  /** Whether retransmissions may be sent by a path. */
  mayRetransmit(flight: PathFlight): boolean {
    return flight.marked > 0 && (flight.isForced || flight.path.congestion.isOpen);
  }

  /** Whether new data may be sent by a path; where only the peer's window is in the way, sees to that it is asked for. */
  maySendNew(flight: PathFlight, now: number): boolean {
    if (flight !== this.dataFlight || flight.marked > 0) return false;
    const { message } = this.streams;
    if (message === undefined || !flight.path.congestion.isOpen) return false;
    const { count, flightUserBytes } = this.outstanding;
    // Where nothing is under way nothing would come that allows more.
    if (this.burst <= 0 && flightUserBytes > 0) return false;
    if (count >= mostOutstanding) return false;
    if (Math.min(message.data.length - this.streams.from, this.largestUserBytes) <= this.peerWindow)
      return true;
    if (this.mayProbe) return true;
    // The first window probe comes after an RTO (section 6.1 A), whatever the burst: nothing else may ever happen again.
    if (count === 0 && !flight.isT3Running) {
      flight.startT3(now);
      flight.publishDeadline();
    }
    return false;
  }

  /** Marks what is in flight on a path to be retransmitted by another one, one packet of it at once. */
  markAll(flight: PathFlight, target: PathFlight): void {
    flight.stopMeasuring();
    const before = this.outstanding.flightUserBytes;
    const { first, next } = this.outstanding;
    for (let tsn = first; tsn !== next; tsn = (tsn + 1) | 0) {
      if (!this.outstanding.isInFlight(tsn) || this.outstanding.flightOf(tsn) !== flight) continue;
      this.outstanding.mark(tsn, target, false);
      target.isForced = true;
    }
    this.peerWindow += before - this.outstanding.flightUserBytes;
  }

  /** Sets the timer of the tail loss probe. */
  scheduleProbe(flight: PathFlight, now: number): void {
    // A chunk that a full window kept out is asked for again after an RTO, not before.
    const most = this.isProbing ? 0 : this.tailLossProbes;
    scheduleTailProbe(flight, now, this.packetBytes, most);
  }

  /** What is kept of a path. */
  flightOf(path: SendingPath): PathFlight {
    for (const flight of this.flights) if (flight.path === path && !flight.isRemoved) return flight;
    const free = this.flights.findIndex((known) => known.isRemoved);
    const index = free < 0 ? this.flights.length : free;
    const flight = new PathFlight(path, index);
    this.flights[index] = flight;
    return flight;
  }
}

import type { SendInput } from '../sctp-input.ts';
import { DataFlag, dataChunkBytes, dataHeaderLength, putDataChunk } from '../wire/chunks/data.ts';
import { sackCumulativeTsn, sackDuplicates, sackReceiverWindow } from '../wire/chunks/sack.ts';
import { commonHeaderLength } from '../wire/packet.ts';
import type { PacketWriter } from '../wire/packet-writer.ts';
import { FastRecovery } from './fast-recovery.ts';
import { type GapNews, isSackPlausible, revokeUnreported, takeGapBlocks } from './gap-blocks.ts';
import { OutboundStreams } from './outbound-streams.ts';
import { Outstanding } from './outstanding.ts';
import { PathFlight } from './path-flight.ts';
import type { SackOutcome } from './sack-outcome.ts';
import type { SendingPath } from './sending-path.ts';
import { markTailProbe, probeRepairedLoss, scheduleTailProbe } from './tail-probe.ts';
import { markTimedLosses } from './timed-loss.ts';

/**
 * How many chunks may be outstanding. Peers compare stream sequence numbers of 16 bits, and count gap ack blocks with
 * 16 bits; below half of that no comparison is ambiguous, however the messages are spread over streams (RFC 9260
 * section 6.1 allows less than 2^16 messages in a stream).
 */
const mostOutstanding = 0x7fff;

/**
 * Chunks are not made larger than this part of the window that the peer has when it is empty: one that does not fit it
 * could only be sent as a window probe, once in an RTO. Not the whole, as peers may count what a chunk costs them beside.
 */
const windowPart = 7 / 8;

/** Nor are they made smaller than this for its sake, in bytes. */
const leastChunkOfWindow = 512;

/** Options of a {@link DataSender}. */
export interface DataSenderOptions {
  /** The initial TSN that this side announced: that of the first DATA chunk. */
  readonly initialTsn: number;
  /** The receive window that the peer announced, in bytes. */
  readonly peerWindowBytes: number;
  /** The longest SCTP packet, in bytes; see {@link DataSender.packetBytes}. */
  readonly maximumPacketBytes: number;
  /** How many bytes of each packet are needed for other chunks (AUTH); 0 by default. */
  readonly reservedBytes?: number;
  /** Max.Burst in packets. */
  readonly maxBurst: number;
  /** How often the end of what was sent is probed before T3-rtx; with 0 losses are not found by time, either (RFC 8985). */
  readonly tailLossProbes: number;
  /** Where new data goes at first. */
  readonly dataPath: SendingPath;
  /** Where data of a path goes that timed out or was removed (RFC 9260 section 6.4.1); the same one where there is no other. */
  readonly retransmissionPath: (path: SendingPath) => SendingPath;
}

/** What the expiry of T3-rtx meant, and what the path's owner does about it. */
export type T3Outcome =
  /** It was not due any more, or it was one of the finer timers that run beside T3-rtx: nothing. */
  | 'nothing'
  /** The peer is asked for its window (RFC 9260 section 6.1 A): the RTO is doubled, no error is counted. */
  | 'window-probe'
  /** Data was lost: the RTO is doubled (section 6.3.3 E2), an error is counted (sections 8.1 and 8.2). */
  | 'timeout';

/**
 * The sending half of an association (RFC 9260 sections 6.1, 6.2.1, 6.3 and 7): it cuts messages into DATA chunks when a packet is
 * made, and keeps them until the peer has acknowledged them cumulatively.
 */
export class DataSender {
  /** Set while nothing more is to come (SHUTDOWN-PENDING): the last DATA asks for a SACK at once (I bit, section 6.1). */
  shutdownPending = false;
  readonly #maxBurst: number;
  readonly #reservedBytes: number;
  readonly #windowChunkBytes: number;
  #packetBytes: number;
  readonly #tailLossProbes: number;
  #largestUserBytes = 0;
  readonly #retransmissionPath: (path: SendingPath) => SendingPath;
  readonly #flights: PathFlight[] = [];
  readonly #streams = new OutboundStreams();
  readonly #outstanding: Outstanding;
  readonly #recovery: FastRecovery;
  readonly #outcome = { valid: true, acknowledgedBytes: 0, newCumulative: false, fastRetransmit: false };
  readonly #gaps: GapNews = { hasNew: false, highestNew: 0, highest: 0, hasRevoked: false };
  #dataFlight: PathFlight;
  /** rwnd (section 6.2.1): what the peer can take beside what is in flight. */
  #peerWindow: number;
  /** How many packets with new data may be sent before something else happens (section 6.1 D). */
  #burst: number;
  /** How many were sent since something happened. */
  #burstSent = 0;
  /** Whether one chunk may be sent although the peer's window is full. */
  #mayProbe = false;
  /** Whether the one chunk that is outstanding was sent although the peer's window was full. */
  #isProbing = false;
  #wasProbeAnswered = false;

  /** @param options - Of the association. */
  constructor(options: DataSenderOptions) {
    this.#maxBurst = options.maxBurst;
    this.#burst = options.maxBurst;
    this.#reservedBytes = options.reservedBytes ?? 0;
    this.#windowChunkBytes = Math.max(leastChunkOfWindow, Math.floor(options.peerWindowBytes * windowPart));
    this.#packetBytes = 0;
    this.packetBytes = options.maximumPacketBytes;
    this.#tailLossProbes = options.tailLossProbes;
    this.#retransmissionPath = options.retransmissionPath;
    this.#peerWindow = options.peerWindowBytes;
    this.#outstanding = new Outstanding(options.initialTsn, this.#flights);
    this.#recovery = new FastRecovery(this.#outstanding);
    this.#dataFlight = this.#flightOf(options.dataPath);
  }

  /** Bytes of user data that were not sent yet. */
  get waitingBytes(): number {
    return this.#streams.waitingBytes;
  }

  /** Bytes of user data that were sent and not acknowledged cumulatively. */
  get outstandingBytes(): number {
    return this.#outstanding.userBytes;
  }

  /** Whether nothing waits and nothing is outstanding. */
  get isIdle(): boolean {
    return this.#streams.message === undefined && this.#outstanding.count === 0;
  }

  /** The TSN of the next DATA chunk. */
  get nextTsn(): number {
    return this.#outstanding.next >>> 0;
  }

  /** The longest packet that all paths take: chunks are not made larger (AMDCS, sections 6.9 and 7.3). */
  get packetBytes(): number {
    return this.#packetBytes;
  }

  set packetBytes(bytes: number) {
    if (bytes === this.#packetBytes) return;
    this.#packetBytes = bytes;
    const room = bytes - this.#reservedBytes - commonHeaderLength - dataHeaderLength;
    this.#largestUserBytes = Math.min(room, this.#windowChunkBytes) & ~3;
  }

  /** Where new data goes. */
  get dataPath(): SendingPath {
    return this.#dataFlight.path;
  }

  set dataPath(path: SendingPath) {
    if (path === this.#dataFlight.path) return;
    // The timer that waits to ask for the window goes along; with data outstanding timers are left running (section 6.3.3 F1).
    if (this.#outstanding.count === 0) this.#dataFlight.stopTimers();
    this.#dataFlight = this.#flightOf(path);
  }

  /** Takes a message. `stream` is one that the association has, and `data` is not empty. */
  enqueue(message: SendInput): void {
    this.#streams.add(message);
    if (this.#burst < this.#maxBurst) this.#burst = this.#maxBurst;
  }

  /** A path by which something may be sent now, retransmissions first, or `undefined`. */
  nextPath(now: number): SendingPath | undefined {
    if (this.#outstanding.markedChunks > 0) {
      for (const flight of this.#flights) if (this.#mayRetransmit(flight)) return flight.path;
    }
    if (this.#maySendNew(this.#dataFlight, now)) return this.#dataFlight.path;
    // What may not be sent now may not be sent later on top of what is allowed then.
    this.#burst = 0;
    this.#burstSent = 0;
    const { congestion } = this.#dataFlight.path;
    congestion.isUsedUp = !congestion.isOpen;
    return undefined;
  }

  /** Whether something may be sent by a path now. New data goes by {@link dataPath} only. */
  hasToSend(path: SendingPath, now: number): boolean {
    const flight = this.#flightOf(path);
    return this.#mayRetransmit(flight) || this.#maySendNew(flight, now);
  }

  /**
   * Puts DATA chunks behind the control chunks of a packet: retransmissions, then new data (section 6.1 C). May put none
   * where the room that is left is too small for the next one: finish the packet, and begin another.
   */
  fill(writer: PacketWriter, path: SendingPath, now: number): void {
    const flight = this.#flightOf(path);
    let last = -1;
    const resends = this.#mayRetransmit(flight);
    if (resends) last = this.#putRetransmissions(writer, flight, now);
    // Whether the window is open was asked before the packet: the last one may exceed it (section 6.1 B).
    if ((last >= 0 || !resends) && this.#maySendNew(flight, now)) {
      const at = this.#putNew(writer, flight, now);
      if (at >= 0) last = at;
    }
    if (last < 0) return;
    const isLast = !this.#mayRetransmit(flight) && !this.#maySendNew(flight, now);
    const isMore =
      resends || this.#burstSent > 1 || this.shutdownPending || this.#streams.message !== undefined;
    flight.isAnswerWanted = isLast && isMore;
    if (flight.isAnswerWanted) {
      // Nothing follows until the peer answers, and it may wait for a second packet before it does (section 6.1).
      writer.bytes[last + 1] = (writer.bytes[last + 1] as number) | DataFlag.immediate;
    }
    if (isLast) this.#scheduleProbe(flight, now);
    flight.publishDeadline();
  }

  /**
   * Processes a SACK chunk (section 6.2.1).
   *
   * @param bytes - The packet.
   * @param offset - Where the chunk header is.
   * @param length - The chunk's length without padding.
   * @returns What it did; the same object each time.
   */
  handleSack(bytes: Uint8Array, offset: number, length: number, now: number): SackOutcome {
    const outcome = this.#begin(isSackPlausible(bytes, offset, length, this.#outstanding));
    if (!outcome.valid) return outcome;
    const cumulative = sackCumulativeTsn(bytes, offset) | 0;
    if (((cumulative + 1 - this.#outstanding.first) | 0) < 0) return outcome;
    this.#advance(cumulative, now);
    takeGapBlocks(bytes, offset, this.#outstanding, now, this.#gaps);
    this.#openWindows();
    this.#detectLosses(bytes, offset, now);
    this.#peerWindow = Math.max(0, sackReceiverWindow(bytes, offset) - this.#outstanding.flightUserBytes);
    this.#answerProbe();
    this.#end(now);
    return outcome;
  }

  /** The cumulative TSN ack of a SHUTDOWN chunk; it says nothing of gaps or windows. */
  handleCumulativeTsn(tsn: number, now: number): SackOutcome {
    const cumulative = tsn | 0;
    const outcome = this.#begin(((this.#outstanding.next - 1 - cumulative) | 0) >= 0);
    if (!outcome.valid || ((cumulative + 1 - this.#outstanding.first) | 0) <= 0) return outcome;
    this.#advance(cumulative, now);
    this.#openWindows();
    this.#end(now);
    return outcome;
  }

  /**
   * T3-rtx of a path expired: `t3Deadline` is not after `now`. Call it before the RTO is doubled, {@link nextPath} after
   * (section 6.3.3).
   */
  handleT3(path: SendingPath, now: number): T3Outcome {
    const flight = this.#flightOf(path);
    if (flight.t3At > now) {
      this.#handleFinerTimers(flight, now);
      return 'nothing';
    }
    flight.stopTimers();
    this.#burst = this.#maxBurst;
    if (this.#outstanding.count === 0) {
      this.#mayProbe = this.#streams.message !== undefined;
      return this.#mayProbe ? 'window-probe' : 'nothing';
    }
    if (this.#isProbing && this.#wasProbeAnswered) {
      this.#wasProbeAnswered = false;
      this.#markAll(flight, this.#flightOf(this.#retransmissionPath(path)));
      return 'window-probe';
    }
    if (path.congestion.flightBytes === 0) return 'nothing';
    path.congestion.timedOut();
    this.#recovery.leave();
    this.#markAll(flight, this.#flightOf(this.#retransmissionPath(path)));
    return 'timeout';
  }

  #handleFinerTimers(flight: PathFlight, now: number): void {
    if (flight.lossAt <= now) {
      const before = this.#outstanding.flightUserBytes;
      if (markTimedLosses(this.#outstanding, flight, now, this.#recovery.isActive))
        this.#recovery.begin(this.#flights, now);
      this.#peerWindow += before - this.#outstanding.flightUserBytes;
    } else if (flight.probeAt <= now) {
      markTailProbe(this.#outstanding, flight);
    }
    flight.publishDeadline();
  }

  /** A path is not used any more: what it carried goes elsewhere. {@link dataPath} is another one already. */
  pathRemoved(path: SendingPath): void {
    const flight = this.#flightOf(path);
    const target = this.#flightOf(this.#retransmissionPath(path));
    this.#markAll(flight, target);
    const { first, next } = this.#outstanding;
    for (let tsn = first; tsn !== next; tsn = (tsn + 1) | 0) {
      if (this.#outstanding.flightOf(tsn) === flight) this.#outstanding.moveTo(tsn, target);
    }
    flight.stopTimers();
    flight.isRemoved = true;
  }

  /** Takes out all messages that were not acknowledged as a whole, in the order in which they were sent or given. */
  drainUnacknowledged(): SendInput[] {
    const sent = this.#outstanding.messages();
    const waiting = this.#streams.drain();
    if (waiting[0] !== undefined && waiting[0] === sent.at(-1)) waiting.shift();
    for (const flight of this.#flights) flight.stopTimers();
    return [...sent, ...waiting];
  }

  #begin(valid: boolean): SackOutcome & { acknowledgedBytes: number; newCumulative: boolean } {
    const outcome = this.#outcome;
    outcome.valid = valid;
    outcome.acknowledgedBytes = 0;
    outcome.newCumulative = false;
    outcome.fastRetransmit = false;
    if (valid) for (const flight of this.#flights) flight.beginSack();
    return outcome;
  }

  #advance(cumulative: number, now: number): void {
    if (((cumulative + 1 - this.#outstanding.first) | 0) <= 0) return;
    this.#outcome.newCumulative = true;
    this.#outcome.acknowledgedBytes = this.#outstanding.releaseThrough(cumulative, now);
  }

  #openWindows(): void {
    for (const flight of this.#flights) {
      if (flight.acknowledgedBytes === 0) continue;
      flight.path.congestion.acknowledged(flight.acknowledgedBytes, this.#recovery.isActive);
    }
  }

  /** Miss indications, and what follows of them (section 7.2.4). */
  #detectLosses(bytes: Uint8Array, offset: number, now: number): void {
    const gaps = this.#gaps;
    let found = gaps.hasRevoked && revokeUnreported(bytes, offset, this.#outstanding, this.#recovery);
    if (this.#recovery.isActive && this.#outcome.newCumulative) {
      found = this.#recovery.countMisses(gaps.highest) || found;
    } else if (gaps.hasNew) {
      found = this.#recovery.countMisses(gaps.highestNew) || found;
    }
    if (this.#tailLossProbes > 0)
      found = this.#detectTimedLosses(sackDuplicates(bytes, offset) > 0, found, now);
    if (!found) return;
    this.#outcome.fastRetransmit = true;
    this.#recovery.begin(this.#flights, now);
  }

  /** Losses that RFC 9260 would find later (RFC 8985). */
  #detectTimedLosses(hasDuplicates: boolean, hasLosses: boolean, now: number): boolean {
    let found = hasLosses;
    for (const flight of this.#flights) {
      if (probeRepairedLoss(this.#outstanding, flight, hasDuplicates) && !this.#recovery.isActive) {
        flight.path.congestion.lost();
      }
      if (flight.acknowledgedBytes === 0) continue;
      flight.probes = 0;
      if (markTimedLosses(this.#outstanding, flight, now, found || this.#recovery.isActive)) found = true;
    }
    return found;
  }

  #end(now: number): void {
    if (this.#outcome.newCumulative) this.#recovery.advanced();
    const empty = this.#outstanding.count === 0;
    if (empty) this.#isProbing = false;
    // Each SACK allows so many (section 6.1 D), also where several are processed before packets are made. One for more than two
    // packets stands for several: a receiver that is busy does not send one for every second packet (section 6.2).
    let acknowledged = 0;
    for (const flight of this.#flights) acknowledged += flight.acknowledgedBytes;
    this.#burst += this.#maxBurst * Math.max(1, Math.round(acknowledged / (2 * this.#packetBytes)));
    const earliest = empty ? undefined : this.#outstanding.flightOf(this.#outstanding.first);
    for (const flight of this.#flights) {
      const { path } = flight;
      if (empty) path.congestion.drained();
      if (flight.marked === 0) {
        flight.isForced = false;
        flight.isProbe = false;
      }
      const hasNews = flight.acknowledgedBytes > 0;
      if (hasNews) path.onAcknowledged(now, flight.roundTripMs < 0 ? undefined : flight.roundTripMs);
      if (path.congestion.flightBytes === 0) {
        flight.stopTimers();
        continue;
      }
      // Its earliest outstanding chunk was acknowledged: cumulatively, or in front of what waits for another path (6.3.2 R3).
      const isEarliest = hasNews && (this.#outcome.newCumulative || flight !== earliest);
      if (isEarliest || !flight.isT3Running) flight.startT3(now);
      if (hasNews) this.#scheduleProbe(flight, now);
      flight.publishDeadline();
    }
  }

  #scheduleProbe(flight: PathFlight, now: number): void {
    // A chunk that a full window kept out is asked for again after an RTO, not before.
    const most = this.#isProbing ? 0 : this.#tailLossProbes;
    scheduleTailProbe(flight, now, this.#packetBytes, most);
  }

  /** The peer dropped a window probe, as its window was full; now it has room, and need not wait for the timeout. */
  #answerProbe(): void {
    if (!this.#isProbing || this.#outstanding.count === 0) return;
    this.#wasProbeAnswered = true;
    const { first } = this.#outstanding;
    if (this.#peerWindow === 0 || !this.#outstanding.isInFlight(first)) return;
    this.#isProbing = false;
    const flight = this.#outstanding.flightOf(first);
    this.#markAll(flight, flight);
  }

  /** Marks what is in flight on a path to be retransmitted by another one, one packet of it at once. */
  #markAll(flight: PathFlight, target: PathFlight): void {
    flight.stopMeasuring();
    const before = this.#outstanding.flightUserBytes;
    const { first, next } = this.#outstanding;
    for (let tsn = first; tsn !== next; tsn = (tsn + 1) | 0) {
      if (!this.#outstanding.isInFlight(tsn) || this.#outstanding.flightOf(tsn) !== flight) continue;
      this.#outstanding.mark(tsn, target, false);
      target.isForced = true;
    }
    this.#peerWindow += before - this.#outstanding.flightUserBytes;
  }

  #mayRetransmit(flight: PathFlight): boolean {
    return flight.marked > 0 && (flight.isForced || flight.path.congestion.isOpen);
  }

  #maySendNew(flight: PathFlight, now: number): boolean {
    if (flight !== this.#dataFlight || flight.marked > 0) return false;
    const { message } = this.#streams;
    if (message === undefined || !flight.path.congestion.isOpen) return false;
    const { count, flightUserBytes } = this.#outstanding;
    // Where nothing is under way nothing would come that allows more.
    if (this.#burst <= 0 && flightUserBytes > 0) return false;
    if (count >= mostOutstanding) return false;
    if (Math.min(message.data.length - this.#streams.from, this.#largestUserBytes) <= this.#peerWindow)
      return true;
    if (this.#mayProbe) return true;
    // The first window probe comes after an RTO (section 6.1 A), whatever the burst: nothing else may ever happen again.
    if (count === 0 && !flight.isT3Running) {
      flight.startT3(now);
      flight.publishDeadline();
    }
    return false;
  }

  /** @returns Where the header of the last chunk is, or -1. */
  #putRetransmissions(writer: PacketWriter, flight: PathFlight, now: number): number {
    const outstanding = this.#outstanding;
    flight.path.congestion.sent(now, flight.path.rtoMs);
    let last = -1;
    while (flight.marked > 0) {
      const tsn = outstanding.firstMarkedOf(flight);
      const from = outstanding.fromOf(tsn);
      const to = outstanding.toOf(tsn);
      if (dataChunkBytes(to - from) > writer.room && !writer.isEmpty) break;
      last = writer.position;
      this.#put(writer, tsn, from, to);
      outstanding.resent(tsn, now);
      this.#peerWindow = Math.max(0, this.#peerWindow - (to - from));
      flight.stopMeasuring();
      if ((tsn === outstanding.first && !flight.isProbe) || !flight.isT3Running) flight.startT3(now);
    }
    if (last >= 0) {
      flight.isForced = false;
      flight.isProbe = false;
    }
    return last;
  }

  /** @returns Where the header of the last chunk is, or -1. */
  #putNew(writer: PacketWriter, flight: PathFlight, now: number): number {
    const outstanding = this.#outstanding;
    const streams = this.#streams;
    flight.path.congestion.sent(now, flight.path.rtoMs);
    let last = -1;
    for (let { message } = streams; message !== undefined; { message } = streams) {
      const { from } = streams;
      const bytes = this.#nextUserBytes(message.data.length - from, from > 0, writer);
      if (bytes === 0 || outstanding.count >= mostOutstanding) break;
      if (bytes > this.#peerWindow) {
        if (!this.#mayProbe) break;
        this.#mayProbe = false;
        this.#isProbing = true;
        this.#wasProbeAnswered = false;
      }
      last = writer.position;
      const tsn = outstanding.next;
      const ends = from + bytes === message.data.length ? DataFlag.ending : 0;
      const flags =
        ends | (from === 0 ? DataFlag.beginning : 0) | (message.unordered ? DataFlag.unordered : 0);
      outstanding.append(message, from, from + bytes, flags, streams.streamSequenceNumber, flight, now);
      this.#put(writer, tsn, from, from + bytes);
      streams.advance(bytes);
      this.#peerWindow = Math.max(0, this.#peerWindow - bytes);
      flight.measure(tsn);
      if (!flight.isT3Running) flight.startT3(now);
    }
    if (last >= 0) {
      this.#burst -= 1;
      this.#burstSent += 1;
    }
    return last;
  }

  /**
   * How many bytes the next chunk takes of a message; 0 where it has to wait for the next packet. A message that fits a
   * packet is never cut. One that does not begins in what is left of this packet, unless that is a small piece (section 6.9).
   */
  #nextUserBytes(left: number, begun: boolean, writer: PacketWriter): number {
    const room = (writer.room - dataHeaderLength) & ~3;
    if (left <= room && left <= this.#largestUserBytes) return left;
    if (writer.isEmpty) return Math.min(left, this.#largestUserBytes);
    const isLong = begun || left > this.#largestUserBytes;
    return isLong && room >= this.#largestUserBytes >> 2 ? Math.min(room, this.#largestUserBytes) : 0;
  }

  #put(writer: PacketWriter, tsn: number, from: number, to: number): void {
    const outstanding = this.#outstanding;
    const message = outstanding.messageOf(tsn);
    putDataChunk(
      writer,
      outstanding.flagsOf(tsn),
      tsn,
      message.stream,
      outstanding.streamSequenceNumberOf(tsn),
      message.payloadProtocolIdentifier,
      message.data,
      from,
      to,
    );
  }

  #flightOf(path: SendingPath): PathFlight {
    for (const flight of this.#flights) if (flight.path === path && !flight.isRemoved) return flight;
    const free = this.#flights.findIndex((known) => known.isRemoved);
    const index = free < 0 ? this.#flights.length : free;
    const flight = new PathFlight(path, index);
    this.#flights[index] = flight;
    return flight;
  }
}

import type { AssociationId } from '@rserpool/wire';
import {
  DataFlag,
  dataHeaderLength,
  dataPayloadProtocolIdentifier,
  dataStream,
  dataStreamSequenceNumber,
  dataTsn,
  wholeMessage,
} from '../wire/chunks/data.ts';
import { beginSack, sackHeaderLength } from '../wire/chunks/sack.ts';
import type { PacketWriter } from '../wire/packet-writer.ts';
import { FragmentRun } from './fragment-run.ts';
import { InboundStreams } from './inbound-streams.ts';
import type { MessageOutput } from './message-output.ts';
import { PacketUse } from './packet-use.ts';
import { Reassembly } from './reassembly.ts';
import { ReceiveWindow } from './receive-window.ts';
import { SackSchedule } from './sack-schedule.ts';
import { TsnTracker } from './tsn-tracker.ts';

/** How many duplicate TSNs are reported in a SACK; more are only a reason to send it (RFC 9260 section 6.2). */
const reportedDuplicates = 32;

/** Options of a {@link DataReceiver}. */
export interface DataReceiverOptions {
  /** The association that messages are told for. */
  readonly association: AssociationId;
  /** The initial TSN that the peer announced. */
  readonly initialTsn: number;
  /** The receive window that was announced, in bytes. */
  readonly windowBytes: number;
  /** How many streams the peer may send by. */
  readonly inboundStreams: number;
  /** The longest message that is put together, in bytes. */
  readonly maximumMessageBytes: number;
  /** SACK.Delay in milliseconds. */
  readonly sackDelayMs: number;
  /** Every how many packets with DATA a SACK is sent at the latest. */
  readonly sackFrequency: number;
}

/** What became of a DATA chunk. */
export type DataOutcome =
  | 'accepted'
  | 'duplicate'
  /** Not taken, as the window is full (RFC 9260 section 6.2); it is not acknowledged. */
  | 'dropped'
  /** Acknowledged and discarded: answer with the cause Invalid Stream Identifier (section 6.5). */
  | 'invalid-stream'
  /** Answer with an ABORT with the cause No User Data (section 6.2). */
  | 'no-user-data'
  /** Answer with an ABORT with the cause Protocol Violation: fragments that do not fit, a stream sequence number twice. */
  | 'protocol-violation'
  /** Answer with an ABORT with the cause Out of Resource: the message gets longer than `maximumMessageBytes`. */
  | 'message-too-long';

/** The receiving half of an association (RFC 9260 sections 6.2, 6.5 to 6.7 and 6.9). What was acknowledged is never dropped. */
export class DataReceiver {
  readonly #association: AssociationId;
  readonly #inboundStreams: number;
  readonly #maximumMessageBytes: number;
  readonly #tracker: TsnTracker;
  readonly #window: ReceiveWindow;
  readonly #reassembly: Reassembly;
  readonly #streams = new InboundStreams();
  readonly #schedule: SackSchedule;
  readonly #use = new PacketUse();
  readonly #duplicates: number[] = [];
  // What the packet had so far that is processed.
  #hadData = false;
  #hadNew = false;
  #isUrgent = false;

  /** @param options - Of the association. */
  constructor(options: DataReceiverOptions) {
    this.#association = options.association;
    this.#inboundStreams = options.inboundStreams;
    this.#maximumMessageBytes = options.maximumMessageBytes;
    this.#tracker = new TsnTracker(options.initialTsn);
    this.#window = new ReceiveWindow(options.windowBytes);
    this.#reassembly = new Reassembly(this.#tracker, options.maximumMessageBytes);
    this.#schedule = new SackSchedule(options.sackDelayMs, options.sackFrequency);
  }

  /** When the delayed SACK has to be sent, or `undefined` while none is delayed. At that time {@link needsSack} is true. */
  get sackDeadline(): number | undefined {
    return this.#schedule.deadline;
  }

  /** The latest TSN in sequence that came. */
  get cumulativeTsn(): number {
    return this.#tracker.cumulativeTsn;
  }

  /** What is left of the receive window, in bytes. */
  get windowBytes(): number {
    return this.#window.freeBytes;
  }

  /** Whether TSNs came out of order: a SHUTDOWN cannot acknowledge them, a SACK goes with it (section 6.2). */
  get hasGaps(): boolean {
    return this.#tracker.hasGaps;
  }

  /** Whether received DATA waits for a SACK, due or not: bundle one with DATA that is sent (section 6.1). */
  get hasUnacknowledged(): boolean {
    return this.#schedule.isWaiting;
  }

  /** Whether a SACK is due: {@link endOfPacket} decided so, its delay is over, or the window opened. */
  needsSack(now: number): boolean {
    return this.#schedule.isDue(now);
  }

  /**
   * Processes a DATA chunk.
   *
   * @param bytes - The packet. Messages may be views of it: nobody changes it afterwards.
   * @param offset - Where the chunk header is.
   * @param length - The chunk's length without padding, at least 16 and within the packet.
   */
  handleData(bytes: Uint8Array, offset: number, length: number): DataOutcome {
    if (length <= dataHeaderLength) return 'no-user-data';
    const flags = bytes[offset + 1] as number;
    const tsn = dataTsn(bytes, offset) | 0;
    if (!this.#hadData) this.#use.begin(bytes);
    this.#hadData = true;
    if ((flags & DataFlag.immediate) !== 0) this.#isUrgent = true;
    const news = this.#tracker.newsOf(tsn);
    if (news === 'duplicate') {
      if (this.#duplicates.length < reportedDuplicates) this.#duplicates.push(tsn);
      return 'duplicate';
    }
    if (news === 'too-far' || !this.#hasRoom(tsn, flags, length - dataHeaderLength)) {
      this.#isUrgent = true;
      return 'dropped';
    }
    const outcome = this.#take(tsn, flags, bytes, offset, length);
    if (outcome !== 'accepted' && outcome !== 'invalid-stream') return outcome;
    this.#hadNew = true;
    this.#add(tsn);
    return outcome;
  }

  /** Call it behind the last chunk of each packet: decides on the SACK, which is one for each packet at most (section 6.2). */
  endOfPacket(now: number): void {
    if (!this.#hadData) return;
    this.#use.end();
    this.#schedule.packetCame(this.#isUrgent || !this.#hadNew || this.#tracker.hasGaps, now);
    this.#hadData = false;
    this.#hadNew = false;
    this.#isUrgent = false;
  }

  /**
   * Writes the SACK into a packet (section 3.3.4): as many gap ack blocks as the room allows, then duplicates.
   *
   * @param writer - Has room for at least 16 bytes.
   */
  putSack(writer: PacketWriter): void {
    const room = (writer.room - sackHeaderLength) >> 2;
    const window = this.#window.advertise(writer.maximumBytes);
    const chunk = beginSack(writer, this.#tracker.cumulativeTsn, window, 0, 0);
    const gaps = this.#tracker.hasGaps ? this.#tracker.putGapBlocks(writer, room) : 0;
    const duplicates = Math.min(this.#duplicates.length, room - gaps);
    for (let index = 0; index < duplicates; index++) writer.put32(this.#duplicates[index] as number);
    writer.view.setInt32(chunk + 12, (gaps << 16) | duplicates);
    writer.endChunk(chunk);
    this.acknowledgedOtherwise();
  }

  /** The peer is told the cumulative TSN in another way (SHUTDOWN): nothing waits for a SACK any more. */
  acknowledgedOtherwise(): void {
    if (this.#duplicates.length > 0) this.#duplicates.length = 0;
    this.#schedule.sent();
  }

  /** The next whole message, in the order in which they may be delivered. */
  pollMessage(): MessageOutput | undefined {
    return this.#streams.poll();
  }

  /**
   * The application has read so many bytes of user data.
   *
   * @returns Whether a SACK is due now because the window opened (section 6.2).
   */
  consumed(bytes: number): boolean {
    const opened = this.#window.consumed(bytes);
    if (opened) this.#schedule.demand();
    return opened;
  }

  #hasRoom(tsn: number, flags: number, bytes: number): boolean {
    if (!this.#tracker.isAhead(tsn)) return this.#window.hasRoomInGap(bytes);
    if (this.#window.hasRoomAhead(bytes)) return true;
    // The next fragment of the message behind the cumulative TSN.
    if ((flags & DataFlag.beginning) !== 0 || this.#tracker.hasGaps) return false;
    return this.#window.isOpen && this.#reassembly.endingAt(tsn - 1) !== undefined;
  }

  /** Moves the cumulative TSN; the message that is being put together behind it is not charged. */
  #add(tsn: number): void {
    const hadGaps = this.#tracker.hasGaps;
    this.#tracker.add(tsn);
    // The sender waits for news as long as there are gaps, and for that they are filled (RFC 5681 section 4.2).
    if (hadGaps) this.#isUrgent = true;
    if (this.#reassembly.isEmpty) {
      this.#window.exempt(0, 0);
      return;
    }
    const run = this.#reassembly.endingAt(this.#tracker.cumulativeTsn);
    this.#window.exempt(run?.bytes ?? 0, run?.count ?? 0);
  }

  #take(tsn: number, flags: number, bytes: Uint8Array, offset: number, length: number): DataOutcome {
    const stream = dataStream(bytes, offset);
    if (stream >= this.#inboundStreams) return 'invalid-stream';
    const userBytes = length - dataHeaderLength;
    const from = offset + dataHeaderLength;
    const to = offset + length;
    const data = bytes.subarray(from, to);
    const sequenceNumber = dataStreamSequenceNumber(bytes, offset);
    const identifier = dataPayloadProtocolIdentifier(bytes, offset);
    const unordered = (flags & DataFlag.unordered) !== 0;
    if ((flags & wholeMessage) === wholeMessage) {
      if (!this.#reassembly.isEmpty && !this.#reassembly.fitsWhole(tsn)) return 'protocol-violation';
      if (userBytes > this.#maximumMessageBytes) return 'message-too-long';
      this.#window.chargeMessage(userBytes);
      return this.#deliver(data, identifier, stream, unordered, sequenceNumber, true);
    }
    const begins = (flags & DataFlag.beginning) !== 0;
    const ends = (flags & DataFlag.ending) !== 0;
    // A fragment may stay long; a short one does not keep its packet.
    const kept = PacketUse.isWasteful(userBytes, bytes) ? data.slice() : data;
    const run = this.#reassembly.add(
      new FragmentRun(tsn, begins, ends, unordered, stream, sequenceNumber, identifier, kept),
    );
    if (run === 'protocol-violation' || run === 'message-too-long') return run;
    this.#window.chargeFragment(userBytes);
    if (run === 'held') return 'accepted';
    this.#window.assembled(run.bytes, run.count);
    return this.#deliver(run.join(), run.payloadProtocolIdentifier, stream, unordered, sequenceNumber, false);
  }

  #deliver(
    data: Uint8Array,
    payloadProtocolIdentifier: number,
    stream: number,
    unordered: boolean,
    streamSequenceNumber: number,
    isView: boolean,
  ): DataOutcome {
    const message = {
      type: 'message' as const,
      association: this.#association,
      data,
      payloadProtocolIdentifier,
      stream,
      unordered,
    };
    if (isView) this.#use.add(message);
    if (unordered) this.#streams.addUnordered(message);
    else if (!this.#streams.addOrdered(message, streamSequenceNumber)) return 'protocol-violation';
    return 'accepted';
  }
}

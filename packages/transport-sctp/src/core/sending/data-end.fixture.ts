import { DataReceiver } from '../receiving/data-receiver.ts';
import type { MessageOutput } from '../receiving/message-output.ts';
import type { SendInput } from '../sctp-input.ts';
import { ChunkType } from '../wire/chunk-type.ts';
import { ChunkWalk } from '../wire/chunk-walk.ts';
import { isChecksumRight } from '../wire/packet.ts';
import { PacketWriter } from '../wire/packet-writer.ts';
import { CongestionWindow } from './congestion-window.ts';
import { DataSender } from './data-sender.ts';
import type { SendingPath } from './sending-path.ts';

/** A path with the RTO of RFC 9260 section 6.3.1. */
export class TestPath implements SendingPath {
  readonly congestion: CongestionWindow;
  readonly rtoMinMs: number;
  rtoMs = 1000;
  t3Deadline: number | undefined = undefined;
  timeouts = 0;
  acknowledgements = 0;
  #srtt = -1;
  #variation = 0;

  constructor(mtuBytes = 1232, rtoMinMs = 1000) {
    this.congestion = new CongestionWindow(mtuBytes, false);
    this.rtoMinMs = rtoMinMs;
  }

  onAcknowledged(_now: number, roundTripMs: number | undefined): void {
    this.acknowledgements += 1;
    if (roundTripMs === undefined) return;
    if (this.#srtt < 0) {
      this.#srtt = roundTripMs;
      this.#variation = roundTripMs / 2;
    } else {
      this.#variation = 0.75 * this.#variation + 0.25 * Math.abs(this.#srtt - roundTripMs);
      this.#srtt = 0.875 * this.#srtt + 0.125 * roundTripMs;
    }
    this.rtoMs = Math.min(60_000, Math.max(this.rtoMinMs, this.#srtt + 4 * this.#variation));
  }
}

export interface DataEndOptions {
  readonly sendTsn?: number;
  readonly receiveTsn?: number;
  readonly windowBytes?: number;
  readonly peerWindowBytes?: number;
  readonly maximumPacketBytes?: number;
  readonly maximumMessageBytes?: number;
  readonly maxBurst?: number;
  readonly inboundStreams?: number;
  /** Whether what is delivered counts as read at once. */
  readonly reads?: boolean;
}

/** One side of an association that is up: a sender, a receiver and one path, without anything else. */
export class DataEnd {
  readonly sender: DataSender;
  readonly receiver: DataReceiver;
  readonly path: TestPath;
  readonly received: MessageOutput[] = [];
  unread = 0;
  reads: boolean;
  packetsSent = 0;
  dataPacketsSent = 0;
  acknowledgedBytes = 0;
  refused: string[] = [];
  onMessage: ((message: MessageOutput) => void) | undefined = undefined;
  readonly #writer: PacketWriter;
  readonly #walk = new ChunkWalk();

  constructor(options: DataEndOptions = {}) {
    const maximumPacketBytes = options.maximumPacketBytes ?? 1232;
    this.path = new TestPath(maximumPacketBytes);
    this.reads = options.reads ?? true;
    this.#writer = new PacketWriter(maximumPacketBytes);
    this.sender = new DataSender({
      initialTsn: options.sendTsn ?? 1,
      peerWindowBytes: options.peerWindowBytes ?? 262_144,
      maximumPacketBytes,
      maxBurst: options.maxBurst ?? 4,
      tailLossProbes: 3,
      dataPath: this.path,
      retransmissionPath: (path) => path,
    });
    this.receiver = new DataReceiver({
      association: 1,
      initialTsn: options.receiveTsn ?? 1,
      windowBytes: options.windowBytes ?? 262_144,
      inboundStreams: options.inboundStreams ?? 65_535,
      maximumMessageBytes: options.maximumMessageBytes ?? 1_048_576,
      sackDelayMs: 200,
      sackFrequency: 2,
    });
  }

  send(data: Uint8Array, stream = 0, unordered = false, payloadProtocolIdentifier = 0): SendInput {
    const message: SendInput = {
      type: 'send',
      association: 1,
      data,
      payloadProtocolIdentifier,
      stream,
      unordered,
    };
    this.sender.enqueue(message);
    return message;
  }

  /** Reads so many bytes of what was delivered. */
  read(bytes: number): void {
    this.unread -= bytes;
    this.receiver.consumed(bytes);
  }

  handlePacket(bytes: Uint8Array, now: number): void {
    if (!isChecksumRight(bytes)) return;
    const walk = this.#walk;
    walk.start(bytes);
    while (walk.next()) {
      if (walk.type === ChunkType.data) {
        const outcome = this.receiver.handleData(bytes, walk.offset, walk.length);
        if (outcome !== 'accepted' && outcome !== 'duplicate') this.refused.push(outcome);
      } else if (walk.type === ChunkType.sack) {
        const outcome = this.sender.handleSack(bytes, walk.offset, walk.length, now);
        if (!outcome.valid) throw new Error('a SACK was refused');
        this.acknowledgedBytes += outcome.acknowledgedBytes;
      }
    }
    this.receiver.endOfPacket(now);
    for (let message = this.receiver.pollMessage(); message; message = this.receiver.pollMessage()) {
      this.unread += message.data.length;
      if (this.onMessage === undefined) this.received.push(message);
      else this.onMessage(message);
      if (this.reads) this.read(message.data.length);
    }
  }

  poll(now: number): Uint8Array | undefined {
    const { sender, receiver } = this;
    const path = sender.nextPath(now);
    if (path === undefined && !receiver.needsSack(now)) return undefined;
    const writer = this.#writer;
    writer.start(1, 2, 3);
    if (receiver.hasUnacknowledged) receiver.putSack(writer);
    const before = writer.position;
    if (path !== undefined) sender.fill(writer, path, now);
    this.packetsSent += 1;
    if (writer.position > before) this.dataPacketsSent += 1;
    return writer.finish();
  }

  nextTimeout(): number {
    return Math.min(this.path.t3Deadline ?? Infinity, this.receiver.sackDeadline ?? Infinity);
  }

  handleTimeout(now: number): void {
    if ((this.path.t3Deadline ?? Infinity) > now) return;
    const outcome = this.sender.handleT3(this.path, now);
    if (outcome === 'timeout') this.path.timeouts += 1;
    if (outcome === 'timeout' || outcome === 'window-probe') {
      this.path.rtoMs = Math.min(60_000, 2 * this.path.rtoMs);
    }
  }
}

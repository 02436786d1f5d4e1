import type { IpAddress } from '@rserpool/wire';
import type { LossReason, OutboundMessage } from '../../contract/association.ts';
import type { Clock, TimerHandle } from '../../contract/clock.ts';
import type { HeartbeatOptions } from '../../contract/endpoint.ts';
import type { ByteSink, StreamOwner, StreamProtocol } from '../stream-protocol.ts';
import {
  encodeControlFrame,
  dataHeader,
  type FrameHeader,
  FrameType,
  firstSkippableFrameType,
} from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import { HeartbeatMonitor } from './heartbeat-monitor.ts';
import { decodeHello, encodeHello, framingVersion, maximumHelloLength } from './hello.ts';

/** The longest body of a heartbeat or any other frame that is neither HELLO nor DATA, in bytes. */
const maximumControlLength = 256;

/** Beyond this much that waits to be written no heartbeat is added: a peer that reads gets signs of life anyway. */
const busyBytes = 65_536;

/** Options of {@link FramedProtocol}. */
export interface FramedProtocolOptions {
  /** The association. */
  readonly owner: StreamOwner;
  /** For the heartbeats and the set-up. */
  readonly clock: Clock;
  /** What is asked of the peer. */
  readonly heartbeat: HeartbeatOptions;
  /** How long the peer may take to say HELLO, in milliseconds. */
  readonly handshakeTimeoutMs: number;
  /** The longest message in bytes. */
  readonly maximumMessageBytes: number;
  /** The endpoint's own addresses, for its HELLO. */
  readonly localAddresses: readonly IpAddress[];
  /** The endpoint's own port, for its HELLO. */
  readonly localPort: number;
}

/** Messages in frames, with a set-up, heartbeats and an end that the peer is told; see FRAMES.md. */
export class FramedProtocol implements StreamProtocol {
  readonly farewell: Uint8Array = encodeControlFrame(FrameType.shutdown);
  readonly abortNotice: Uint8Array = encodeControlFrame(FrameType.abort);
  readonly #options: FramedProtocolOptions;
  readonly #reader: FrameReader;
  #monitor: HeartbeatMonitor | undefined;
  #handshake: TimerHandle | undefined;
  #isUp = false;
  #isStopped = false;

  constructor(options: FramedProtocolOptions) {
    this.#options = options;
    this.#reader = new FrameReader((type) => this.#maximumLength(type));
  }

  start(): void {
    const { owner, clock, heartbeat, handshakeTimeoutMs, localAddresses, localPort } = this.#options;
    const hello = encodeHello({
      version: framingVersion,
      port: localPort,
      heartbeatIntervalMs: heartbeat.intervalMs,
      // Who does not listen cannot be reached at any of them, so they are nobody's business.
      addresses: localPort === 0 ? [] : localAddresses,
    });
    if (!this.#isUp) {
      this.#handshake = clock.setTimer(clock.now() + handshakeTimeoutMs, () => owner.lose('unreachable'));
    }
    owner.write(encodeControlFrame(FrameType.hello, hello));
  }

  check(): void {
    // All messages can be carried.
  }

  encode(message: OutboundMessage, sink: ByteSink): void {
    const { data, stream = 0, unordered = false, payloadProtocolIdentifier } = message;
    sink.put(dataHeader(data.length, stream, unordered, payloadProtocolIdentifier));
    sink.put(data);
  }

  receive(chunk: Uint8Array): void {
    this.#monitor?.sign();
    this.#reader.append(chunk);
    while (!this.#isStopped) {
      const frame = this.#reader.next();
      if (frame === undefined) break;
      if (frame === 'too-long' || !this.#take(frame.header, frame.body)) {
        this.#options.owner.lose('protocol-violation');
        return;
      }
    }
    this.#reader.settle();
  }

  end(): LossReason {
    // A process that dies ends its connections too; only a SHUTDOWN frame makes an end graceful.
    return 'reset';
  }

  readingResumed(): void {
    this.#monitor?.sign();
  }

  readingStopped(): void {
    this.#monitor?.readingStopped();
  }

  stop(): void {
    this.#isStopped = true;
    this.#monitor?.stop();
    if (this.#handshake !== undefined) this.#options.clock.clearTimer(this.#handshake);
  }

  #maximumLength(type: number): number {
    if (!this.#isUp) return type === FrameType.hello ? maximumHelloLength : 0;
    return type === FrameType.data ? this.#options.maximumMessageBytes : maximumControlLength;
  }

  /** Takes a frame; false where it is not allowed. */
  #take(header: FrameHeader, body: Uint8Array): boolean {
    const { owner } = this.#options;
    if (!this.#isUp) return header.type === FrameType.hello && this.#begin(body);
    switch (header.type) {
      case FrameType.data:
        owner.deliver({
          data: body,
          payloadProtocolIdentifier: header.payloadProtocolIdentifier,
          stream: header.stream,
          unordered: (header.flags & 1) === 1,
        });
        return true;
      case FrameType.heartbeat:
        // Who asks without end and never reads must not fill the memory with answers.
        if (owner.unwrittenBytes() < busyBytes) owner.write(encodeControlFrame(FrameType.heartbeatAck, body));
        return true;
      case FrameType.heartbeatAck:
        return true;
      case FrameType.shutdown:
        owner.lose('closed-by-peer');
        return true;
      case FrameType.abort:
        owner.lose('aborted');
        return true;
      default:
        return header.type >= firstSkippableFrameType;
    }
  }

  #begin(body: Uint8Array): boolean {
    const { owner, clock, heartbeat } = this.#options;
    const hello = decodeHello(body);
    if (hello === undefined) return false;
    if (this.#handshake !== undefined) clock.clearTimer(this.#handshake);
    this.#isUp = true;
    this.#monitor = new HeartbeatMonitor({
      clock,
      heartbeat,
      peerIntervalMs: hello.heartbeatIntervalMs,
      isReadingStopped: () => owner.isReadingStopped(),
      beat: () => {
        if (owner.unwrittenBytes() < busyBytes) owner.write(encodeControlFrame(FrameType.heartbeat));
      },
      onSilent: () => owner.lose('heartbeat'),
    });
    owner.establish(hello);
    return true;
  }
}

import type { Machine } from '@rserpool/wire';
import { OutputQueue } from '@rserpool/wire/internal';
import type {
  PingPongClientInput,
  PingPongClientOptions,
  PingPongClientOutput,
  PingPongEvent,
  PingPongSummary,
} from './ping-pong-client-types.ts';
import type { PingPongPacket } from './ping-pong-packet.ts';

/** The user's side of PingPong: sends a ping every so often and keeps account of the replies. */
export class PingPongClientMachine implements Machine<PingPongClientInput, PingPongClientOutput> {
  readonly #options: Required<PingPongClientOptions>;
  readonly #outputs = new OutputQueue<PingPongClientOutput>();
  /** When each ping was sent that has no reply yet, the oldest first. */
  readonly #outstanding: Map<number, number> = new Map();
  #nextSendAt: number | undefined;
  #isFinished = false;
  #sent = 0;
  #replies = 0;
  #lost = 0;
  #outOfOrder = 0;
  #unexpected = 0;
  #repeated = 0;
  #skipped = 0;
  #roundTripsMs = 0;
  #maximumRoundTripMs = 0;
  #highestAnswered = 0;
  #highestReply = 0;

  /**
   * @param options - Interval, count, limits.
   */
  constructor(options: PingPongClientOptions = {}) {
    this.#options = {
      intervalMs: 500,
      count: Infinity,
      replyTimeoutMs: 5_000,
      maximumOutstanding: 10_000,
      data: new Uint8Array(),
      ...options,
    };
  }

  /** What came of the pings so far. */
  get summary(): PingPongSummary {
    return {
      sent: this.#sent,
      replies: this.#replies,
      lost: this.#lost,
      outOfOrder: this.#outOfOrder,
      unexpected: this.#unexpected,
      replyNumbersRepeated: this.#repeated,
      replyNumbersSkipped: this.#skipped,
      roundTripMs: this.#replies === 0 ? 0 : this.#roundTripsMs / this.#replies,
      maximumRoundTripMs: this.#maximumRoundTripMs,
    };
  }

  handle(input: PingPongClientInput, now: number): void {
    if (input.type === 'start') this.#nextSendAt ??= now;
    else this.#reply(input.packet, now);
    this.#goOn(now);
  }

  poll(): PingPongClientOutput | undefined {
    return this.#outputs.take();
  }

  nextTimeout(): number | undefined {
    const [oldest] = this.#outstanding.values();
    const lostAt = oldest === undefined ? Infinity : oldest + this.#options.replyTimeoutMs;
    const at = Math.min(lostAt, this.#mayStillSend ? (this.#nextSendAt ?? Infinity) : Infinity);
    return at === Infinity ? undefined : at;
  }

  handleTimeout(now: number): void {
    for (const [messageNumber, sentAt] of this.#outstanding) {
      if (now < sentAt + this.#options.replyTimeoutMs) break;
      this.#outstanding.delete(messageNumber);
      this.#lost += 1;
      this.#event({ type: 'lost', messageNumber });
    }
    this.#goOn(now);
  }

  get #mayStillSend(): boolean {
    return this.#sent < this.#options.count && this.#outstanding.size < this.#options.maximumOutstanding;
  }

  #goOn(now: number): void {
    // One at a time: a client that was held up does not make up for it in a burst.
    if (this.#nextSendAt !== undefined && now >= this.#nextSendAt && this.#mayStillSend) {
      this.#nextSendAt = now + this.#options.intervalMs;
      this.#sent += 1;
      this.#outstanding.set(this.#sent, now);
      const packet = { type: 'ping', messageNumber: this.#sent, data: this.#options.data } as const;
      this.#outputs.push({ type: 'send', packet });
    }
    if (!this.#isFinished && this.#sent >= this.#options.count && this.#outstanding.size === 0) {
      this.#isFinished = true;
      this.#outputs.push({ type: 'finished' });
    }
  }

  #reply(packet: PingPongPacket, now: number): void {
    const { messageNumber } = packet;
    const replyNumber = packet.type === 'pong' ? packet.replyNumber : 0;
    const sentAt = this.#outstanding.get(messageNumber);
    if (packet.type !== 'pong' || sentAt === undefined) {
      this.#unexpected += 1;
      this.#event({ type: 'unexpectedReply', messageNumber, replyNumber });
      return;
    }
    this.#outstanding.delete(messageNumber);
    const roundTripMs = now - sentAt;
    const outOfOrder = messageNumber < this.#highestAnswered;
    this.#replies += 1;
    this.#roundTripsMs += roundTripMs;
    this.#maximumRoundTripMs = Math.max(this.#maximumRoundTripMs, roundTripMs);
    if (outOfOrder) this.#outOfOrder += 1;
    this.#highestAnswered = Math.max(this.#highestAnswered, messageNumber);
    this.#event({ type: 'reply', messageNumber, replyNumber, roundTripMs, outOfOrder });
    this.#countReply(replyNumber);
  }

  #countReply(replyNumber: number): void {
    const expected = this.#highestReply + 1;
    if (replyNumber !== expected) {
      if (replyNumber < expected) this.#repeated += 1;
      else this.#skipped += 1;
      this.#event({ type: 'replyNumberJump', expected, replyNumber });
    }
    this.#highestReply = Math.max(this.#highestReply, replyNumber);
  }

  #event(event: PingPongEvent): void {
    this.#outputs.push({ type: 'event', event });
  }
}

import type { InboundMessage, LossReason, OutboundMessage } from '../contract/association.ts';
import type { Clock, TimerHandle } from '../contract/clock.ts';
import { Fifo } from '../core/fifo.ts';

/** What travels along a channel, in order. */
export type ChannelEntry =
  /** Asks for an association. */
  | { readonly kind: 'open' }
  /** The answers to it. */
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused' }
  /** A message; `sent` is the sender's own object, for reporting a failure. */
  | { readonly kind: 'message'; readonly inbound: InboundMessage; readonly sent: OutboundMessage }
  /** Nothing follows: a graceful close. */
  | { readonly kind: 'close'; readonly onDelivered: () => void }
  /** The association is gone at the sender. */
  | { readonly kind: 'signal'; readonly reason: LossReason };

/** Options of {@link MemoryChannel}. */
export interface MemoryChannelOptions {
  /** The network's own clock: a network does not hang. */
  readonly clock: Clock;
  /** Draws the delay of an entry. */
  readonly delay: () => number;
  /** Whether an entry that has arrived cannot be delivered at present. */
  readonly isBlocked: (entry: ChannelEntry) => boolean;
  /** Whether the sender stands still at present, so that what it sends waits for it. */
  readonly isHeld: () => boolean;
  /** Takes an entry at the other end. */
  readonly deliver: (entry: ChannelEntry) => void;
  /** Fewer bytes wait than before. */
  readonly onShrink: () => void;
}

interface Travelling {
  readonly entry: ChannelEntry;
  readonly bytes: number;
  arriveAt: number;
  /** Sent by a host that stands still: it leaves when the host goes on. */
  held: boolean;
}

/** One direction of an association in memory: reliable and in order, whatever the delays are. */
export class MemoryChannel {
  readonly #options: MemoryChannelOptions;
  readonly #queue: Fifo<Travelling> = new Fifo();
  #bytes = 0;
  #timer: TimerHandle | undefined;
  #lastArrival = 0;

  constructor(options: MemoryChannelOptions) {
    this.#options = options;
  }

  /** The bytes of the messages that have not arrived. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether nothing is under way. */
  get isEmpty(): boolean {
    return this.#queue.length === 0;
  }

  /** The messages that have not arrived. */
  unsent(): OutboundMessage[] {
    return this.#queue.all().flatMap(({ entry }) => (entry.kind === 'message' ? [entry.sent] : []));
  }

  /**
   * Sends an entry after all that were sent before.
   *
   * @param entry - What to send.
   */
  send(entry: ChannelEntry): void {
    const bytes = entry.kind === 'message' ? entry.inbound.data.length : 0;
    this.#bytes += bytes;
    const travelling: Travelling = { entry, bytes, arriveAt: 0, held: this.#options.isHeld() };
    this.#schedule(travelling);
    this.#queue.push(travelling);
    if (this.#queue.length === 1) this.#arm();
  }

  /**
   * Drops everything under way and sends a last entry.
   *
   * @param reason - Why the association is gone.
   */
  signal(reason: LossReason): void {
    this.#queue.clear();
    this.#bytes = 0;
    this.#lastArrival = 0;
    this.#disarm();
    this.send({ kind: 'signal', reason });
  }

  /** Drops everything under way. */
  clear(): void {
    this.#queue.clear();
    this.#bytes = 0;
    this.#disarm();
  }

  /** The receiver may have room again: tries at once. */
  retry(): void {
    this.#arm();
  }

  /** The network or a host is back: what should have arrived meanwhile is sent once more. */
  retransmit(): void {
    const now = this.#options.clock.now();
    const isHeld = this.#options.isHeld();
    this.#lastArrival = 0;
    for (const travelling of this.#queue.all()) {
      if (isHeld && travelling.held) break;
      if (travelling.held || travelling.arriveAt <= now) {
        travelling.held = false;
        this.#schedule(travelling);
      } else {
        travelling.arriveAt = Math.max(travelling.arriveAt, this.#lastArrival);
        this.#lastArrival = travelling.arriveAt;
      }
    }
    this.#arm();
  }

  #schedule(travelling: Travelling): void {
    const arriveAt = this.#options.clock.now() + this.#options.delay();
    travelling.arriveAt = Math.max(arriveAt, this.#lastArrival);
    this.#lastArrival = travelling.arriveAt;
  }

  #disarm(): void {
    if (this.#timer !== undefined) this.#options.clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  #arm(): void {
    const { first } = this.#queue;
    this.#disarm();
    if (first === undefined) return;
    this.#timer = this.#options.clock.setTimer(first.arriveAt, () => this.#run());
  }

  /** Delivers all that has arrived; what is blocked waits for `retry` or `retransmit`. */
  #run(): void {
    this.#timer = undefined;
    const now = this.#options.clock.now();
    for (;;) {
      const { first } = this.#queue;
      if (first === undefined) return;
      if (first.held || this.#options.isBlocked(first.entry)) return;
      if (first.arriveAt > now) {
        this.#arm();
        return;
      }
      this.#queue.shift();
      this.#bytes -= first.bytes;
      this.#options.deliver(first.entry);
      if (first.bytes > 0) this.#options.onShrink();
    }
  }
}

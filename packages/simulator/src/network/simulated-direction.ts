import type { InboundMessage, LossReason } from '@rserpool/transport';
import { SimulatedEvent } from '../engine/event-queue.ts';
import { corrupted } from './corrupt.ts';
import type { SimulatedHost } from './simulated-host.ts';
import type { SimulatedLink } from './simulated-link.ts';

/** What travels along an association. */
export type ArrivalKind = 'open' | 'accepted' | 'refused' | 'message' | 'close' | 'gone';

const nothing = new Uint8Array(0);

/** Something arrives at one end of an association; where it is a message, it is the message. */
export class Arrival extends SimulatedEvent implements InboundMessage {
  /** What it is. */
  readonly kind: ArrivalKind;
  readonly data: Uint8Array;
  readonly payloadProtocolIdentifier: number;
  readonly stream: number;
  readonly unordered: boolean;
  /** Why the association is gone. */
  readonly reason: LossReason;
  readonly #direction: SimulatedDirection;
  readonly #epoch: number;

  constructor(
    direction: SimulatedDirection,
    kind: ArrivalKind,
    options: { message?: InboundMessage; reason?: LossReason } = {},
  ) {
    super();
    const { message, reason = 'reset' } = options;
    this.#direction = direction;
    this.#epoch = direction.epoch;
    this.kind = kind;
    this.reason = reason;
    this.data = message?.data ?? nothing;
    this.payloadProtocolIdentifier = message?.payloadProtocolIdentifier ?? 0;
    this.stream = message?.stream ?? 0;
    this.unordered = message?.unordered ?? false;
  }

  /** Whether it was lost with everything that was under way. */
  get isLost(): boolean {
    return this.#epoch !== this.#direction.epoch;
  }

  run(): void {
    if (!this.isLost) this.#direction.arrive(this);
  }
}

/** One direction of an association: reliable and in order whatever the delays are, unless the network is wild. */
export class SimulatedDirection {
  /** Counts how often everything under way was lost. */
  epoch = 0;
  /** The bytes that are under way. */
  bytes = 0;
  /** Until when nothing passes, although everybody is alive. */
  stalledUntil = 0;
  readonly from: SimulatedHost;
  readonly to: SimulatedHost;
  readonly #link: SimulatedLink;
  #held: Arrival[] = [];
  #lastArrival = 0;

  /**
   * @param link - The association.
   * @param from - Where it begins.
   * @param to - Where it leads.
   */
  constructor(link: SimulatedLink, from: SimulatedHost, to: SimulatedHost) {
    this.#link = link;
    this.from = from;
    this.to = to;
  }

  /** Whether nothing is held up. */
  get isIdle(): boolean {
    return this.#held.length === 0;
  }

  /**
   * Sends something after all that was sent before.
   *
   * @param kind - What it is.
   * @param options - The message, or why the association is gone.
   */
  send(kind: ArrivalKind, options?: { message?: InboundMessage; reason?: LossReason }): void {
    if (kind !== 'message') {
      this.#schedule(new Arrival(this, kind, options));
      return;
    }
    const message = options?.message;
    const { associations } = this.#link.network.conditions;
    const { loss, duplication, reordering, corruption } = associations;
    if (message === undefined) return;
    if (loss + duplication + reordering + corruption === 0) {
      this.bytes += message.data.length;
      this.#schedule(new Arrival(this, kind, options));
    } else this.#sendWildly(message);
  }

  /** Drops everything that is under way. */
  clear(): void {
    this.epoch += 1;
    this.bytes = 0;
    this.#held = [];
    this.#lastArrival = 0;
  }

  /** Something may pass that was held up. */
  retry(): void {
    if (this.#held.length === 0 || this.#isBlocked()) return;
    const held = this.#held;
    this.#held = [];
    this.#lastArrival = 0;
    for (const arrival of held) this.#schedule(arrival);
  }

  /**
   * Something has come to the end of the path.
   *
   * @param arrival - What it is.
   */
  arrive(arrival: Arrival): void {
    if (this.#held.length > 0 || this.#isBlocked() || this.to.state === 'stopped') {
      this.#held.push(arrival);
      return;
    }
    this.bytes -= arrival.data.length;
    this.#link.arrived(this, arrival);
  }

  #isBlocked(): boolean {
    const { network } = this.#link;
    return (
      !network.reaches(this.from, this.to) ||
      this.stalledUntil > network.time.now() ||
      // Who has no power answers nothing; what a dead process is sent is answered by its host.
      (this.to.state !== 'running' && this.to.isSilent)
    );
  }

  #schedule(arrival: Arrival): void {
    const { network } = this.#link;
    if (this.#held.length > 0) {
      this.#held.push(arrival);
      return;
    }
    const due = Math.max(network.time.now() + network.reliableDelay(this.from, this.to), this.#lastArrival);
    this.#lastArrival = due;
    network.time.schedule(arrival, due);
  }

  /** What no transport does: a mode of its own, to see that everything settles afterwards. */
  #sendWildly(message: InboundMessage): void {
    const { network } = this.#link;
    const { mischief, time, conditions } = network;
    const { loss, duplication, reordering, corruption } = conditions.associations;
    if (mischief.chance(loss)) return;
    for (let copies = mischief.chance(duplication) ? 2 : 1; copies > 0; copies -= 1) {
      const data = mischief.chance(corruption) ? corrupted(message.data, mischief) : message.data;
      const arrival = new Arrival(this, 'message', { message: { ...message, data } });
      this.bytes += data.length;
      if (mischief.chance(reordering)) {
        const due = time.now() + network.delay(this.from, this.to) * mischief.between(0, 20);
        time.schedule(arrival, due);
      } else this.#schedule(arrival);
    }
  }
}

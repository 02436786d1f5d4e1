import type { InboundMessage, LossReason, OutboundMessage } from '@rserpool/transport';
import { OutputQueue } from '@rserpool/wire/internal';
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
  /** When it comes to the end of the path. */
  arriveAt = 0;
  /** Whether it goes its own way, without waiting for what was sent before. */
  isLoose = false;
  readonly #direction: SimulatedDirection;
  readonly #epoch: number;

  constructor(
    direction: SimulatedDirection,
    kind: ArrivalKind,
    message: OutboundMessage | undefined,
    reason: LossReason,
  ) {
    super();
    this.#direction = direction;
    this.#epoch = direction.epoch;
    this.kind = kind;
    this.reason = reason;
    this.data = message?.data ?? nothing;
    this.payloadProtocolIdentifier = message?.payloadProtocolIdentifier ?? 0;
    this.stream = message?.stream ?? 0;
    this.unordered = message?.unordered ?? false;
  }

  run(): void {
    if (this.#epoch === this.#direction.epoch) this.#direction.arrived(this);
  }
}

/**
 * One direction of an association: reliable and in order whatever the delays are, unless the network is wild. Only
 * what comes next is an event; what follows waits for it.
 */
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
  #queue: OutputQueue<Arrival> = new OutputQueue();
  /** What comes next: its event is scheduled, unless it is held up at the end of the path. */
  #next: Arrival | undefined;
  #isHeld = false;
  #lastArrival = 0;
  #undelivered: OutboundMessage[] = [];

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

  /** When the last of all that was sent arrives, or has arrived, unless something holds it up. */
  get lastArrival(): number {
    return this.#lastArrival;
  }

  /** Whether nothing is under way. */
  get isIdle(): boolean {
    return this.#next === undefined;
  }

  /**
   * Sends something after all that was sent before.
   *
   * @param kind - What it is.
   * @param reason - Why the association is gone.
   */
  send(kind: Exclude<ArrivalKind, 'message'>, reason: LossReason = 'reset'): void {
    this.#push(new Arrival(this, kind, undefined, reason));
  }

  /**
   * Sends a message after all that was sent before.
   *
   * @param message - The message.
   */
  sendMessage(message: OutboundMessage): void {
    const { loss, duplication, reordering, corruption } = this.#link.network.conditions.associations;
    if (loss + duplication + reordering + corruption > 0) this.#sendWildly(message);
    else {
      this.bytes += message.data.length;
      this.#push(new Arrival(this, 'message', message, 'reset'));
    }
  }

  /** Drops everything that is under way, and returns the messages that did not arrive, also those dropped before. */
  takeUndelivered(): readonly OutboundMessage[] {
    this.clear();
    const undelivered = this.#undelivered;
    this.#undelivered = [];
    return undelivered;
  }

  /** Drops everything that is under way. */
  clear(): void {
    for (let next = this.#next; next !== undefined; next = this.#queue.take()) {
      if (next.kind === 'message') this.#undelivered.push(next);
    }
    this.epoch += 1;
    this.bytes = 0;
    this.#queue = new OutputQueue();
    this.#next = undefined;
    this.#isHeld = false;
    this.#lastArrival = 0;
  }

  /** Something may pass that was held up: it is sent once more. */
  retry(): void {
    const next = this.#next;
    if (!this.#isHeld || next === undefined || this.#isBlocked()) return;
    const { network } = this.#link;
    this.#isHeld = false;
    next.arriveAt = network.time.now() + network.reliableDelay(this.from, this.to);
    this.#lastArrival = Math.max(this.#lastArrival, next.arriveAt);
    network.time.schedule(next, next.arriveAt);
  }

  /**
   * Something has come to the end of the path.
   *
   * @param arrival - What it is.
   */
  arrived(arrival: Arrival): void {
    if (this.#isBlocked() || this.to.state === 'stopped') {
      // What goes its own way is lost there.
      if (arrival.isLoose) this.bytes -= arrival.data.length;
      else this.#isHeld = true;
      return;
    }
    this.bytes -= arrival.data.length;
    if (!arrival.isLoose) {
      const next = this.#queue.take();
      this.#next = next;
      if (next !== undefined) this.#link.network.time.schedule(next, next.arriveAt);
    }
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

  #push(arrival: Arrival): void {
    const { network } = this.#link;
    const arriveAt = network.time.now() + network.reliableDelay(this.from, this.to);
    arrival.arriveAt = Math.max(arriveAt, this.#lastArrival);
    this.#lastArrival = arrival.arriveAt;
    if (this.#next === undefined) {
      this.#next = arrival;
      network.time.schedule(arrival, arrival.arriveAt);
    } else this.#queue.push(arrival);
  }

  /** What no transport does: a mode of its own, to see that everything settles afterwards. */
  #sendWildly(message: OutboundMessage): void {
    const { network } = this.#link;
    const { mischief, time, conditions } = network;
    const { loss, duplication, reordering, corruption } = conditions.associations;
    if (mischief.chance(loss)) return;
    for (let copies = mischief.chance(duplication) ? 2 : 1; copies > 0; copies -= 1) {
      const data = mischief.chance(corruption) ? corrupted(message.data, mischief) : message.data;
      const arrival = new Arrival(this, 'message', { ...message, data }, 'reset');
      this.bytes += data.length;
      arrival.isLoose = mischief.chance(reordering);
      if (arrival.isLoose) {
        time.schedule(arrival, time.now() + network.delay(this.from, this.to) * mischief.between(0, 20));
      } else this.#push(arrival);
    }
  }
}

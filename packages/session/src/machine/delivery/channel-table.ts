import type { AllocateAssociation, AssociationId, UserTransport } from '@rserpool/wire';
import { bytesToHex } from '@rserpool/wire';
import type { OutputQueue, TimerTable } from '@rserpool/wire/internal';
import type { BusinessCard } from '../business-card.ts';
import type { DeliveryCopy } from './delivery-copy.ts';
import type { DeliveryLimits } from './delivery-limits.ts';
import type { DeliveryOutput, DeliveryTarget } from './delivery-types.ts';
import { ElementChannel } from './element-channel.ts';

/** The timers of single messages: of an association that comes up or is idle, and of a message's whole way. */
export type DeliveryTimer = `channel-${number}` | `deadline-${number}`;

/** What a {@link ChannelTable} needs. */
export interface ChannelTableOptions {
  /** Draws the numbers of associations. */
  readonly allocateAssociation: AllocateAssociation;
  /** How many there may be, and for how long an idle one is kept. */
  readonly limits: DeliveryLimits;
  /** How long an attempt to open one may take, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** The card of the element that the pool user is part of. */
  readonly ownCard: (() => BusinessCard | undefined) | undefined;
  /** The machine's timers. */
  readonly timers: TimerTable<DeliveryTimer>;
  /** Where outputs go. */
  readonly outputs: OutputQueue<DeliveryOutput>;
}

/**
 * The associations of single messages, one for each target, opened when they are needed and closed when nothing goes
 * over them any more (RFC 5352 section 6.5.1 C and D).
 */
export class ChannelTable {
  readonly #options: ChannelTableOptions;
  /** In the order of their use: the one that was used longest ago comes first. */
  readonly #channels: Map<string, ElementChannel> = new Map();
  readonly #keys: Map<AssociationId, string> = new Map();

  /**
   * @param options - Limits, times.
   */
  constructor(options: ChannelTableOptions) {
    this.#options = options;
  }

  /** The channel of an association, or `undefined` where it is closed or a session's. */
  get(association: AssociationId): ElementChannel | undefined {
    const key = this.#keys.get(association);
    return key === undefined ? undefined : this.#channels.get(key);
  }

  /** All channels. */
  all(): ElementChannel[] {
    return [...this.#channels.values()];
  }

  /**
   * The channel to a target, which is opened where there is none.
   *
   * @param target - Whom it leads to.
   * @param copy - What goes there; a new element is sent the cookie of the lost one first.
   * @param now - The time.
   * @returns The channel, or `undefined` where there are too many and all are busy.
   */
  open(target: DeliveryTarget, copy: DeliveryCopy, now: number): ElementChannel | undefined {
    const key = keyOf(target);
    const known = this.#channels.get(key);
    if (known !== undefined) {
      this.touch(known, now);
      return known;
    }
    if (this.#channels.size >= this.#options.limits.maximumAssociations && !this.#closeIdlest()) {
      return undefined;
    }
    const { allocateAssociation, ownCard, outputs } = this.#options;
    const association = allocateAssociation();
    const channel = new ElementChannel({ association, target, cookie: copy.cookie, ownCard, outputs });
    this.#channels.set(key, channel);
    this.#keys.set(association, key);
    this.#options.timers.set(`channel-${association}`, now + this.#options.connectTimeoutMs);
    outputs.push({ type: 'open', association, transport: target.transport });
    return channel;
  }

  /**
   * A channel is used: it is idle again from now on.
   *
   * @param channel - The channel.
   * @param now - The time.
   */
  touch(channel: ElementChannel, now: number): void {
    const key = this.#keys.get(channel.association);
    if (key === undefined) return;
    this.#channels.delete(key);
    this.#channels.set(key, channel);
    if (!channel.isUp) return;
    const timer: DeliveryTimer = `channel-${channel.association}`;
    if (channel.isIdle) this.#options.timers.set(timer, now + this.#options.limits.idleTimeoutMs);
    else this.#options.timers.stop(timer);
  }

  /**
   * Forgets a channel that is gone.
   *
   * @param channel - The channel.
   * @param closing - Whether its association has to be closed, and how.
   */
  remove(channel: ElementChannel, closing: 'none' | 'graceful' | 'abort'): void {
    const { association } = channel;
    const key = this.#keys.get(association);
    if (key === undefined) return;
    this.#keys.delete(association);
    this.#channels.delete(key);
    this.#options.timers.stop(`channel-${association}`);
    if (closing === 'none') return;
    this.#options.outputs.push({ type: 'close', association, abort: closing === 'abort' });
  }

  #closeIdlest(): boolean {
    for (const channel of this.#channels.values()) {
      if (!channel.isIdle) continue;
      this.remove(channel, 'graceful');
      return true;
    }
    return false;
  }
}

/** An element is another target at another address, and an address is another one than an element that has it. */
function keyOf({ transport, element }: DeliveryTarget): string {
  const name =
    element === undefined
      ? ''
      : `${bytesToHex(element.poolHandle)} ${String(element.poolElement.identifier)}`;
  return `${name} ${addressOf(transport)}`;
}

function addressOf(transport: UserTransport): string {
  if (transport.protocol === 'opaque') return `opaque ${bytesToHex(transport.data)}`;
  const addresses = transport.protocol === 'sctp' ? transport.addresses : [transport.address];
  return `${transport.protocol} ${addresses.map(bytesToHex).join(',')} ${String(transport.port)}`;
}

import type { ResolvedPool } from '@rserpool/asap';
import { type AllocateAssociation, type AssociationId, type Machine, RserpoolError } from '@rserpool/wire';
import { OutputQueue, TimerTable } from '@rserpool/wire/internal';
import { type ElementLossReason, isUnreachable } from '../attempt-failure.ts';
import type { BusinessCard } from '../business-card.ts';
import type { SessionProtocol } from '../element-choice.ts';
import type { PoolSelectors } from '../pool-selectors.ts';
import { type SessionTiming, sessionTimingProfiles } from '../session-timing.ts';
import { ChannelTable, type DeliveryTimer } from './channel-table.ts';
import { createCopy, type Delivery, type DeliveryCopy } from './delivery-copy.ts';
import { defaultDeliveryLimits, type DeliveryLimits } from './delivery-limits.ts';
import type {
  DeliveryEvent,
  DeliveryFailure,
  DeliveryId,
  DeliveryInput,
  DeliveryOutput,
  DeliveryTarget,
} from './delivery-types.ts';
import type { ElementChannel } from './element-channel.ts';
import { ElementSelection, targetOf } from './element-selection.ts';

/** Options of a {@link DeliveryMachine}. */
export interface DeliveryMachineOptions {
  /** Over which protocols elements can be reached. */
  readonly protocols: readonly SessionProtocol[];
  /** Draws the numbers of associations. */
  readonly allocateAssociation: AllocateAssociation;
  /** The state of the policies, shared with the sessions of the pool user. */
  readonly selectors: PoolSelectors;
  /**
   * Times; those of the profile `rfc` where they are absent. `elementConnectTimeoutMs` bounds one attempt,
   * `maximumFailoverAttempts` their number, `failoverTimeoutMs` the whole way of a message.
   */
  readonly timing?: Partial<SessionTiming>;
  /** Limits; {@link defaultDeliveryLimits} where they are absent. */
  readonly limits?: Partial<DeliveryLimits>;
  /** The card of the element that the pool user is part of (RFC 5352 section 3.9). */
  readonly ownCard?: () => BusinessCard | undefined;
}

type NetworkInput = Extract<DeliveryInput, { readonly association: AssociationId }>;

/**
 * data_send_request (RFC 5352 section 6.5): single messages to a pool, to one of its elements, or to a transport
 * address, each with its own delivery options, over associations that are shared by all messages to the same target.
 */
export class DeliveryMachine implements Machine<DeliveryInput, DeliveryOutput> {
  readonly #outputs = new OutputQueue<DeliveryOutput>();
  readonly #timers = new TimerTable<DeliveryTimer>();
  readonly #timing: SessionTiming;
  readonly #limits: DeliveryLimits;
  readonly #channels: ChannelTable;
  readonly #selection: ElementSelection;
  /** Those that are on their way, by their key. */
  readonly #deliveries: Map<number, Delivery> = new Map();
  readonly #keys: Map<DeliveryId, number> = new Map();
  readonly #resolving: Map<number, DeliveryCopy> = new Map();
  #waitingBytes = 0;
  #lastKey = 0;
  #isShutDown = false;

  /**
   * @param options - What the machine needs.
   */
  constructor(options: DeliveryMachineOptions) {
    const { allocateAssociation, ownCard } = options;
    this.#timing = { ...sessionTimingProfiles.rfc, ...options.timing };
    this.#limits = { ...defaultDeliveryLimits, ...options.limits };
    this.#selection = new ElementSelection(options.selectors, options.protocols, ownCard);
    this.#channels = new ChannelTable({
      allocateAssociation,
      ownCard,
      limits: this.#limits,
      connectTimeoutMs: this.#timing.elementConnectTimeoutMs,
      timers: this.#timers,
      outputs: this.#outputs,
    });
  }

  /**
   * Whether an association is one of this machine.
   *
   * @param association - Its number.
   */
  has(association: AssociationId): boolean {
    return this.#channels.get(association) !== undefined;
  }

  /**
   * Takes one input.
   *
   * @param input - What happened.
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for the number of a delivery that is under way.
   */
  handle(input: DeliveryInput, now: number): void {
    switch (input.type) {
      case 'deliver':
        this.#deliver(input, now);
        break;
      case 'cancelDelivery': {
        const key = this.#keys.get(input.delivery);
        if (key !== undefined) this.#giveUp(key, undefined);
        break;
      }
      case 'resolved':
        this.#resolved(input.request, input.pool, now);
        break;
      case 'resolutionFailed': {
        const copy = this.#takeResolving(input.request);
        const { reason: resolution, causes } = input;
        if (copy !== undefined) this.#failCopy(copy, { reason: 'resolution', resolution, causes });
        break;
      }
      case 'shutdown':
        this.#shutdown();
        break;
      default: {
        const channel = this.#channels.get(input.association);
        if (channel !== undefined) this.#fromNetwork(channel, input, now);
      }
    }
  }

  /** The next thing to do, in order, or `undefined` when there is nothing left. */
  poll(): DeliveryOutput | undefined {
    return this.#outputs.take();
  }

  /** When {@link handleTimeout} wants to be called, or `undefined` while no timer runs. */
  nextTimeout(): number | undefined {
    return this.#timers.next();
  }

  /**
   * Runs the timers that are due.
   *
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   */
  handleTimeout(now: number): void {
    for (
      let timer = this.#timers.takeExpired(now);
      timer !== undefined;
      timer = this.#timers.takeExpired(now)
    ) {
      const number = Number(timer.slice(timer.indexOf('-') + 1));
      if (timer.startsWith('deadline-')) this.#giveUp(number, { reason: 'timeout' });
      else {
        const channel = this.#channels.get(number);
        if (channel?.isUp === true) this.#channels.remove(channel, 'graceful');
        else if (channel !== undefined) this.#lost(channel, 'connect-timeout', 'abort');
      }
    }
  }

  #deliver(input: Extract<DeliveryInput, { type: 'deliver' }>, now: number): void {
    const { delivery: id, destination, message, options = {} } = input;
    if (this.#keys.has(id)) {
      throw new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', `Delivery ${id} exists: draw a new number.`);
    }
    const delivery: Delivery = {
      key: ++this.#lastKey,
      id,
      destination,
      message,
      failover:
        (options.failover ?? true) && options.toAll !== true && destination.type !== 'transportAddress',
      toLast: options.toLast ?? false,
      toAll: options.toAll ?? false,
      toSelf: options.toSelf ?? false,
      outstanding: 1,
      targets: [],
      failures: [],
      isAnswered: false,
      hasBypassedCache: false,
    };
    this.#keys.set(id, delivery.key);
    const copy = createCopy(delivery);
    const isFull = this.#deliveries.size >= this.#limits.maximumWaitingMessages;
    this.#deliveries.set(delivery.key, delivery);
    this.#waitingBytes += message.data.length;
    if (this.#isShutDown) this.#failCopy(copy, { reason: 'closed' });
    else if (isFull || this.#waitingBytes > this.#limits.maximumWaitingBytes) {
      this.#failCopy(copy, { reason: 'limit' });
    } else {
      this.#timers.set(`deadline-${delivery.key}`, now + this.#timing.failoverTimeoutMs);
      this.#begin(copy, now);
    }
  }

  #begin(copy: DeliveryCopy, now: number): void {
    const { destination } = copy.delivery;
    switch (destination.type) {
      case 'pool':
        this.#resolve(copy, false);
        break;
      case 'poolElement':
        // Section 6.5.3: A) the message goes out, B) the pool handle is resolved where the cache is not up to date.
        this.#send(copy, targetOf(destination.poolHandle, destination.poolElement), now);
        this.#outputs.push({ type: 'populateCache', poolHandle: destination.poolHandle });
        break;
      case 'transportAddress':
        this.#send(copy, { transport: destination.transport, element: undefined }, now);
        break;
    }
  }

  #resolve(copy: DeliveryCopy, bypassCache: boolean): void {
    const { key, destination } = copy.delivery;
    if (destination.type === 'transportAddress') return;
    const { poolHandle } = destination;
    copy.delivery.hasBypassedCache = bypassCache;
    this.#resolving.set(key, copy);
    this.#outputs.push({ type: 'resolve', request: key, poolHandle, bypassCache });
  }

  #resolved(request: number, pool: ResolvedPool, now: number): void {
    const copy = this.#takeResolving(request);
    if (copy === undefined) return;
    const { delivery } = copy;
    delivery.hasBypassedCache ||= !pool.fromCache;
    if (delivery.toAll) {
      this.#sendToAll(copy, pool, now);
      return;
    }
    const target = this.#selection.one(pool, copy);
    if (target !== undefined) this.#send(copy, target, now);
    else if (delivery.hasBypassedCache) this.#failCopy(copy, noElement(copy));
    else this.#resolve(copy, true);
  }

  #sendToAll(placeholder: DeliveryCopy, pool: ResolvedPool, now: number): void {
    const { delivery, message } = placeholder;
    const targets = this.#selection.all(pool, delivery.toSelf);
    const bytes = message.data.length * ((targets?.length ?? 0) - 1);
    if (targets === undefined) this.#failCopy(placeholder, noElement(placeholder));
    else if (bytes > 0 && this.#waitingBytes + bytes > this.#limits.maximumWaitingBytes) {
      this.#failCopy(placeholder, { reason: 'limit' });
    } else {
      delivery.outstanding = targets.length;
      this.#waitingBytes += bytes;
      for (const target of targets) this.#send(createCopy(delivery), target, now);
      // The pool has no element but the sender.
      if (targets.length === 0) this.#settle(delivery);
    }
  }

  #send(copy: DeliveryCopy, target: DeliveryTarget, now: number): void {
    const channel = this.#channels.open(target, copy, now);
    if (channel === undefined) this.#failCopy(copy, { reason: 'limit' });
    else this.#handed(channel.send(copy), channel, now);
  }

  #handed(copies: readonly DeliveryCopy[], channel: ElementChannel, now: number): void {
    const { target } = channel;
    for (const { delivery, message } of copies) {
      this.#waitingBytes -= message.data.length;
      this.#selection.sent(target);
      delivery.targets.push(target);
      this.#event({ type: 'messageSent', delivery: delivery.id, target });
      this.#settleOne(delivery);
    }
    this.#channels.touch(channel, now);
  }

  #fromNetwork(channel: ElementChannel, input: NetworkInput, now: number): void {
    switch (input.type) {
      case 'associationUp':
        this.#handed(channel.up(input.controlChannel), channel, now);
        break;
      case 'associationLost':
        this.#lost(channel, input.reason, input.reason === 'restarted' ? 'abort' : 'none');
        break;
      case 'data':
        channel.served();
        this.#channels.touch(channel, now);
        this.#outputs.push({ type: 'received', message: input.message, sender: channel.target });
        break;
      case 'control':
        if (!channel.control(input.message, input.reports)) break;
        // The element has not served anything: all of it goes elsewhere, or comes back.
        for (const copy of channel.takeRemembered()) this.#returned(copy, channel, 'cookie-refused', now);
        this.#lost(channel, 'cookie-refused', 'graceful');
        break;
      case 'malformedControl':
        channel.malformed(input.error);
        break;
      case 'congested':
        channel.congested();
        break;
      case 'writable':
        this.#handed(channel.writable(), channel, now);
        break;
      case 'pathChanged':
        break;
      case 'notSent':
      case 'sendFailed': {
        const copy = channel.returned(input.message);
        if (copy === undefined) break;
        copy.mayHaveArrived ||= input.type === 'sendFailed';
        this.#returned(copy, channel, 'send-failed', now);
        break;
      }
    }
  }

  #lost(channel: ElementChannel, loss: ElementLossReason, closing: 'none' | 'graceful' | 'abort'): void {
    this.#channels.remove(channel, closing);
    const { element } = channel.target;
    if (element !== undefined && isUnreachable(loss)) {
      const { poolHandle, poolElement } = element;
      const { identifier: poolElementIdentifier } = poolElement;
      this.#outputs.push({ type: 'reportUnreachable', poolHandle, poolElementIdentifier });
    }
    for (const copy of channel.takeWaiting()) this.#attemptFailed(copy, channel, loss);
  }

  /** An association gives back a message that the application may believe to be sent. */
  #returned(copy: DeliveryCopy, channel: ElementChannel, loss: ElementLossReason, now: number): void {
    const { delivery } = copy;
    if (delivery.outstanding === 0) {
      this.#deliveries.set(delivery.key, delivery);
      this.#timers.set(`deadline-${delivery.key}`, now + this.#timing.failoverTimeoutMs);
    }
    delivery.outstanding += 1;
    delivery.targets.splice(delivery.targets.indexOf(channel.target), 1);
    this.#waitingBytes += copy.message.data.length;
    this.#attemptFailed(copy, channel, loss);
  }

  #attemptFailed(copy: DeliveryCopy, channel: ElementChannel, loss: ElementLossReason): void {
    const { delivery } = copy;
    const { target } = channel;
    copy.attempts += 1;
    copy.lastLoss = loss;
    const { id, failover } = delivery;
    this.#event({ type: 'deliveryAttemptFailed', delivery: id, target, loss, attempt: copy.attempts });
    if (!failover || target.element === undefined) {
      this.#failCopy(copy, { reason: 'unreachable', target, loss });
    } else if (copy.attempts >= this.#timing.maximumFailoverAttempts) {
      this.#failCopy(copy, noElement(copy));
    } else {
      copy.tried.add(target.element.poolElement.identifier);
      copy.cookie = channel.cookie ?? copy.cookie;
      if (channel.preferred.length > 0) copy.preferred = channel.preferred;
      this.#resolve(copy, false);
    }
  }

  #failCopy(copy: DeliveryCopy, failure: DeliveryFailure): void {
    const { delivery, message, mayHaveArrived } = copy;
    this.#waitingBytes -= message.data.length;
    delivery.failures.push(failure);
    this.#event({ type: 'deliveryFailed', delivery: delivery.id, message, failure, mayHaveArrived });
    this.#settleOne(delivery);
  }

  #settleOne(delivery: Delivery): void {
    delivery.outstanding -= 1;
    if (delivery.outstanding === 0) this.#settle(delivery);
  }

  #settle(delivery: Delivery): void {
    this.#forget(delivery);
    if (delivery.isAnswered) return;
    delivery.isAnswered = true;
    const { id, targets, failures } = delivery;
    const [failure] = failures;
    if (targets.length > 0 || failure === undefined) {
      this.#outputs.push({ type: 'delivered', delivery: id, targets: [...targets], failures: [...failures] });
    } else this.#outputs.push({ type: 'notDelivered', delivery: id, failure });
  }

  #forget({ key, id }: Delivery): void {
    this.#deliveries.delete(key);
    if (this.#keys.get(id) === key) this.#keys.delete(id);
    this.#timers.stop(`deadline-${key}`);
  }

  #takeResolving(request: number): DeliveryCopy | undefined {
    const copy = this.#resolving.get(request);
    this.#resolving.delete(request);
    return copy;
  }

  /** Ends the way of a message: with a failure, or without a word where it was cancelled. */
  #giveUp(key: number, failure: DeliveryFailure | undefined): void {
    const delivery = this.#deliveries.get(key);
    if (delivery === undefined) return;
    const resolving = this.#takeResolving(key);
    if (resolving !== undefined) this.#outputs.push({ type: 'cancelResolution', request: key });
    const waiting = this.#channels.all().flatMap((channel) => channel.cancel(key));
    for (const copy of resolving === undefined ? waiting : [resolving, ...waiting]) {
      if (failure !== undefined) this.#failCopy(copy, failure);
      else this.#waitingBytes -= copy.message.data.length;
    }
    if (failure === undefined) this.#forget(delivery);
  }

  #shutdown(): void {
    this.#isShutDown = true;
    for (const key of this.#deliveries.keys()) this.#giveUp(key, { reason: 'closed' });
    for (const channel of this.#channels.all()) this.#channels.remove(channel, 'graceful');
  }

  #event(event: DeliveryEvent): void {
    this.#outputs.push({ type: 'event', event });
  }
}

function noElement({ lastLoss }: DeliveryCopy): DeliveryFailure {
  return lastLoss === undefined ? { reason: 'noElement' } : { reason: 'noElement', last: lastLoss };
}

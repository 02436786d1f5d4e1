import type { PoolElementOfPool } from '@rserpool/asap';
import type { HeartbeatOptions } from '@rserpool/transport';
import type { AssociationId, RemoteEndpoint } from '@rserpool/wire';
import { abortable } from './abortable.ts';
import { deliveryError } from './delivery-error.ts';
import type { ElementAssociations } from './element-associations.ts';
import { Inbox } from './inbox.ts';
import type {
  DeliveryApplicationOutput,
  DeliveryId,
  DeliveryInput,
  DeliveryNetworkOutput,
  DeliveryTarget,
  Destination,
} from './machine/delivery/delivery-types.ts';
import { type PoolElementHandle, toPoolElementHandle } from './pool-element-handle.ts';
import {
  type DestinationForm,
  type MessagePeer,
  type PoolMessage,
  type PoolSendOptions,
  remoteOfTarget,
  type SentMessage,
  toDeliveryOptions,
  toDestination,
} from './pool-message.ts';
import { toSessionMessage } from './send-options.ts';
import type { DataForm } from './text-forms.ts';

/** How {@link RunningDeliveries} is set up. */
export interface RunningDeliveriesOptions {
  /** The associations of the pool user. */
  readonly associations: ElementAssociations;
  /** How they are supervised. */
  readonly heartbeat: HeartbeatOptions;
  /** The longest message that the transport takes. */
  readonly maximumMessageBytes: number;
  /** The longest pool handle. */
  readonly maximumPoolHandleBytes: number;
  /** From how many bytes that the application has not taken the senders are held up. */
  readonly receiveHighWaterMarkBytes: number;
  /** Gives the machine what the application wants. */
  readonly command: (input: Extract<DeliveryInput, { type: 'deliver' | 'cancelDelivery' }>) => void;
  /** Names the element at an address. */
  readonly elementAt: (remote: RemoteEndpoint) => PoolElementOfPool | undefined;
}

/** A message that waits for its answer. */
interface Pending {
  readonly destination: Destination;
  readonly resolve: (sent: SentMessage) => void;
  readonly reject: (error: Error) => void;
}

/** The single messages of a pool user, for the application: promises for those that are sent, an inbox for answers. */
export class RunningDeliveries {
  readonly #options: RunningDeliveriesOptions;
  readonly #inbox: Inbox<PoolMessage>;
  readonly #pending: Map<DeliveryId, Pending> = new Map();
  readonly #open: Set<AssociationId> = new Set();
  /** Who is behind a target, which lives as long as its association. */
  readonly #peers: WeakMap<DeliveryTarget, MessagePeer> = new WeakMap();
  #isPaused = false;
  #last = 0;

  /**
   * @param options - Associations and the machine.
   */
  constructor(options: RunningDeliveriesOptions) {
    this.#options = options;
    this.#inbox = new Inbox({
      sizeOf: ({ data }) => data.length,
      highWaterMark: options.receiveHighWaterMarkBytes,
      onFull: (isFull) => {
        this.#isPaused = isFull;
        for (const association of this.#open) options.associations.setPaused(association, isFull);
      },
    });
  }

  /**
   * Sends one message.
   *
   * @param form - Where to.
   * @param data - What.
   * @param options - How.
   */
  async send(form: DestinationForm, data: DataForm, options?: PoolSendOptions): Promise<SentMessage> {
    const destination = toDestination(form, this.#options.maximumPoolHandleBytes);
    const deliveryOptions = toDeliveryOptions(destination, options);
    const message = toSessionMessage(data, options, this.#options.maximumMessageBytes);
    const delivery = ++this.#last;
    return await abortable<SentMessage>(options?.signal, (resolve, reject) => {
      this.#pending.set(delivery, { destination, resolve, reject });
      this.#options.command({ type: 'deliver', delivery, destination, message, options: deliveryOptions });
      return () => {
        this.#pending.delete(delivery);
        this.#options.command({ type: 'cancelDelivery', delivery });
      };
    });
  }

  /** The messages that come outside of sessions, for one loop. */
  messages(): AsyncIterable<PoolMessage, undefined> {
    return { [Symbol.asyncIterator]: () => this.#inbox.iterate() };
  }

  /**
   * Does what the machine wants, but for events.
   *
   * @param output - What it wants.
   */
  perform(output: DeliveryNetworkOutput | Exclude<DeliveryApplicationOutput, { type: 'event' }>): void {
    switch (output.type) {
      case 'delivered': {
        const { targets, failures } = output;
        const pending = this.#take(output.delivery);
        pending?.resolve({
          to: targets.map((target) => this.#peer(target)),
          failures: failures.map((failure) => deliveryError(pending.destination, failure)),
        });
        break;
      }
      case 'notDelivered': {
        const pending = this.#take(output.delivery);
        pending?.reject(deliveryError(pending.destination, output.failure));
        break;
      }
      case 'received': {
        const { data, payloadProtocolIdentifier, stream, unordered } = output.message;
        const sender = this.#peer(output.sender);
        this.#inbox.push({ data, payloadProtocolIdentifier, stream, unordered, sender });
        break;
      }
      default:
        if (output.type === 'open') this.#open.add(output.association);
        else if (output.type === 'close') this.#open.delete(output.association);
        this.#options.associations.run(output, this.#options.heartbeat, this.#isPaused);
    }
  }

  /**
   * An association is gone.
   *
   * @param association - Its number; those of sessions are not known here.
   */
  lost(association: AssociationId): void {
    this.#open.delete(association);
  }

  /** No more messages come. */
  end(): void {
    this.#inbox.end();
  }

  #take(delivery: DeliveryId): Pending | undefined {
    const pending = this.#pending.get(delivery);
    this.#pending.delete(delivery);
    return pending;
  }

  #peer(target: DeliveryTarget): MessagePeer {
    const known = this.#peers.get(target);
    if (known !== undefined) return known;
    const remote = remoteOfTarget(target);
    const peer: MessagePeer = { handle: handleOf(target.element ?? this.#options.elementAt(remote)), remote };
    this.#peers.set(target, peer);
    return peer;
  }
}

function handleOf(element: PoolElementOfPool | undefined): PoolElementHandle | undefined {
  return element === undefined ? undefined : toPoolElementHandle(element.poolHandle, element.poolElement);
}

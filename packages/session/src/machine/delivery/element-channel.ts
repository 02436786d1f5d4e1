import type { AsapMessage, AssociationId, DecodeError, ErrorCause } from '@rserpool/wire';
import { OutputQueue } from '@rserpool/wire/internal';
import type { BusinessCard } from '../business-card.ts';
import { isControlled } from '../control-channel.ts';
import { SessionControl } from '../session-control.ts';
import type { SessionMessage } from '../session-message.ts';
import type { SessionOutput } from '../session-output.ts';
import type { DeliveryCopy } from './delivery-copy.ts';
import type { DeliveryOutput, DeliveryTarget } from './delivery-types.ts';
import { RememberedCopies } from './remembered-copies.ts';

/** How an {@link ElementChannel} is set up. */
export interface ElementChannelOptions {
  /** The number of its association. */
  readonly association: AssociationId;
  /** Whom it leads to. */
  readonly target: DeliveryTarget;
  /** The cookie of a lost element, whose place this one takes. */
  readonly cookie: Uint8Array | undefined;
  /** The card of the element that the pool user is part of. */
  readonly ownCard: (() => BusinessCard | undefined) | undefined;
  /** Where outputs go. */
  readonly outputs: OutputQueue<DeliveryOutput>;
}

/** The association with one target of single messages: what waits for it, and its control channel. */
export class ElementChannel {
  readonly association: AssociationId;
  readonly target: DeliveryTarget;
  readonly #outputs: OutputQueue<DeliveryOutput>;
  readonly #controlOutputs: OutputQueue<SessionOutput> = new OutputQueue();
  readonly #control: SessionControl;
  readonly #remembered = new RememberedCopies();
  #waiting: DeliveryCopy[] = [];
  #preferred: readonly number[] = [];
  #isUp = false;
  #isCongested = false;

  /**
   * @param options - The association, and what goes with it.
   */
  constructor(options: ElementChannelOptions) {
    this.association = options.association;
    this.target = options.target;
    this.#outputs = options.outputs;
    const { cookie, ownCard } = options;
    this.#control = new SessionControl(
      this.#controlOutputs,
      { prefer: (_poolHandle, identifiers) => (this.#preferred = identifiers) },
      { covered: () => undefined },
      { ...(cookie === undefined ? {} : { cookie }), ...(ownCard === undefined ? {} : { ownCard }) },
    );
  }

  /** Whether its association is up. */
  get isUp(): boolean {
    return this.#isUp;
  }

  /** Whether it is up and nothing waits for it. */
  get isIdle(): boolean {
    return this.#isUp && this.#waiting.length === 0;
  }

  /** The latest cookie of the element, for its successor. */
  get cookie(): Uint8Array | undefined {
    return this.#control.cookie;
  }

  /** The order of failover that the element's card recommends; empty before the first card. */
  get preferred(): readonly number[] {
    return this.#preferred;
  }

  /**
   * Sends a copy, or keeps it until there is room.
   *
   * @param copy - What to send.
   * @returns The copies that were handed over.
   */
  send(copy: DeliveryCopy): readonly DeliveryCopy[] {
    this.#waiting.push(copy);
    return this.#flush();
  }

  /**
   * The association is up.
   *
   * @param controlChannel - Whether it carries ASAP's messages.
   * @returns The copies that were handed over.
   */
  up(controlChannel: boolean): readonly DeliveryCopy[] {
    this.#isUp = true;
    // Section 6.5.4: a transport address is used past ASAP, also past its control channel.
    if (controlChannel && this.target.element !== undefined && isControlled(this.target.transport)) {
      this.#control.open(this.association);
      this.#passControl();
    }
    return this.#flush();
  }

  /** The association is full. */
  congested(): void {
    this.#isCongested = true;
  }

  /**
   * There is room again.
   *
   * @returns The copies that were handed over.
   */
  writable(): readonly DeliveryCopy[] {
    this.#isCongested = false;
    return this.#flush();
  }

  /** A message of the application came. */
  served(): void {
    this.#control.served();
  }

  /**
   * Takes an ASAP message.
   *
   * @param message - The message.
   * @param reports - What has to be reported about it.
   * @returns Whether the element refuses the cookie that it was sent.
   */
  control(message: AsapMessage, reports: readonly ErrorCause[]): boolean {
    const isRefused = this.#control.received(message, reports);
    this.#passControl();
    return isRefused;
  }

  /**
   * Takes what is no ASAP message.
   *
   * @param error - What the codec says about it.
   */
  malformed(error: DecodeError): void {
    this.#control.malformed(error);
    this.#passControl();
  }

  /**
   * A message came back from the association.
   *
   * @param message - The message, as the transport has it.
   */
  returned(message: SessionMessage): DeliveryCopy | undefined {
    return this.#remembered.take(message);
  }

  /** Takes all that the association has taken and that is remembered: the element refuses to serve it. */
  takeRemembered(): readonly DeliveryCopy[] {
    return this.#remembered.takeAll();
  }

  /** Takes everything that waits; the association is gone. */
  takeWaiting(): readonly DeliveryCopy[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }

  /**
   * Takes out the copy of a message that is not wanted any more.
   *
   * @param key - The machine's number of the message.
   */
  cancel(key: number): readonly DeliveryCopy[] {
    const taken = this.#waiting.filter((copy) => copy.delivery.key === key);
    if (taken.length > 0) this.#waiting = this.#waiting.filter((copy) => copy.delivery.key !== key);
    return taken;
  }

  #flush(): readonly DeliveryCopy[] {
    if (!this.#isUp || this.#isCongested) return [];
    const handed = this.takeWaiting();
    for (const copy of handed) {
      this.#remembered.add(copy);
      this.#outputs.push({ type: 'sendData', association: this.association, message: copy.message });
    }
    return handed;
  }

  #passControl(): void {
    for (
      let output = this.#controlOutputs.take();
      output !== undefined;
      output = this.#controlOutputs.take()
    ) {
      if (output.type === 'sendControl') this.#outputs.push(output);
      else if (output.type === 'populateCache' && output.poolHandle !== undefined) {
        this.#outputs.push({ type: 'populateCache', poolHandle: output.poolHandle });
      } else if (output.type === 'event' && output.event.type === 'controlError') {
        const { messageType, causes } = output.event;
        this.#outputs.push({
          type: 'event',
          event: { type: 'deliveryControlError', target: this.target, messageType, causes },
        });
      }
    }
  }
}

import type { AssociationId } from '@rserpool/wire';
import type { OutputQueue } from '@rserpool/wire/internal';
import { MessageBacklog } from './message-backlog.ts';
import { RetainedMessages } from './retained-messages.ts';
import { defaultSessionLimits, type SessionLimits } from './session-limits.ts';
import type { SessionMessage } from './session-message.ts';
import type { SessionOutput } from './session-output.ts';

const noMessages = [] as const;

/** A message that no other element may get. */
export interface GivenUpMessage {
  /** The message. */
  readonly message: SessionMessage;
  /** Whether it was sent to the element that is gone. */
  readonly mayHaveArrived: boolean;
}

/**
 * The way of the application's messages to whatever element the session has: they wait while there is none or its
 * association is full, and with `sinceCookie` they are kept until a cookie covers them.
 */
export class SendPath {
  readonly #outputs: OutputQueue<SessionOutput>;
  readonly #limits: SessionLimits;
  readonly #backlog = new MessageBacklog();
  #retained: RetainedMessages | undefined;
  readonly #wantsRetention: boolean;
  #unsent: SessionMessage[] = [];
  #association: AssociationId | undefined;
  #isCongested = false;
  #hasToldFull = false;
  #taken = 0;

  /**
   * @param outputs - Where the machine's outputs go.
   * @param resend - Whether messages are kept until a cookie covers them.
   * @param limits - What is kept at most.
   */
  constructor(
    outputs: OutputQueue<SessionOutput>,
    resend: 'none' | 'sinceCookie',
    limits: Partial<SessionLimits> | undefined,
  ) {
    this.#outputs = outputs;
    this.#limits = { ...defaultSessionLimits, ...limits };
    this.#wantsRetention = resend === 'sinceCookie';
    if (this.#wantsRetention) this.#retained = new RetainedMessages();
  }

  /** How many messages the application has sent so far. */
  get taken(): number {
    return this.#taken;
  }

  /** Whether messages are kept until a cookie covers them. */
  get isRetaining(): boolean {
    return this.#retained !== undefined;
  }

  /** Whether messages may be sent without waiting. */
  get isWritable(): boolean {
    return this.#backlog.bytes < this.#limits.sendHighWaterMarkBytes && !this.#isCongested;
  }

  /** Whether nothing waits any more that an element has not been sent. */
  get isFlushed(): boolean {
    if (this.#backlog.size > 0 || this.#unsent.length > 0) return false;
    return this.#association !== undefined || this.#retained === undefined || this.#retained.bytes === 0;
  }

  /**
   * Why a message would be refused now, if it would.
   *
   * @param bytes - Its length.
   */
  refusal(bytes: number): 'queueFull' | 'retainedFull' | undefined {
    if (this.#backlog.bytes + bytes > this.#limits.maximumQueuedBytes) return 'queueFull';
    const retained = (this.#retained?.bytes ?? 0) + this.#backlog.bytes + bytes;
    return this.#retained !== undefined && retained > this.#limits.maximumRetainedBytes
      ? 'retainedFull'
      : undefined;
  }

  /**
   * Sends a message as soon as possible.
   *
   * @param message - What the application sends.
   */
  send(message: SessionMessage): void {
    this.#taken += 1;
    if (this.#association !== undefined && !this.#isCongested) this.#submit(this.#association, message);
    else this.#backlog.push(message);
    if (!this.isWritable) this.#hasToldFull = true;
  }

  /**
   * There is an element: sends again what is kept, then what waits.
   *
   * @param association - The association with it.
   * @param controlChannel - Whether cookies can come at all; otherwise nothing is kept.
   * @returns How many messages were sent again.
   */
  open(association: AssociationId, controlChannel: boolean): number {
    this.#association = association;
    this.#isCongested = false;
    if (!controlChannel) this.#retained = undefined;
    else if (this.#wantsRetention) this.#retained ??= new RetainedMessages();
    const again = this.#retained?.restart() ?? noMessages;
    for (const message of again) this.#outputs.push({ type: 'sendData', association, message });
    this.flush();
    return again.length;
  }

  /**
   * There is no element any more, or the one that was tried could not be reached.
   *
   * @returns What no other element may get (ASAP_SEND_NO_FAILOVER of RFC 5352 section 6.5.5), in order; it is forgotten
   *   here.
   */
  close(): readonly GivenUpMessage[] {
    this.#association = undefined;
    this.#isCongested = false;
    if (this.#unsent.length > 0) {
      this.#backlog.putBack(this.#unsent);
      this.#unsent = [];
    }
    if (this.#retained === undefined && this.#backlog.size === 0) return noMessages;
    const sent = this.#retained?.takeWithoutFailover() ?? [];
    const unsent = this.#backlog.takeWithoutFailover();
    return [
      ...sent.map((message) => ({ message, mayHaveArrived: true })),
      ...unsent.map((message) => ({ message, mayHaveArrived: false })),
    ];
  }

  /** The association is full. */
  congested(): void {
    this.#isCongested = true;
    this.#hasToldFull = true;
  }

  /** There is room in the association: sends what waits. */
  flush(): void {
    this.#isCongested = false;
    if (this.#association !== undefined) {
      for (let message = this.#backlog.take(); message !== undefined; message = this.#backlog.take()) {
        this.#submit(this.#association, message);
      }
    }
    if (this.#hasToldFull && this.isWritable) {
      this.#hasToldFull = false;
      this.#outputs.push({ type: 'writable' });
    }
  }

  /**
   * A message was not taken, because the association is gone: it waits for the next element.
   *
   * @param message - The message; those of one association in their order.
   */
  notSent(message: SessionMessage): void {
    if (this.#retained === undefined) this.#unsent.push(message);
  }

  /**
   * A cookie came.
   *
   * @param coverage - How many messages it covers, where the element says so.
   */
  covered(coverage: number | undefined): void {
    this.#retained?.cover(coverage);
  }

  /** Takes everything that waits, when the session ends. */
  takeUndelivered(): readonly SessionMessage[] {
    const messages = [...this.#unsent];
    this.#unsent = [];
    for (let message = this.#backlog.take(); message !== undefined; message = this.#backlog.take()) {
      messages.push(message);
    }
    return messages;
  }

  #submit(association: AssociationId, message: SessionMessage): void {
    this.#retained?.append(message);
    this.#outputs.push({ type: 'sendData', association, message });
  }
}

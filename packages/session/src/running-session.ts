import { EventHub, type Unsubscribe } from '@rserpool/transport/internal';
import { formatPoolHandle, type PoolElement, RserpoolError } from '@rserpool/wire';
import { type AbortOptions, abortable } from './abortable.ts';
import { publish } from './diagnostics.ts';
import { Inbox } from './inbox.ts';
import type { SessionEvent } from './machine/session-event.ts';
import type { SessionCommand } from './machine/session-input.ts';
import type { SessionMachine } from './machine/session-machine.ts';
import type { SessionState } from './machine/session-machine-options.ts';
import type { SessionApplicationOutput } from './machine/session-output.ts';
import { type ReceivedMessage, Senders } from './received-message.ts';
import { type ResolvedElement, toResolvedElement } from './resolved-element.ts';
import { type SendOptions, toSessionMessage } from './send-options.ts';
import { SendGauge } from './send-gauge.ts';
import type { ForceFailoverOptions, Session, SessionEvents } from './session.ts';
import { sessionError } from './session-error.ts';
import { Settlers } from './settlers.ts';
import type { DataForm } from './text-forms.ts';

/** How a {@link RunningSession} is set up. */
export interface RunningSessionOptions {
  /** The session's number. */
  readonly id: number;
  /** The pool. */
  readonly poolHandle: Uint8Array;
  /** From how many bytes that the application has not taken the element is held up. */
  readonly receiveHighWaterMarkBytes: number;
  /** From how many bytes that wait `send` returns false. */
  readonly sendHighWaterMarkBytes: number;
  /** The longest message that the transport takes. */
  readonly maximumMessageBytes: number;
  /** Gives the machine what the application wants. */
  readonly command: (input: SessionCommand) => void;
  /** Whether the pool user is part of an element, so that there are business cards to send. */
  readonly hasOwnCard: boolean;
  /** Holds up or lets go the element's messages. */
  readonly setPaused: (isPaused: boolean) => void;
  /** Is given each event from the first on. */
  readonly onEvent: ((event: SessionEvent) => void) | undefined;
  /** Resolves when the association that was closed last is gone. */
  readonly whenReleased: () => Promise<void>;
}

/** The {@link Session} of the application over its machine. */
export class RunningSession implements Session {
  readonly poolHandle: Uint8Array;
  readonly #options: RunningSessionOptions;
  readonly #events: EventHub<SessionEvent> = new EventHub();
  readonly #inbox: Inbox<ReceivedMessage>;
  readonly #senders: Senders;
  readonly #connected: Settlers = new Settlers();
  readonly #writable: Settlers = new Settlers();
  readonly #ended: Settlers = new Settlers();
  readonly #gauge: SendGauge = new SendGauge();
  #machine: SessionMachine | undefined;
  #isPaused = false;
  #isEnded = false;
  #error: RserpoolError | undefined;
  #undelivered = 0;

  /**
   * @param options - What the session needs.
   */
  constructor(options: RunningSessionOptions) {
    this.poolHandle = options.poolHandle;
    this.#options = options;
    if (options.onEvent !== undefined) this.#events.onAny(options.onEvent);
    this.#senders = new Senders(options.poolHandle);
    this.#inbox = new Inbox({
      sizeOf: ({ data }) => data.length,
      highWaterMark: options.receiveHighWaterMarkBytes,
      onFull: (isFull) => {
        this.#isPaused = isFull;
        options.setPaused(isFull);
      },
    });
  }

  /** Whether the element's messages are held up. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  get state(): SessionState {
    if (this.#isEnded) return this.#error === undefined ? 'closed' : 'failed';
    return this.#machine?.state ?? 'idle';
  }

  get element(): ResolvedElement | undefined {
    const element = this.#machine?.element;
    return element === undefined ? undefined : toResolvedElement(element);
  }

  get cookie(): Uint8Array | undefined {
    return this.#machine?.cookie;
  }

  /**
   * Takes the machine, which the pool user has made.
   *
   * @param machine - To read its state only.
   */
  attach(machine: SessionMachine | undefined): void {
    this.#machine ??= machine;
  }

  /**
   * Waits for the first element.
   *
   * @param signal - Gives it up, and the session with it.
   */
  async connected(signal: AbortSignal | undefined): Promise<void> {
    if (this.#error !== undefined) throw this.#error;
    if (this.state === 'connected') return;
    try {
      await this.#connected.wait(signal);
    } catch (error) {
      this.abort();
      throw error;
    }
  }

  /**
   * Takes what the machine tells the application.
   *
   * @param output - A message, room, or an event.
   */
  take(output: SessionApplicationOutput): void {
    if (output.type === 'message') this.#inbox.push(this.#senders.name(output.message, output.element));
    else if (output.type === 'writable') this.#writable.resolve();
    else this.#event(output.event);
  }

  send(data: DataForm, options?: SendOptions): boolean {
    const machine = this.#live();
    const message = toSessionMessage(data, options, this.#options.maximumMessageBytes);
    const waiting = this.#gauge.waitingBytes(machine.messagesTaken);
    const refusal = machine.refusal(waiting + message.data.length);
    if (refusal === 'ended') throw this.#closedError();
    if (refusal === 'queueFull') {
      throw new RserpoolError(
        'ERR_RSERPOOL_SEND_QUEUE_FULL',
        'The limit maximumQueuedBytes is reached: await writable() when send() returns false.',
      );
    }
    if (refusal === 'retainedFull') {
      throw new RserpoolError(
        'ERR_RSERPOOL_RETAINED_FULL',
        "The limit maximumRetainedBytes is reached: the element hands out cookies too seldom for resend 'sinceCookie'.",
      );
    }
    this.#gauge.give(message.data.length);
    this.#options.command({ type: 'send', message });
    const isWaiting = this.#gauge.waitingBytes(machine.messagesTaken) >= this.#options.sendHighWaterMarkBytes;
    return machine.isWritable && !isWaiting;
  }

  async writable(options?: AbortOptions): Promise<void> {
    if (this.#live().isWritable) return;
    await this.#writable.wait(options?.signal);
  }

  on<Type extends SessionEvent['type']>(
    type: Type,
    handler: (event: SessionEvents[Type]) => void,
  ): Unsubscribe {
    return this.#events.on(type, handler);
  }

  forceFailover(options?: ForceFailoverOptions): void {
    const reportUnreachable = options?.reportUnreachable ?? false;
    this.#options.command({ type: 'forceFailover', reportUnreachable });
  }

  recommendFailoverOrder(poolElements: readonly PoolElement[]): void {
    if (!this.#options.hasOwnCard) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_STATE',
        "A business card presents the sender's own pool: give createPoolUser the option poolElement.",
      );
    }
    if (poolElements.length === 0) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_ARGUMENT',
        'A business card names at least one element: give the order of failover.',
      );
    }
    this.#options.command({ type: 'businessCard', poolElements });
  }

  async close(options?: AbortOptions): Promise<void> {
    const signal = options?.signal;
    signal?.throwIfAborted();
    if (!this.#isEnded) {
      this.#options.command({ type: 'close' });
      try {
        if (!this.#isEnded) await this.#ended.wait(signal);
      } catch (error) {
        this.abort();
        throw error;
      }
      if (this.#error !== undefined) throw this.#error;
      if (this.#undelivered > 0) {
        throw new RserpoolError(
          'ERR_RSERPOOL_UNDELIVERED',
          `The session was cut after closeTimeoutMs with ${this.#undelivered} messages that no element took.`,
        );
      }
    }
    await abortable(signal, (resolve, reject) => {
      this.#options.whenReleased().then(resolve, reject);
      return () => undefined;
    });
  }

  abort(): void {
    this.#inbox.discard();
    this.#options.command({ type: 'abort' });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.close();
    } catch {
      // Whoever wants to know how it ended calls close() or has seen the event.
    }
  }

  [Symbol.asyncIterator](): AsyncIterator<ReceivedMessage, undefined> {
    return this.#inbox.iterate();
  }

  #event(event: SessionEvent): void {
    if (event.type === 'connected') this.#connected.resolve();
    else if (event.type === 'failed') this.#end(sessionError(this.poolHandle, event.failure));
    else if (event.type === 'closed') {
      this.#undelivered = event.undelivered;
      this.#end(undefined);
    }
    publish('session', event, () => ({
      poolHandle: formatPoolHandle(this.poolHandle),
      session: this.#options.id,
    }));
    this.#events.emit(event);
  }

  #end(error: RserpoolError | undefined): void {
    this.#isEnded = true;
    this.#error = error;
    const reason = error ?? this.#closedError();
    this.#connected.reject(reason);
    this.#writable.reject(reason);
    this.#ended.resolve();
    this.#inbox.end(error);
  }

  #live(): SessionMachine {
    if (this.#machine === undefined || this.#isEnded) throw this.#closedError();
    return this.#machine;
  }

  #closedError(): RserpoolError {
    return (
      this.#error ?? new RserpoolError('ERR_RSERPOOL_SESSION_CLOSED', 'The session is closed: connect anew.')
    );
  }
}

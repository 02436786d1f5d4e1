import type { Association } from '@rserpool/transport';
import { EventHub, type Unsubscribe } from '@rserpool/transport/internal';
import { formatPoolHandle, type PoolElement, type RemoteEndpoint, RserpoolError } from '@rserpool/wire';
import type { AbortOptions } from './abortable.ts';
import { publish } from './diagnostics.ts';
import { Inbox } from './inbox.ts';
import type { BusinessCard } from './machine/business-card.ts';
import { cookieSealBytes } from './machine/cookie-seal.ts';
import type { ServedSessionMachine } from './machine/served-session-machine.ts';
import type {
  ServedSessionCommand,
  ServedSessionEvent,
  ServedSessionOutput,
} from './machine/served-session-types.ts';
import type { SessionMessage } from './machine/session-message.ts';
import { SendGauge } from './send-gauge.ts';
import { type SendOptions, toSessionMessage } from './send-options.ts';
import type { ServedSession, ServedSessionEvents, SetCookieOptions } from './served-session.ts';
import { Settlers } from './settlers.ts';
import { type DataForm, toData } from './text-forms.ts';

/** The longest cookie: an ASAP message has a length of 16 bits, and headers need some of it. */
const maximumCookieBytes = 65_000 - cookieSealBytes;

/** How many bytes may wait for the machine while it is being drained. */
const maximumWaitingBytes = 256 * 1024;

/** How a {@link RunningServedSession} is set up. */
export interface RunningServedSessionOptions {
  /** The session's number, which is that of its association. */
  readonly id: number;
  /** The pool. */
  readonly poolHandle: Uint8Array;
  /** The association with the user. */
  readonly association: Association;
  /** The state that the user brought along. */
  readonly restoredState: Uint8Array | undefined;
  /** Whether there is a control channel. */
  readonly hasControlChannel: boolean;
  /** From how many bytes that the application has not taken the user is held up. */
  readonly receiveHighWaterMarkBytes: number;
  /** The machine, to read its state only; `undefined` once it has ended. */
  readonly machine: () => ServedSessionMachine | undefined;
  /** Gives the machine what the application wants. */
  readonly command: (input: ServedSessionCommand) => void;
}

/** The {@link ServedSession} of the application over its machine. */
export class RunningServedSession implements ServedSession {
  readonly id: number;
  readonly remote: RemoteEndpoint;
  readonly restoredState: Uint8Array | undefined;
  readonly hasControlChannel: boolean;
  readonly #options: RunningServedSessionOptions;
  readonly #events: EventHub<ServedSessionEvent> = new EventHub();
  readonly #inbox: Inbox<SessionMessage>;
  readonly #writable: Settlers = new Settlers();
  readonly #gauge: SendGauge = new SendGauge();
  #hasEnded = false;
  #taken = 0;
  #userCard: BusinessCard | undefined;

  /**
   * @param options - What the session needs.
   */
  constructor(options: RunningServedSessionOptions) {
    this.id = options.id;
    this.remote = options.association.remote;
    this.restoredState = options.restoredState;
    this.hasControlChannel = options.hasControlChannel;
    this.#userCard = options.machine()?.userCard;
    this.#options = options;
    this.#inbox = new Inbox({
      sizeOf: ({ data }) => data.length,
      highWaterMark: options.receiveHighWaterMarkBytes,
      onFull: (isFull) => {
        if (isFull) options.association.pause();
        else options.association.resume();
      },
      onTaken: () => {
        this.#taken += 1;
      },
    });
  }

  get userCard(): BusinessCard | undefined {
    // The machine is gone when the session has ended; the application may still want to follow the user.
    this.#userCard = this.#options.machine()?.userCard ?? this.#userCard;
    return this.#userCard;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /**
   * Takes what the machine tells the application.
   *
   * @param output - A message, room, or an event.
   */
  take(output: Extract<ServedSessionOutput, { type: 'message' | 'writable' | 'event' }>): void {
    if (output.type === 'event' && output.event.type === 'businessCard') this.#userCard = output.event;
    if (output.type === 'message') this.#inbox.push(output.message);
    else if (output.type === 'writable') this.#writable.resolve();
    else this.#event(output.event);
  }

  send(data: DataForm, options?: SendOptions): boolean {
    this.#ensureLive();
    const { maximumMessageBytes } = this.#options.association.supports;
    const message = toSessionMessage(data, options, maximumMessageBytes);
    this.#gauge.give(message.data.length);
    this.#options.command({ type: 'send', message });
    const machine = this.#options.machine();
    if (machine === undefined) return false;
    return machine.isWritable && this.#gauge.waitingBytes(machine.messagesTaken) < maximumWaitingBytes;
  }

  async writable(options?: AbortOptions): Promise<void> {
    this.#ensureLive();
    if (this.#options.machine()?.isWritable !== false) return;
    await this.#writable.wait(options?.signal);
  }

  setCookie(cookie: DataForm, options?: SetCookieOptions): void {
    this.#ensureControlChannel();
    const bytes = toData(cookie);
    if (bytes.length > maximumCookieBytes) {
      throw new RserpoolError(
        'ERR_RSERPOOL_MESSAGE_TOO_LONG',
        `The cookie has ${bytes.length} bytes, a message takes ${maximumCookieBytes}: keep large state elsewhere and put its name in the cookie.`,
      );
    }
    const coveredMessages = options?.coveredMessages ?? this.#taken;
    this.#options.command({ type: 'setCookie', cookie: bytes, coveredMessages });
  }

  recommendFailoverOrder(poolElements: readonly PoolElement[]): void {
    this.#ensureControlChannel();
    this.#options.command({ type: 'businessCard', poolHandle: this.#options.poolHandle, poolElements });
  }

  on<Type extends ServedSessionEvent['type']>(
    type: Type,
    handler: (event: ServedSessionEvents[Type]) => void,
  ): Unsubscribe {
    return this.#events.on(type, handler);
  }

  async close(): Promise<void> {
    if (!this.#hasEnded) this.#options.command({ type: 'close', abort: false });
    await this.#options.association.close();
  }

  abort(): void {
    this.#inbox.discard();
    this.#options.command({ type: 'close', abort: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  [Symbol.asyncIterator](): AsyncIterator<SessionMessage, undefined> {
    return this.#inbox.iterate();
  }

  #event(event: ServedSessionEvent): void {
    if (event.type === 'ended') {
      this.#hasEnded = true;
      this.#writable.reject(closedError());
      this.#inbox.end();
    }
    publish('served-session', event, () => ({
      poolHandle: formatPoolHandle(this.#options.poolHandle),
      session: this.id,
    }));
    this.#events.emit(event);
  }

  #ensureLive(): void {
    if (this.#hasEnded) throw closedError();
  }

  #ensureControlChannel(): void {
    this.#ensureLive();
    if (this.hasControlChannel) return;
    throw new RserpoolError(
      'ERR_RSERPOOL_NO_CONTROL_CHANNEL',
      'Cookies need a control channel: register with controlChannel and a transport that carries it.',
    );
  }
}

function closedError(): RserpoolError {
  return new RserpoolError(
    'ERR_RSERPOOL_SESSION_CLOSED',
    'The session has ended: the user is gone or it was closed.',
  );
}

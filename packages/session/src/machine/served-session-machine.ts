import type { AsapMessage, Machine } from '@rserpool/wire';
import { rejectedDueToSecurityCause } from '@rserpool/wire';
import { OutputQueue } from '@rserpool/wire/internal';
import { type BusinessCard, copyOfCard } from './business-card.ts';
import { answerToMalformed, answerToReports } from './control-channel.ts';
import { cookieCoverageParameter } from './cookie-coverage.ts';
import type { CookieRefusal, OpenedCookie } from './cookie-seal.ts';
import type { ServedSessionEvent, ServedSessionInput, ServedSessionOutput } from './served-session-types.ts';

/** Options of a {@link ServedSessionMachine}. */
export interface ServedSessionMachineOptions {
  /** Whether the association carries ASAP's messages beside the data, and the pool was registered with that. */
  readonly controlChannel: boolean;
  /**
   * The business card to send when the communication begins (RFC 5352 section 3.9: "a PE should always send"), or
   * absent to send none.
   */
  readonly businessCard?: BusinessCard;
  /**
   * Whether cookies say how many messages they cover ({@link cookieCoverageParameterType}); false by default, as the
   * RFC knows nothing of it.
   */
  readonly announceCoverage?: boolean;
  /** Signs and verifies cookies (RFC 5352 section 3.8); without it they are the application's bytes as they are. */
  readonly cookies?: CookieVerification;
}

/** How the cookies of a session are signed and verified: a `CookieSeal` with the pool of the element. */
export interface CookieVerification {
  /** Signs. */
  readonly seal: (cookie: Uint8Array) => Uint8Array;
  /** Verifies. */
  readonly open: (sealed: Uint8Array) => OpenedCookie;
}

/** Where a served session is: `waiting` for the first message, which decides whether there is a state to restore. */
export type ServedSessionState = 'waiting' | 'started' | 'ended';

/**
 * One session of a pool element: it hands the application the state that the user brings along from a lost element
 * before anything else, and the application's cookies to the user (RFC 5352 section 3.8).
 */
export class ServedSessionMachine implements Machine<ServedSessionInput, ServedSessionOutput> {
  readonly #outputs = new OutputQueue<ServedSessionOutput>();
  readonly #options: ServedSessionMachineOptions;
  #state: ServedSessionState = 'waiting';
  #isWritable = true;
  #received = 0;
  #taken = 0;
  #userCard: BusinessCard | undefined;

  /**
   * @param options - What the association and the element can do.
   */
  constructor(options: ServedSessionMachineOptions) {
    this.#options = options;
    if (options.controlChannel && options.businessCard !== undefined) {
      this.#control({ type: 'ASAP_BUSINESS_CARD', ...options.businessCard });
    }
  }

  /** Where the session is. */
  get state(): ServedSessionState {
    return this.#state;
  }

  /** The latest business card of the user, where it is an element, too (RFC 5352 section 3.9). */
  get userCard(): BusinessCard | undefined {
    return this.#userCard;
  }

  /** Whether messages may be sent without waiting. */
  get isWritable(): boolean {
    return this.#isWritable;
  }

  /** How many messages the application has sent so far. */
  get messagesTaken(): number {
    return this.#taken;
  }

  /**
   * Takes one input.
   *
   * @param input - What happened.
   */
  handle(input: ServedSessionInput): void {
    if (this.#state === 'ended') return;
    switch (input.type) {
      case 'data':
        if (this.#state === 'waiting') this.#start(undefined);
        this.#received += 1;
        this.#outputs.push({ type: 'message', message: input.message });
        break;
      case 'control':
        this.#fromControlChannel(input.message);
        this.#answer(answerToReports(input.message, input.reports));
        break;
      case 'malformedControl':
        this.#answer(answerToMalformed(input.error));
        break;
      case 'associationLost':
        this.#state = 'ended';
        this.#event({ type: 'ended', reason: input.reason });
        break;
      case 'congested':
        this.#isWritable = false;
        break;
      case 'writable':
        this.#isWritable = true;
        this.#outputs.push({ type: 'writable' });
        break;
      case 'sendFailed':
        this.#event({ type: 'sendFailed', message: input.message });
        break;
      case 'send':
        this.#taken += 1;
        this.#outputs.push({ type: 'sendData', message: input.message });
        break;
      case 'setCookie':
        this.#setCookie(input.cookie, input.coveredMessages ?? this.#received);
        break;
      case 'businessCard':
        this.#control({
          type: 'ASAP_BUSINESS_CARD',
          poolHandle: input.poolHandle,
          poolElements: input.poolElements,
        });
        break;
      case 'close':
        this.#end(input.abort);
        break;
    }
  }

  /** The next thing to do, in order, or `undefined` when there is nothing left. */
  poll(): ServedSessionOutput | undefined {
    return this.#outputs.take();
  }

  /** A served session waits for nobody: it has no timers. */
  nextTimeout(): undefined {
    return undefined;
  }

  /** A served session has no timers. */
  handleTimeout(): void {}

  #start(restoredState: Uint8Array | undefined): void {
    this.#state = 'started';
    this.#outputs.push({ type: 'started', restoredState });
  }

  #restore(brought: Uint8Array): void {
    const opened = this.#options.cookies?.open(brought) ?? { ok: true, cookie: brought };
    if (opened.ok) this.#start(opened.cookie);
    else this.#refuse(opened.reason);
  }

  // To begin without the state would look to the user as if the state were there: it is told, and goes elsewhere.
  #refuse(reason: CookieRefusal): void {
    this.#event({ type: 'cookieRefused', reason });
    this.#control({ type: 'ASAP_ERROR', error: { causes: [rejectedDueToSecurityCause()] } });
    this.#end(false);
  }

  #fromControlChannel(message: AsapMessage): void {
    switch (message.type) {
      case 'ASAP_COOKIE_ECHO':
        // Only the first message can bring a state: later ones come to a session that has one already.
        // Decoded bytes are views of the packet: the state outlives it.
        if (this.#state === 'waiting') this.#restore(message.cookie.slice());
        else this.#event({ type: 'lateCookieEcho', cookie: message.cookie.slice() });
        break;
      case 'ASAP_BUSINESS_CARD':
        this.#userCard = copyOfCard(message);
        this.#event({ type: 'businessCard', ...this.#userCard });
        break;
      case 'ASAP_ERROR':
        this.#event({ type: 'controlError', messageType: message.type, causes: message.error.causes });
        break;
      default:
        this.#event({ type: 'controlError', messageType: message.type, causes: [] });
    }
  }

  #setCookie(state: Uint8Array, coveredMessages: number): void {
    const cookie = this.#options.cookies?.seal(state) ?? state;
    this.#control(
      this.#options.announceCoverage === true
        ? { type: 'ASAP_COOKIE', cookie, unknownParameters: [cookieCoverageParameter(coveredMessages)] }
        : { type: 'ASAP_COOKIE', cookie },
    );
  }

  #answer(message: AsapMessage | undefined): void {
    if (message !== undefined) this.#control(message);
  }

  #control(message: AsapMessage): void {
    if (this.#options.controlChannel) this.#outputs.push({ type: 'sendControl', message });
    else this.#event({ type: 'controlNotSent', messageType: message.type });
  }

  #end(abort: boolean): void {
    this.#state = 'ended';
    this.#outputs.push({ type: 'close', abort });
    this.#event({ type: 'ended', reason: 'closed-here' });
  }

  #event(event: ServedSessionEvent): void {
    this.#outputs.push({ type: 'event', event });
  }
}

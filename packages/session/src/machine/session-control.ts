import {
  type AsapMessage,
  type AssociationId,
  type DecodeError,
  type ErrorCause,
  ErrorCauseCode,
  type PoolElement,
} from '@rserpool/wire';
import type { OutputQueue } from '@rserpool/wire/internal';
import type { BusinessCard } from './business-card.ts';
import { answerToMalformed, answerToReports } from './control-channel.ts';
import { readCookieCoverage } from './cookie-coverage.ts';
import type { ElementChoice } from './element-choice.ts';
import type { SendPath } from './send-path.ts';
import type { SessionEvent } from './session-event.ts';
import type { SessionMachineOptions } from './session-machine-options.ts';
import type { SessionOutput } from './session-output.ts';

/**
 * The control channel of a session at the pool user (RFC 5352 sections 3.8 and 3.9): stores the latest cookie, echoes
 * it to the next element, and takes business cards. Where an element has no control channel, nothing goes either way.
 */
export class SessionControl {
  readonly #outputs: OutputQueue<SessionOutput>;
  readonly #choice: Pick<ElementChoice, 'prefer'>;
  readonly #sendPath: Pick<SendPath, 'covered'>;
  readonly #ownCard: (() => BusinessCard | undefined) | undefined;
  #association: AssociationId | undefined;
  #cookie: Uint8Array | undefined;
  #hasEchoed = false;
  #hasCard = false;
  #order: readonly PoolElement[] | undefined;

  /**
   * @param outputs - Where the machine's outputs go.
   * @param choice - Is given the order of business cards.
   * @param sendPath - Is told what cookies cover.
   * @param options - A cookie of an earlier session, and the card of the element that the user is part of.
   */
  constructor(
    outputs: OutputQueue<SessionOutput>,
    choice: Pick<ElementChoice, 'prefer'>,
    sendPath: Pick<SendPath, 'covered'>,
    options: Pick<SessionMachineOptions, 'cookie' | 'ownCard'>,
  ) {
    this.#outputs = outputs;
    this.#choice = choice;
    this.#sendPath = sendPath;
    this.#cookie = options.cookie?.slice();
    this.#ownCard = options.ownCard;
  }

  /** The latest cookie. */
  get cookie(): Uint8Array | undefined {
    return this.#cookie;
  }

  /**
   * There is an element with a control channel: the cookie is the first message on it, and the card of a user that is
   * an element, too, comes after it ("When communication begins", RFC 5352 section 3.9).
   *
   * @param association - The association with it.
   * @returns Whether there was a cookie to send.
   */
  open(association: AssociationId): boolean {
    this.#association = association;
    this.#hasEchoed = this.#cookie !== undefined;
    this.#hasCard = false;
    if (this.#cookie !== undefined) this.#send({ type: 'ASAP_COOKIE_ECHO', cookie: this.#cookie });
    this.#sendCard();
    return this.#cookie !== undefined;
  }

  /**
   * Recommends another order of failover to the element, and to those after it.
   *
   * @param order - Elements of the user's own pool.
   */
  recommend(order: readonly PoolElement[]): void {
    this.#order = order;
    this.#sendCard();
  }

  /** The element serves: whatever it says later, it has not refused the cookie. */
  served(): void {
    this.#hasEchoed = false;
  }

  /** There is no element any more. */
  close(): void {
    this.#association = undefined;
  }

  /**
   * Takes a message of the element.
   *
   * @param message - The message.
   * @param reports - What has to be reported about it.
   * @returns Whether the element refuses the cookie that it was sent, so that it is of no use for this session.
   */
  received(message: AsapMessage, reports: readonly ErrorCause[]): boolean {
    if (this.#association === undefined) return false;
    switch (message.type) {
      case 'ASAP_COOKIE':
        this.served();
        // Decoded bytes are views of the packet: the cookie outlives it.
        this.#cookie = message.cookie.slice();
        this.#sendPath.covered(readCookieCoverage(message.unknownParameters));
        this.#event({ type: 'cookieStored', cookie: this.#cookie });
        break;
      case 'ASAP_BUSINESS_CARD': {
        const { poolHandle, poolElements } = message;
        this.#choice.prefer(
          poolHandle,
          poolElements.map(({ identifier }) => identifier),
        );
        // BC1, for one pool of each element, so that nobody makes this user ask for pool after pool.
        if (!this.#hasCard) this.#outputs.push({ type: 'populateCache', poolHandle: poolHandle.slice() });
        this.#hasCard = true;
        this.#event({ type: 'businessCard', poolHandle, poolElements });
        break;
      }
      case 'ASAP_ERROR':
        this.#event({ type: 'controlError', messageType: message.type, causes: message.error.causes });
        return this.#hasEchoed && message.error.causes.some(isSecurityCause);
      default:
        this.#event({ type: 'controlError', messageType: message.type, causes: [] });
    }
    this.#send(answerToReports(message, reports));
    return false;
  }

  /**
   * Takes what is no ASAP message.
   *
   * @param error - What the codec says about it.
   */
  malformed(error: DecodeError): void {
    this.#send(answerToMalformed(error));
  }

  #sendCard(): void {
    const card = this.#ownCard?.();
    if (card === undefined) return;
    this.#send({ type: 'ASAP_BUSINESS_CARD', ...card, poolElements: this.#order ?? card.poolElements });
  }

  #send(message: AsapMessage | undefined): void {
    if (message === undefined || this.#association === undefined) return;
    this.#outputs.push({ type: 'sendControl', association: this.#association, message });
  }

  #event(event: SessionEvent): void {
    this.#outputs.push({ type: 'event', event });
  }
}

function isSecurityCause({ code }: ErrorCause): boolean {
  return code === ErrorCauseCode.rejectedDueToSecurity;
}

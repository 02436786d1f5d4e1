import {
  type AsapMessage,
  type AssociationId,
  type DecodeError,
  type ErrorCause,
  ErrorCauseCode,
} from '@rserpool/wire';
import type { OutputQueue } from '@rserpool/wire/internal';
import { answerToMalformed, answerToReports } from './control-channel.ts';
import { readCookieCoverage } from './cookie-coverage.ts';
import type { ElementChoice } from './element-choice.ts';
import type { SendPath } from './send-path.ts';
import type { SessionEvent } from './session-event.ts';
import type { SessionOutput } from './session-output.ts';

/**
 * The control channel of a session at the pool user (RFC 5352 sections 3.8 and 3.9): stores the latest cookie, echoes
 * it to the next element, and takes business cards. Where an element has no control channel, nothing goes either way.
 */
export class SessionControl {
  readonly #outputs: OutputQueue<SessionOutput>;
  readonly #choice: ElementChoice;
  readonly #sendPath: SendPath;
  #association: AssociationId | undefined;
  #cookie: Uint8Array | undefined;
  #hasEchoed = false;

  /**
   * @param outputs - Where the machine's outputs go.
   * @param choice - Is given the order of business cards.
   * @param sendPath - Is told what cookies cover.
   * @param cookie - A cookie of an earlier session.
   */
  constructor(
    outputs: OutputQueue<SessionOutput>,
    choice: ElementChoice,
    sendPath: SendPath,
    cookie: Uint8Array | undefined,
  ) {
    this.#outputs = outputs;
    this.#choice = choice;
    this.#sendPath = sendPath;
    this.#cookie = cookie?.slice();
  }

  /** The latest cookie. */
  get cookie(): Uint8Array | undefined {
    return this.#cookie;
  }

  /**
   * There is an element with a control channel: the cookie is the first message on it.
   *
   * @param association - The association with it.
   * @returns Whether there was a cookie to send.
   */
  open(association: AssociationId): boolean {
    this.#association = association;
    this.#hasEchoed = this.#cookie !== undefined;
    if (this.#cookie === undefined) return false;
    this.#send({ type: 'ASAP_COOKIE_ECHO', cookie: this.#cookie });
    return true;
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
        // Decoded bytes are views of the packet: the cookie outlives it.
        this.#cookie = message.cookie.slice();
        this.#sendPath.covered(readCookieCoverage(message.unknownParameters));
        this.#event({ type: 'cookieStored', cookie: this.#cookie });
        break;
      case 'ASAP_BUSINESS_CARD': {
        const { poolHandle, poolElements } = message;
        this.#choice.prefer(poolElements.map(({ identifier }) => identifier));
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

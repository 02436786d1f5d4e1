import type { ErrorCause } from './parameters/operation-error.ts';

/**
 * What is wrong with an input:
 *
 * - `truncated`: there are fewer bytes than a length field promises;
 * - `bad-length`: a length field is too small for what it has to hold, or bytes follow that belong to nothing;
 * - `unknown-message`: the message type is not one of the protocol;
 * - `unknown-parameter`: an unrecognized parameter whose type says that the message has to be discarded;
 * - `unexpected-parameter`: a known parameter stands where the message does not define it;
 * - `missing-parameter`: a mandatory parameter is not there;
 * - `limit-exceeded`: one of the {@link DecodeLimits} does not admit it.
 */
export type DecodeErrorCode =
  | 'truncated'
  | 'bad-length'
  | 'unknown-message'
  | 'unknown-parameter'
  | 'unexpected-parameter'
  | 'missing-parameter'
  | 'limit-exceeded';

/**
 * Why an input is no message, and what RFC 5354 wants done about it. Network input that is malformed is data,
 * not an exception.
 */
export interface DecodeError {
  /** What is wrong. */
  readonly code: DecodeErrorCode;
  /** Where, in bytes from the start of the input: the first byte of the offending header. */
  readonly offset: number;
  /** The 16-bit type of the offending parameter or, where the message itself is at fault, the 8-bit message type. */
  readonly type: number;
  /** The 8-bit message type, or -1 where the input is too short to have one. */
  readonly messageType: number;
  /**
   * `discard`: drop the message in silence. `report`: drop it and send {@link DecodeError.cause} back in an
   * ASAP_ERROR or ENRP_ERROR message (RFC 5354 sections 3 and 4).
   */
  readonly action: 'discard' | 'report';
  /** One sentence for people. */
  readonly reason: string;
  /** The error cause to send, present exactly when the action is `report`. Its bytes are a view of the input. */
  readonly cause?: ErrorCause;
}

/**
 * What decoding gives: the message, or why there is none. A message may come with `reports`: error causes for
 * parameters that were skipped and that RFC 5354 section 3 wants reported to the sender (type bits 11).
 *
 * @typeParam Message - The union of messages of the protocol.
 */
export type DecodeResult<Message> =
  | {
      /** The input is a message. */
      readonly ok: true;
      /** The message; its byte fields are views of the input. */
      readonly message: Message;
      /** Error causes to send back in an ASAP_ERROR or ENRP_ERROR message; mostly empty. */
      readonly reports: readonly ErrorCause[];
    }
  | {
      /** The input is no message. */
      readonly ok: false;
      /** What is wrong with it. */
      readonly error: DecodeError;
    };

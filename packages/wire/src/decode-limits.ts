/**
 * How much a decoder takes before it gives up with `limit-exceeded`. The RFCs set no limits besides the 16-bit
 * length fields; these bound the memory and the work that one message can cost.
 */
export interface DecodeLimits {
  /** Bytes of a message, its trailing padding not counted. Default 65535, all that the length field can say. */
  readonly messageBytes: number;
  /** Parameters of a message on all levels together. Default 16384, more than fit in 64 KiB. */
  readonly parameters: number;
  /** Parameters inside one another, the message not counted. Default 4; the messages of the RFCs need 3. */
  readonly nestingDepth: number;
  /** Unrecognized parameters of a message that are kept, on all levels together. Default 64. */
  readonly unknownParameters: number;
  /** Pool Element parameters of a message. Default 2048, more than fit with an SCTP transport each. */
  readonly poolElements: number;
  /** Server Information parameters of a message. Default 2048. */
  readonly servers: number;
  /** Transport parameters of an ASAP_SERVER_ANNOUNCE. Default 64. */
  readonly transports: number;
  /** Address parameters of one transport. Default 64, as in the reference implementation. */
  readonly addressesPerTransport: number;
  /** Error causes of an Operation Error parameter. Default 256. */
  readonly errorCauses: number;
  /** Bytes of a pool handle. Default 4096. */
  readonly poolHandleBytes: number;
  /** Bytes of a cookie. Default 65527, all that fit in an ASAP_COOKIE message. */
  readonly cookieBytes: number;
  /** Error causes that are prepared for one message; further ones are not reported. Default 16. */
  readonly reports: number;
  /**
   * Bytes of offending parameters that are prepared for sending back, all error causes of a message together;
   * what is longer is cut. RFC 5354 section 3.12 wants them complete, but they have to fit in an error message.
   * Default 32768.
   */
  readonly reportedBytes: number;
}

/** The limits that apply where the caller names none. */
export const defaultDecodeLimits: DecodeLimits = {
  messageBytes: 65535,
  parameters: 16384,
  nestingDepth: 4,
  unknownParameters: 64,
  poolElements: 2048,
  servers: 2048,
  transports: 64,
  addressesPerTransport: 64,
  errorCauses: 256,
  poolHandleBytes: 4096,
  cookieBytes: 65527,
  reports: 16,
  reportedBytes: 32768,
};

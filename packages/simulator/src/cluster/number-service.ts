/** The payload protocol identifier of the application; not ASAP's. */
export const numberPayloadProtocolIdentifier = 4711;

/**
 * A number as a message.
 *
 * @param value - The number.
 */
export function encodeNumber(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  bytes[0] = value >>> 24;
  bytes[1] = value >>> 16;
  bytes[2] = value >>> 8;
  bytes[3] = value;
  return bytes;
}

/**
 * The number of a message, or 0 where it is none.
 *
 * @param bytes - The message.
 */
export function decodeNumber(bytes: Uint8Array | undefined): number {
  if (bytes?.length !== 4) return 0;
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

/** What a session of the number service has to say to a request. */
export interface NumberAnswer {
  /** The state after it, to be put into the cookie, and answered. */
  readonly state: number;
  /** What was lost, where the request cannot follow the state that the session began with. */
  readonly lost: string | undefined;
}

/**
 * One session of a service whose state is the number of the last request. The cookie goes before the answer, so that
 * every answer that a user has seen is secured by a cookie: a request that is not the next one means that state was
 * lost.
 */
export class NumberSession {
  #state: number;

  /**
   * @param restored - The state that the user brought from a lost element.
   */
  constructor(restored: Uint8Array | undefined) {
    this.#state = decodeNumber(restored);
  }

  /**
   * Takes a request.
   *
   * @param request - Its number.
   */
  take(request: number): NumberAnswer {
    const lost = request > this.#state + 1 ? `state ${this.#state} was asked for ${request}` : undefined;
    if (request === this.#state + 1) this.#state = request;
    return { state: this.#state, lost };
  }
}

/** Marks every error of the family, so that it is recognized across two copies of a package. */
const brand: symbol = Symbol.for('@rserpool/error');

/** The string codes of {@link RserpoolError}: `ERR_RSERPOOL_` and what went wrong. */
export type RserpoolErrorCode = `ERR_RSERPOOL_${string}`;

/** Options of {@link RserpoolError}. */
export interface RserpoolErrorOptions {
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * The one error class of the RSerPool packages. `code` is stable and meant for programs, the message says
 * what is wrong and what to do.
 *
 * @example
 * ```ts
 * import { RserpoolError, parseIpAddress } from '@rserpool/wire';
 *
 * try {
 *   parseIpAddress('300.1.1.1');
 * } catch (error) {
 *   if (RserpoolError.is(error, 'ERR_RSERPOOL_INVALID_ARGUMENT')) console.error(error.message);
 * }
 * ```
 */
export class RserpoolError extends Error {
  /** Always `RserpoolError`. */
  override readonly name: string = 'RserpoolError';
  /** What went wrong, for programs: a string that never changes. */
  readonly code: RserpoolErrorCode;

  /**
   * @param code - Stable string code.
   * @param message - What is wrong and what to do about it.
   * @param options - The cause, where there is one.
   */
  constructor(code: RserpoolErrorCode, message: string, options?: RserpoolErrorOptions) {
    super(`${code}: ${message}`, options);
    this.code = code;
    Object.defineProperty(this, brand, { value: true });
  }

  /**
   * Tells whether a value is an error of this family, by its brand and not by its prototype.
   *
   * @param value - Anything that was thrown.
   * @param code - Where given, the code has to be this one.
   */
  static is(value: unknown, code?: RserpoolErrorCode): value is RserpoolError {
    if (typeof value !== 'object' || value === null || !(brand in value)) return false;
    return code === undefined || (value as RserpoolError).code === code;
  }
}

/** Marks every error of the RSerPool packages, so that `RserpoolError.is` of `@rserpool/wire` knows this one too. */
const brand: symbol = Symbol.for('@rserpool/error');

/** The string codes of {@link PolicyError}. */
export type PolicyErrorCode =
  | 'ERR_RSERPOOL_INVALID_ARGUMENT'
  | 'ERR_RSERPOOL_INVALID_POLICY'
  | 'ERR_RSERPOOL_POLICY_MISMATCH'
  | 'ERR_RSERPOOL_RANDOM_REQUIRED'
  | 'ERR_RSERPOOL_INVALID_RANDOM'
  | 'ERR_RSERPOOL_DUPLICATE_SLOT'
  | 'ERR_RSERPOOL_UNKNOWN_SLOT'
  | 'ERR_RSERPOOL_DUPLICATE_SERVER'
  | 'ERR_RSERPOOL_UNKNOWN_SERVER';

/** Options of {@link PolicyError}. */
export interface PolicyErrorOptions {
  /** The error that led to this one. */
  readonly cause?: unknown;
  /** Which value is wrong, for example `policy.weight`. */
  readonly path?: string;
}

/**
 * What the package throws when it is used wrongly: `code` is stable and meant for programs, the message says
 * what is wrong and what to do.
 *
 * @example
 * ```ts
 * import { PolicyError, loadFromFraction } from '@rserpool/policies';
 *
 * try {
 *   loadFromFraction(1.5);
 * } catch (error) {
 *   if (error instanceof PolicyError && error.code === 'ERR_RSERPOOL_INVALID_ARGUMENT') throw error;
 * }
 * ```
 */
export class PolicyError extends RangeError {
  override readonly name: string = 'PolicyError';
  /** What went wrong, for programs: a string that never changes. */
  readonly code: PolicyErrorCode;
  /** Which value is wrong, for example `policy.weight`; undefined where no single one is. */
  readonly path: string | undefined;

  /**
   * @param code - Stable string code.
   * @param message - What is wrong and what to do about it.
   * @param options - The cause and the path, where there are any.
   */
  constructor(code: PolicyErrorCode, message: string, options: PolicyErrorOptions = {}) {
    super(`${code}: ${message}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.path = options.path;
    Object.defineProperty(this, brand, { value: true });
  }
}

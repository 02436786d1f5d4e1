import { PolicyError } from '../policy-error.ts';

/**
 * Checks the option `maximumIncrement`.
 *
 * @param value - As the caller gave it.
 * @param byDefault - What RFC 5356 wants where it was not given.
 * @throws {@link PolicyError} `ERR_RSERPOOL_INVALID_ARGUMENT`.
 */
export function maximumIncrementOf(value: number | undefined, byDefault: number): number {
  if (value === undefined) return byDefault;
  if (value === Infinity || (Number.isSafeInteger(value) && value >= 1)) return value;
  throw new PolicyError(
    'ERR_RSERPOOL_INVALID_ARGUMENT',
    `maximumIncrement is an integer of at least 1 or Infinity, not ${String(value)}: leave it out to follow RFC 5356`,
    { path: 'maximumIncrement' },
  );
}

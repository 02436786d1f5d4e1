import { PolicyError } from './policy-error.ts';

/** The load that stands for 100 % (RFC 5356 section 3.1). */
export const fullLoad: number = 0xffffffff;

/**
 * A load as RFC 5356 section 3.1 writes it, from the fraction that people think in.
 *
 * @param fraction - 0 (idle) .. 1 (fully utilized).
 * @returns An integer 0 .. 0xffffffff.
 * @throws {@link PolicyError} `ERR_RSERPOOL_INVALID_ARGUMENT` for anything else.
 * @example
 * ```ts
 * import { loadFromFraction } from '@rserpool/policies';
 *
 * loadFromFraction(0.25); // 0x40000000
 * ```
 */
export function loadFromFraction(fraction: number): number {
  if (!(fraction >= 0 && fraction <= 1)) {
    throw new PolicyError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `a load is a fraction from 0 (idle) to 1 (fully utilized), not ${String(fraction)}: divide what is used by what there is`,
      { path: 'fraction' },
    );
  }
  return Math.round(fraction * fullLoad);
}

/**
 * The fraction that a load of RFC 5356 section 3.1 stands for.
 *
 * @param load - An integer 0 .. 0xffffffff.
 * @returns 0 (idle) .. 1 (fully utilized).
 * @throws {@link PolicyError} `ERR_RSERPOOL_INVALID_ARGUMENT` for anything else.
 */
export function fractionFromLoad(load: number): number {
  if (load !== load >>> 0) {
    throw new PolicyError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `a load is an integer from 0 to 0xffffffff, not ${String(load)}`,
      { path: 'load' },
    );
  }
  return load / fullLoad;
}

import { RserpoolError } from '@rserpool/wire';

/**
 * What a handlespace takes in at most. A registration beyond a limit is refused with the error cause Lack of
 * Resources (RFC 5354 section 3.12.7), whoever it comes from: what peers announce must not exhaust the memory
 * either. Registrars of one operational scope should have the same limits, because what one of them has to
 * refuse makes its audits find a difference again and again.
 */
export interface HandlespaceLimits {
  /**
   * Pools. 1 .. 2^30, default 262,144: a pool costs the memory of several elements, so there may be fewer; still
   * more than twice the largest scale that is measured (1,000,000 elements in 100,000 pools).
   */
  readonly maximumPools: number;
  /**
   * Pool elements of all pools together. 1 .. 2^30, default 1,048,576: the scale that the handlespace is built
   * and measured for.
   */
  readonly maximumPoolElements: number;
  /**
   * Pool elements of one pool. 1 .. 2^21 (the weights of that many add up exactly), default 131,072: one pool
   * alone does not fill the handlespace, and a list of all its elements stays a matter of milliseconds.
   */
  readonly maximumElementsPerPool: number;
  /**
   * Length of a pool handle in bytes. 1 .. 65,531, default 256: RFC 5354 section 3.9 sets no bound; structured
   * names fit, and what one pool may cost stays small. The reference implementation refuses more than 32, so use
   * 32 to share an operational scope with it.
   */
  readonly maximumPoolHandleBytes: number;
  /**
   * Length of a pool element as a parameter of a message, in bytes. 1 .. 65,535, default 4,096: more than a
   * hundred addresses; an element together with its pool handle has to fit into one message of each protocol
   * (RFC 5353 section 2), and it bounds what one element may cost.
   */
  readonly maximumPoolElementBytes: number;
}

/** The defaults of {@link HandlespaceLimits}. */
export const defaultHandlespaceLimits: HandlespaceLimits = {
  maximumPools: 262_144,
  maximumPoolElements: 1_048_576,
  maximumElementsPerPool: 131_072,
  maximumPoolHandleBytes: 256,
  maximumPoolElementBytes: 4_096,
};

/** The largest value of each limit. */
const bounds: HandlespaceLimits = {
  maximumPools: 2 ** 30,
  maximumPoolElements: 2 ** 30,
  maximumElementsPerPool: 2 ** 21,
  maximumPoolHandleBytes: 65_531,
  maximumPoolElementBytes: 65_535,
};

/**
 * Fills the defaults in and checks the ranges.
 *
 * @param limits - The limits that differ from the defaults.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where a limit is no integer of its range.
 */
export function resolvedLimits(limits: Partial<HandlespaceLimits>): HandlespaceLimits {
  const resolved = { ...defaultHandlespaceLimits };
  for (const name of Object.keys(bounds) as (keyof HandlespaceLimits)[]) {
    const limit = limits[name];
    if (limit === undefined) continue;
    if (!Number.isInteger(limit) || limit < 1 || limit > bounds[name]) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_ARGUMENT',
        `The limit ${name} is ${limit}; it has to be an integer in 1 .. ${bounds[name]}.`,
      );
    }
    resolved[name] = limit;
  }
  return resolved;
}

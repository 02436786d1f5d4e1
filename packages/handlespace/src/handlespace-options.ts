import type { RandomSource } from '@rserpool/wire';
import type { HandlespaceLimits } from './handlespace-limits.ts';

/** Options of a handlespace. */
export interface HandlespaceOptions {
  /**
   * Random numbers for the random policies and for the seeds of the hashes. In production a source that nobody
   * can predict, because who knows the seeds can make up pool handles that slow the lookup down.
   */
  readonly random: RandomSource;
  /** The limits that differ from `defaultHandlespaceLimits`. */
  readonly limits?: Partial<HandlespaceLimits>;
  /** Passed to the selectors of the policies (`createSelector` of `@rserpool/policies`); default: theirs. */
  readonly maximumIncrement?: number;
}

import type { PolicyParameter } from '@rserpool/wire';
import type { ElementReference } from './element-reference.ts';

/** What is known of a pool: its overall policy and elements of it. */
export interface PoolResolution {
  /**
   * The overall policy of the pool (RFC 5352 section 2.2.6). The type is what counts; the data are those that
   * the pool's first element had when it created the pool. The handlespace's own, not to be changed.
   */
  readonly policy: PolicyParameter;
  /** The elements. The array belongs to the caller. */
  readonly elements: ElementReference[];
}

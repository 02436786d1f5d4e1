import type { AssociationId } from '@rserpool/wire';
import { TokenBucket } from './token-bucket.ts';

/** The reports about one element since it last registered (RFC 5352 section 3.5). */
export class ElementReports {
  /** How many count against MAX-BAD-PE-REPORT. */
  count = 0;
  /** How many keep-alives they may cause. */
  readonly keepAlives: TokenBucket;
  /** When the last report of each user counted; those that are too old to matter go. */
  readonly #countedAt: Map<AssociationId, number> = new Map();

  /** @param keepAlivesPerSecond - How many keep-alives a second they may cause. */
  constructor(keepAlivesPerSecond: number) {
    this.keepAlives = new TokenBucket(keepAlivesPerSecond);
  }

  /**
   * Takes note of a report.
   *
   * @param association - Who sent it.
   * @param now - The time.
   * @param intervalMs - How long a report of this user stands for its further ones: they tell of the same event, which
   *   an endpoint must report only once.
   * @returns Whether it counts.
   */
  note(association: AssociationId, now: number, intervalMs: number): boolean {
    for (const [reporter, countedAt] of this.#countedAt) {
      if (now - countedAt >= intervalMs) this.#countedAt.delete(reporter);
    }
    if (this.#countedAt.has(association)) return false;
    if (intervalMs > 0) this.#countedAt.set(association, now);
    this.count += 1;
    return true;
  }
}

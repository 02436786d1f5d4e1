import type { FragmentRun } from './fragment-run.ts';
import type { TsnTracker } from './tsn-tracker.ts';

/**
 * Fragments are expected to have so many bytes on average, the few of a short message aside. With fewer, the objects that
 * hold them would take many times the memory that the window stands for.
 */
const leastAverageBytes = 128;
const fewFragments = 64;

/** What adding a fragment came to. */
export type ReassemblyNews = FragmentRun | 'held' | 'protocol-violation' | 'message-too-long';

/**
 * Puts fragments together (RFC 9260 section 6.9). They belong together when their TSNs are in sequence from one with B to
 * one with E, so that runs of them are kept by their ends: a fragment joins at most two runs, whatever the order in
 * which they come, in O(1).
 */
export class Reassembly {
  readonly #tracker: TsnTracker;
  readonly #maximumMessageBytes: number;
  readonly #maximumFragments: number;
  readonly #byFirst = new Map<number, FragmentRun>();
  readonly #byLast = new Map<number, FragmentRun>();

  /**
   * @param tracker - Knows which TSNs came.
   * @param maximumMessageBytes - The longest message that is put together.
   */
  constructor(tracker: TsnTracker, maximumMessageBytes: number) {
    this.#tracker = tracker;
    this.#maximumMessageBytes = maximumMessageBytes;
    this.#maximumFragments = fewFragments + Math.floor(maximumMessageBytes / leastAverageBytes);
  }

  /** Whether no fragments are held. */
  get isEmpty(): boolean {
    return this.#byFirst.size === 0;
  }

  /** The run with a TSN as its highest; for the message that is being put together behind the cumulative TSN. */
  endingAt(tsn: number): FragmentRun | undefined {
    return this.#byLast.get(tsn | 0);
  }

  /** Whether a whole message may have this TSN: no fragment beside it waits for a neighbour there. */
  fitsWhole(tsn: number): boolean {
    const before = this.#byLast.get((tsn - 1) | 0);
    if (before !== undefined && !before.ends) return false;
    const after = this.#byFirst.get((tsn + 1) | 0);
    return after === undefined || after.begins;
  }

  /**
   * Adds a fragment; its TSN is new and not yet known to the tracker.
   *
   * @returns The run with the whole message, which is not held any more, or what else came of it. A fragment that breaks
   *   the protocol is not held.
   */
  add(fragment: FragmentRun): ReassemblyNews {
    const before = this.#byLast.get((fragment.first - 1) | 0);
    const after = this.#byFirst.get((fragment.last + 1) | 0);
    if (!this.#fitsBehind(fragment, before) || !this.#fitsBefore(fragment, after))
      return 'protocol-violation';
    let run = fragment;
    if (before !== undefined && !fragment.begins) {
      this.#byLast.delete(before.last);
      before.append(fragment);
      run = before;
    }
    if (after !== undefined && !fragment.ends) {
      this.#byFirst.delete(after.first);
      run.append(after);
    }
    if (run.isWhole) {
      this.#byFirst.delete(run.first);
      this.#byLast.delete(run.last);
      return run.bytes > this.#maximumMessageBytes ? 'message-too-long' : run;
    }
    if (run === fragment) this.#byFirst.set(run.first, run);
    this.#byLast.set(run.last, run);
    const tooLong = run.bytes > this.#maximumMessageBytes || run.count > this.#maximumFragments;
    return tooLong ? 'message-too-long' : 'held';
  }

  #fitsBehind(fragment: FragmentRun, before: FragmentRun | undefined): boolean {
    if (fragment.begins) return before === undefined || before.ends;
    if (before === undefined) return !this.#tracker.has(fragment.first - 1);
    return !before.ends && before.fits(fragment);
  }

  #fitsBefore(fragment: FragmentRun, after: FragmentRun | undefined): boolean {
    if (fragment.ends) return after === undefined || after.begins;
    if (after === undefined) return !this.#tracker.has(fragment.last + 1);
    return !after.begins && fragment.fits(after);
  }
}

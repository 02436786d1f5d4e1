import { readUint64, writeUint64 } from '../uint64.ts';

/** How far a job is: what packets of the CalcApp protocol carry, and its cookie consists of. */
export interface CalcAppState {
  /** The user's number for the job, 32 bits. */
  readonly jobIdentifier: number;
  /** How many calculations the job has, 0 .. 2^53 - 1. */
  readonly jobSize: number;
  /** How many of them are done, 0 .. 2^53 - 1. */
  readonly completed: number;
}

/** The length of a {@link CalcAppState} on the wire. */
export const calcAppStateLength = 20;

/**
 * Writes a state: 32 bits, then twice 64.
 *
 * @param view - Where to.
 * @param offset - From which byte on.
 * @param state - The state.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for amounts that are no numbers from 0 to 2^53 - 1.
 */
export function writeCalcAppState(view: DataView, offset: number, state: CalcAppState): void {
  view.setUint32(offset, state.jobIdentifier);
  writeUint64(view, offset + 4, state.jobSize);
  writeUint64(view, offset + 12, state.completed);
}

/**
 * Reads what {@link writeCalcAppState} writes, or gives `undefined` for amounts beyond 2^53 - 1.
 *
 * @param view - Where from; at least {@link calcAppStateLength} bytes behind `offset`.
 * @param offset - From which byte on.
 */
export function readCalcAppState(view: DataView, offset: number): CalcAppState | undefined {
  const jobSize = readUint64(view, offset + 4);
  const completed = readUint64(view, offset + 12);
  if (jobSize === undefined || completed === undefined) return undefined;
  return { jobIdentifier: view.getUint32(offset), jobSize, completed };
}

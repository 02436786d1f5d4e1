import { createHash } from 'node:crypto';
import type { RunTask } from './run-task.ts';

/**
 * The name under which a run is kept: equal for equal parameters, seed and version of the model, whatever the order in
 * which the parameters are written.
 *
 * @param version - The version of the model.
 * @param task - The run.
 * @returns 24 hexadecimal digits.
 */
export function runKey(version: string, { parameters, seed }: RunTask): string {
  const entries = Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([version, seed, entries]))
    .digest('hex')
    .slice(0, 24);
}

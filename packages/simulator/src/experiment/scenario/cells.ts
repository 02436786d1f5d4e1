import { checkParameters } from '../../evaluation/check-parameters.ts';
import type { RunParameters } from '../../evaluation/parameters.ts';
import type { RunTask } from '../runs/run-task.ts';
import { type Assignment, combinations, type Scenario, sweptParameters } from './scenario.ts';

/** A point of a figure: what is swept has one value each. */
export interface Cell {
  /** The values of what is swept. */
  readonly at: Assignment;
  /** The runs that its metrics are the means of; none where they follow from a formula. */
  readonly tasks: readonly RunTask[];
}

/**
 * All parameters of a run.
 *
 * @param scenario - The scenario.
 * @param at - The values of what is swept.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`, with everything that is wrong.
 */
export function parametersOf(scenario: Scenario, at: Assignment): RunParameters {
  return checkParameters({ ...scenario.fixed, ...at });
}

/**
 * One point.
 *
 * @param scenario - The scenario.
 * @param at - The values of what is swept.
 */
export function cellAt(scenario: Scenario, at: Assignment): Cell {
  if (scenario.formula !== undefined) return { at, tasks: [] };
  const parameters = parametersOf(scenario, at);
  const tasks = Array.from({ length: scenario.seeds }, (_, index) => ({ parameters, seed: index + 1 }));
  return { at, tasks };
}

/**
 * All points of a scenario: curve by curve, and along the axis.
 *
 * @param scenario - The scenario.
 */
export function cellsOf(scenario: Scenario): Cell[] {
  return combinations(sweptParameters(scenario)).map((at) => cellAt(scenario, at));
}

/**
 * The runs of several points, seed by seed: wherever the work is interrupted all points have about as many runs, and
 * what has been done so far tells how long the rest takes.
 *
 * @param cells - The points.
 */
export function tasksOf(cells: readonly Cell[]): RunTask[] {
  const seeds = Math.max(0, ...cells.map(({ tasks }) => tasks.length));
  return Array.from({ length: seeds }, (_, index) => cells.flatMap(({ tasks }) => tasks[index] ?? [])).flat();
}

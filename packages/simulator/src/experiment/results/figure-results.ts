import { metricTable } from '../../evaluation/metrics.ts';
import { formulas } from '../formula/formulas.ts';
import type { Sweep } from '../runs/sweep.ts';
import { type Cell, cellAt, cellsOf } from '../scenario/cells.ts';
import type { Assignment, Scenario } from '../scenario/scenario.ts';
import { estimate, type Estimate, exactly } from '../statistics/estimate.ts';

/** A point of a figure with what its runs came to. */
export interface CellResults {
  /** The values of what is swept. */
  readonly at: Assignment;
  /** Every metric. */
  readonly metrics: Readonly<Record<string, Estimate>>;
}

/** What the runs of a scenario came to. */
export class FigureResults {
  /** The scenario, as it was run. */
  readonly scenario: Scenario;
  readonly #sweep: Pick<Sweep, 'results'>;

  /**
   * @param scenario - The scenario, as it was run.
   * @param sweep - Knows the runs.
   */
  constructor(scenario: Scenario, sweep: Pick<Sweep, 'results'>) {
    this.scenario = scenario;
    this.#sweep = sweep;
  }

  /** All points: curve by curve, and along the axis. */
  cells(): CellResults[] {
    return cellsOf(this.scenario).map((cell) => ({ at: cell.at, metrics: this.#metricsOf(cell) }));
  }

  /**
   * A metric in each run at one point, in the order of the seeds; a formula has one value.
   *
   * @param metric - Its name.
   * @param at - The values of what is swept.
   */
  runs(metric: string, at: Assignment): number[] {
    if (this.#formula() !== undefined) return [this.#evaluate(at)[metric] ?? Number.NaN];
    const { tasks } = cellAt(this.scenario, at);
    return this.#sweep.results(tasks).map((metrics) => metrics[metric] ?? Number.NaN);
  }

  /**
   * The mean of what {@link FigureResults.runs} gives, or of differences of it.
   *
   * @param values - The values.
   */
  mean(values: readonly number[]): Estimate {
    return this.#formula() === undefined ? estimate(values) : exactly(values[0] ?? Number.NaN);
  }

  #metricsOf(cell: Cell): Record<string, Estimate> {
    const formula = this.#formula();
    if (formula !== undefined) {
      const values = Object.entries(this.#evaluate(cell.at));
      return Object.fromEntries(values.map(([name, value]) => [name, exactly(value)]));
    }
    return summarize(this.#sweep.results(cell.tasks));
  }

  #formula(): ReturnType<typeof formulas.get> {
    return this.scenario.formula === undefined ? undefined : formulas.get(this.scenario.formula);
  }

  #evaluate(at: Assignment): Readonly<Record<string, number>> {
    return this.#formula()?.evaluate({ ...this.scenario.fixed, ...at }) ?? {};
  }
}

/**
 * Every metric of several runs.
 *
 * @param runs - The metrics of each run, in the order of their seeds.
 */
export function summarize(runs: readonly Readonly<Record<string, number>>[]): Record<string, Estimate> {
  const names = Object.keys(metricTable);
  return Object.fromEntries(
    names.map((name) => [name, estimate(runs.map((metrics) => metrics[name] ?? Number.NaN))]),
  );
}

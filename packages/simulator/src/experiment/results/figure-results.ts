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
   * A metric at one point.
   *
   * @param metric - Its name.
   * @param at - The values of what is swept.
   */
  value(metric: string, at: Assignment): Estimate {
    const formula = this.#formula();
    if (formula !== undefined) return exactly(this.#evaluate(at)[metric] ?? Number.NaN);
    return estimate(this.#values(metric, cellAt(this.scenario, at)));
  }

  /**
   * How much a metric changes from one point to another: the mean of the differences of runs with the same seed.
   *
   * @param metric - Its name.
   * @param from - The first point.
   * @param to - The second one.
   */
  change(metric: string, from: Assignment, to: Assignment): Estimate {
    const formula = this.#formula();
    if (formula !== undefined) {
      const values = [from, to].map((at) => this.#evaluate(at)[metric] ?? Number.NaN);
      return exactly((values[1] ?? Number.NaN) - (values[0] ?? Number.NaN));
    }
    const before = this.#values(metric, cellAt(this.scenario, from));
    const after = this.#values(metric, cellAt(this.scenario, to));
    if (before.length !== after.length) return estimate([]);
    return estimate(after.map((value, index) => value - (before[index] ?? Number.NaN)));
  }

  #metricsOf(cell: Cell): Record<string, Estimate> {
    const formula = this.#formula();
    if (formula !== undefined) {
      const values = Object.entries(this.#evaluate(cell.at));
      return Object.fromEntries(values.map(([name, value]) => [name, exactly(value)]));
    }
    return summarize(this.#sweep.results(cell.tasks));
  }

  #values(metric: string, cell: Cell): number[] {
    return this.#sweep.results(cell.tasks).map((metrics) => metrics[metric] ?? Number.NaN);
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

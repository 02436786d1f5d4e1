import type { CheckedOrdering } from '../orderings/check-ordering.ts';
import { parametersOf } from '../scenario/cells.ts';
import type { FigureResults } from './figure-results.ts';

/**
 * The results as tidy CSV: a line for each point and metric.
 *
 * @param results - The results.
 */
export function toCsv(results: FigureResults): string {
  const { scenario } = results;
  const curves = Object.keys(scenario.curves);
  const { parameter } = scenario.x;
  const lines = results
    .cells()
    .flatMap(({ at, metrics }) =>
      Object.entries(metrics).map(([metric, { mean, halfWidth, runs }]) => [
        scenario.name,
        ...curves.map((name) => at[name]),
        at[parameter],
        metric,
        mean ?? '',
        halfWidth ?? '',
        runs,
      ]),
    );
  const header = ['figure', ...curves, parameter, 'metric', 'mean', 'halfWidth', 'runs'];
  return [header, ...lines].map((cells) => `${cells.map(String).map(quoted).join(',')}\n`).join('');
}

/** RFC 4180: what holds a separator is quoted; own scenarios have names of their own. */
function quoted(text: string): string {
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The results as JSON: the scenario, every metric of every point, and what became of the orderings.
 *
 * @param results - The results.
 * @param orderings - The orderings, held against them.
 * @param version - The version of the model.
 */
export function toJson(
  results: FigureResults,
  orderings: readonly CheckedOrdering[],
  version: string,
): string {
  const { scenario } = results;
  const { name, title, source, formula, fixed, x, curves, seeds } = scenario;
  const cells = results.cells().map(({ at, metrics }) => ({
    at,
    ...(formula === undefined ? { parameters: parametersOf(scenario, at) } : {}),
    metrics,
  }));
  const checked = orderings.map(({ ordering, verdict, comparisons }) => ({
    ...ordering,
    verdict,
    comparisons,
  }));
  const content = {
    figure: name,
    title,
    source,
    formula,
    modelVersion: version,
    fixed,
    x,
    curves,
    seeds,
    cells,
    orderings: checked,
  };
  return `${JSON.stringify(content, null, 1)}\n`;
}

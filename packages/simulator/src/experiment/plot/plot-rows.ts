import type { FigureResults } from '../results/figure-results.ts';
import type { ParameterValue } from '../scenario/scenario.ts';
import { formatValue } from '../statistics/format.ts';
import { parameterTitle } from './titles.ts';

/** A point of a plot. */
export interface PlotRow {
  /** Where on the x axis. */
  readonly x: number;
  /** The mean. */
  readonly y: number;
  /** The lower end of the confidence interval. */
  readonly low: number;
  /** Its upper end. */
  readonly high: number;
  /** What tells the curve by its line and marks. */
  readonly line: string;
  /** What tells it by its colour. */
  readonly colour: string;
}

/** What tells the curves of a figure apart. */
export interface CurveStyle {
  /** The title of the legend of lines and marks; `undefined` where there is one curve. */
  readonly lineTitle: string | undefined;
  /** Its entries. */
  readonly lines: readonly string[];
  /** The title of the legend of colours; `undefined` where lines tell all. */
  readonly colourTitle: string | undefined;
  /** Its entries. */
  readonly colours: readonly string[];
}

/**
 * What tells the curves apart: lines and marks for the policy, as in the papers, or else for the first parameter;
 * colours for the others.
 *
 * @param curves - The parameters of the curves with their values.
 */
export function curveStyle(curves: Readonly<Record<string, readonly ParameterValue[]>>): CurveStyle {
  const byLine = lineParameter(curves);
  const others = Object.keys(curves).filter((name) => name !== byLine);
  const colours = others.reduce<string[]>(
    (partial, name) =>
      partial.flatMap((text) => (curves[name] ?? []).map((value) => joined(text, formatValue(value)))),
    [''],
  );
  return {
    lineTitle: byLine === undefined ? undefined : parameterTitle(byLine),
    lines: byLine === undefined ? [''] : (curves[byLine] ?? []).map(formatValue),
    colourTitle: others.length === 0 ? undefined : others.map(parameterTitle).join(', '),
    colours,
  };
}

/**
 * The points of one plot.
 *
 * @param results - The results of the figure.
 * @param metric - What is plotted.
 */
export function plotRows({ scenario, ...results }: PlotSource, metric: string): PlotRow[] {
  const { x, curves } = scenario;
  const byLine = lineParameter(curves);
  const others = Object.keys(curves).filter((name) => name !== byLine);
  return results.cells.flatMap(({ at, metrics }) => {
    const { mean = null, halfWidth = 0 } = metrics[metric] ?? {};
    if (mean === null) return [];
    const half = halfWidth ?? 0;
    return {
      x: Number(at[x.parameter]) / x.divideBy,
      y: mean,
      low: mean - half,
      high: mean + half,
      line: byLine === undefined ? '' : formatValue(at[byLine] ?? ''),
      colour: others.map((name) => formatValue(at[name] ?? '')).reduce(joined, ''),
    };
  });
}

/** What is plotted: a scenario and all its points. */
export interface PlotSource {
  /** The scenario. */
  readonly scenario: FigureResults['scenario'];
  /** Its points. */
  readonly cells: ReturnType<FigureResults['cells']>;
}

function lineParameter(curves: Readonly<Record<string, unknown>>): string | undefined {
  return Object.hasOwn(curves, 'policy') ? 'policy' : Object.keys(curves)[0];
}

function joined(text: string, more: string): string {
  return text === '' ? more : `${text}, ${more}`;
}

import { formulas } from '../formula/formulas.ts';
import type { FigureResults } from '../results/figure-results.ts';
import type { Axis, Panel } from '../scenario/scenario.ts';
import { simulation } from '../scenario/subject.ts';
import { type CurveStyle, curveStyle, plotRows, type PlotSource } from './plot-rows.ts';
import { metricTitle } from './titles.ts';

const dashes = [[], [7, 3], [2, 3], [9, 3, 2, 3]];
const marks = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down'];
/** Told apart on paper and by most who do not see all colours: those of Okabe and Ito, without yellow. */
const palette = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#000000', '#56b4e9', '#e69f00'];
const font = 'Liberation Sans, Arial, Helvetica, sans-serif';

/** A plot in Vega-Lite's language, which is JSON. */
export type PlotSpecification = Readonly<Record<string, unknown>>;

/**
 * A figure as the papers have it: its plots side by side, points with error bars, a line style for each policy.
 *
 * @param results - The results.
 */
export function plotSpecification(results: FigureResults): PlotSpecification {
  const { scenario } = results;
  const source = { scenario, cells: results.cells() };
  const style = curveStyle(scenario.curves);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    title: { text: scenario.title, subtitle: scenario.source, anchor: 'middle' },
    config: {
      font,
      axis: { labelFontSize: 11, titleFontSize: 12, titleFontWeight: 'normal', gridDash: [1, 3] },
      legend: {
        labelFontSize: 11,
        titleFontSize: 11,
        symbolSize: 60,
        symbolStrokeWidth: 1.5,
        titleLimit: 0,
        labelLimit: 0,
        orient: 'bottom',
      },
    },
    hconcat: scenario.panels.map((panel) => plotPanel(source, panel, style)),
  };
}

function plotPanel(source: PlotSource, panel: Panel, style: CurveStyle): PlotSpecification {
  const { x, formula } = source.scenario;
  const { metrics } = (formula === undefined ? undefined : formulas.get(formula)) ?? simulation;
  const label = panel.label ?? metricTitle(metrics[panel.metric], panel.metric);
  const rows = plotRows(source, panel.metric);
  const hasErrors = rows.some(({ low, high }) => high > low);
  const colour = colourOf(style);
  return {
    width: 360,
    height: 280,
    data: { values: rows.map((row) => ({ ...row, dash: row.line })) },
    encoding: { x: axisOf(x), color: colour },
    layer: [
      {
        mark: { type: 'line', strokeWidth: 1.3 },
        encoding: {
          y: { field: 'y', type: 'quantitative', title: label, scale: { zero: false } },
          ...dashOf(style),
        },
      },
      {
        mark: { type: 'point', filled: false, size: 36, strokeWidth: 1.2 },
        encoding: { y: { field: 'y', type: 'quantitative' }, ...shapeOf(style) },
      },
      ...(hasErrors ? [errorBars] : []),
    ],
  };
}

const errorBars: PlotSpecification = {
  mark: { type: 'errorbar', ticks: { size: 5 }, thickness: 1 },
  encoding: {
    y: { field: 'low', type: 'quantitative', title: '' },
    y2: { field: 'high' },
  },
};

function axisOf({ label, scale }: Axis): object {
  return {
    field: 'x',
    type: 'quantitative',
    title: label,
    scale: { type: scale, zero: false, nice: scale === 'linear' },
  };
}

/** Where one parameter tells all curves apart, colours and lines both do. */
function colourOf(style: CurveStyle): object {
  const byColour = style.colourTitle !== undefined;
  const domain = byColour ? style.colours : style.lines;
  if (domain.length === 1) return { value: palette[0] };
  return {
    field: byColour ? 'colour' : 'line',
    type: 'nominal',
    title: byColour ? style.colourTitle : style.lineTitle,
    sort: null,
    scale: { domain: [...domain], range: cycle(palette, domain.length) },
  };
}

function dashOf({ lines, lineTitle }: CurveStyle): object {
  if (lines.length === 1) return {};
  return {
    strokeDash: {
      field: 'dash',
      type: 'nominal',
      title: lineTitle,
      scale: { domain: [...lines], range: cycle(dashes, lines.length) },
      // Of the same field it would be one legend with the marks, and draw their outlines dashed.
      legend: { title: lineTitle ?? null, symbolType: 'stroke', symbolSize: 500 },
    },
  };
}

function shapeOf({ lines, lineTitle }: CurveStyle): object {
  if (lines.length === 1) return {};
  return {
    shape: {
      field: 'line',
      type: 'nominal',
      title: lineTitle,
      scale: { domain: [...lines], range: cycle(marks, lines.length) },
    },
  };
}

function cycle<Item>(items: readonly Item[], count: number): Item[] {
  return Array.from({ length: count }, (_, index) => items[index % items.length] as Item);
}

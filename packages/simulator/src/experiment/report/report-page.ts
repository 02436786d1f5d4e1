import { formulas } from '../formula/formulas.ts';
import type { CheckedOrdering } from '../orderings/check-ordering.ts';
import { describeComparison, describeVerdict } from '../orderings/describe-ordering.ts';
import { parameterTitle } from '../plot/titles.ts';
import type { FigureResults } from '../results/figure-results.ts';
import { parametersOf } from '../scenario/cells.ts';
import { combinations, type Scenario, sweptParameters } from '../scenario/scenario.ts';
import { formatValue } from '../statistics/format.ts';
import { Html, html } from './html.ts';
import { reportStyle } from './report-style.ts';

/** A figure of the report. */
export interface ReportedFigure {
  /** Its results. */
  readonly results: FigureResults;
  /** What is said about it, held against them. */
  readonly orderings: readonly CheckedOrdering[];
  /** Its plots. */
  readonly svg: string;
}

/** A section of the report that is no figure, such as a message sequence chart. */
export interface ReportSection {
  /** Its heading. */
  readonly title: string;
  /** What is to be seen. */
  readonly text: string;
  /** The picture. */
  readonly svg: string;
}

/**
 * The report: one page with all figures, what is said about them and whether it is to be seen, and all parameters.
 *
 * @param figures - The figures.
 * @param version - The version of the model.
 * @param sections - What follows the figures.
 */
export function reportPage(
  figures: readonly ReportedFigure[],
  version: string,
  sections: readonly ReportSection[] = [],
): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Reliable Server Pooling: the evaluation, rerun</title>
<style>${new Html(reportStyle)}</style>
</head>
<body>
<h1>Reliable Server Pooling: the evaluation, rerun</h1>
<p>Each point is the mean of independent runs with its 95 % confidence interval. What the papers describe is held against
these intervals: it is <em>shown</em> where those of all points that it compares are separated, and <em>shown run by
run</em> where some overlap, but those of the differences of runs with the same seed do not reach zero. Version of the model:
<code>${version}</code>.</p>
<table>
<tr><th>Figure</th><th>Title</th><th>Runs a point</th><th>Described</th></tr>
${figures.map(overviewRow)}
</table>
${figures.map(figureSection)}
${sections.map(({ title, text, svg }) => html`<h2>${title}</h2><p>${text}</p><figure>${new Html(svg)}</figure>`)}
</body>
</html>
`;
  return page.source;
}

function overviewRow({ results: { scenario }, orderings }: ReportedFigure): Html {
  const shown = orderings.filter(({ verdict }) => verdict === 'shown' || verdict === 'paired').length;
  const runs = scenario.formula === undefined ? String(scenario.seeds) : 'formula';
  return html`<tr><td><a href="#${scenario.name}">${scenario.name}</a></td><td>${scenario.title}</td><td>${runs}</td><td>${shown} of ${orderings.length} shown</td></tr>
`;
}

function figureSection({ results, orderings, svg }: ReportedFigure): Html {
  const { scenario } = results;
  const { name, title, source, about, readings } = scenario;
  return html`<h2 id="${name}">${title}</h2>
<p class="source">${source}</p>
<p>${about}</p>
<figure>${new Html(svg)}</figure>
<h3>What is described</h3>
<table>${orderings.map(orderingRow)}</table>
<details><summary>Comparisons with their numbers</summary>${orderings.map(comparisonList)}</details>
${readings.length === 0 ? [] : [html`<h3>Readings</h3><ul>${readings.map((reading) => html`<li>${reading}</li>`)}</ul>`]}
<details><summary>Parameters</summary>${parameterRows(scenario)}</details>
`;
}

function orderingRow(checked: CheckedOrdering): Html {
  const { ordering, verdict } = checked;
  const why =
    verdict === 'shown' || verdict === 'paired' || ordering.deviation === undefined
      ? ''
      : ` ${ordering.deviation}`;
  return html`<tr><td>${ordering.says}${why}</td><td class="verdict ${verdict}">${describeVerdict(checked)}</td></tr>
`;
}

function comparisonList({ ordering, comparisons }: CheckedOrdering): Html {
  return html`<p>${ordering.says} (${ordering.metric})</p>
<ul>${comparisons.map((comparison) => html`<li>${describeComparison(comparison)}</li>`)}</ul>
`;
}

function parameterRows(scenario: Scenario): Html {
  const swept = sweptParameters(scenario);
  const [first = {}] = combinations(swept);
  const all =
    scenario.formula === undefined ? parametersOf(scenario, first) : { ...scenario.fixed, ...first };
  const rows = Object.entries(all).map(([name, value]) => {
    const values = (swept[name] ?? [value]).map(formatValue).join(', ');
    const origin = Object.hasOwn(swept, name)
      ? 'swept'
      : Object.hasOwn(scenario.fixed, name)
        ? 'scenario'
        : 'model';
    return html`<tr><td>${parameterTitle(name)}</td><td>${values}</td><td>${origin}</td></tr>
`;
  });
  const formula = scenario.formula === undefined ? undefined : formulas.get(scenario.formula);
  const explanation = Object.values(formula?.metrics ?? {}).map(
    (metric) => html`<p>${metric.title}: ${metric.explanation}</p>`,
  );
  return html`${explanation}<table><tr><th>Parameter</th><th>Value</th><th>From</th></tr>
${rows}</table>`;
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { failoverSections } from '../../chart/failover-section.ts';
import { checkOrdering } from '../../experiment/orderings/check-ordering.ts';
import { describeVerdict } from '../../experiment/orderings/describe-ordering.ts';
import { plotSpecification } from '../../experiment/plot/plot-specification.ts';
import { renderSvg } from '../../experiment/plot/render-svg.ts';
import { type ReportedFigure, reportPage } from '../../experiment/report/report-page.ts';
import { FigureResults } from '../../experiment/results/figure-results.ts';
import { toCsv, toJson } from '../../experiment/results/results-files.ts';
import { modelVersion } from '../../experiment/runs/model-version.ts';
import { RunStore } from '../../experiment/runs/run-store.ts';
import { Sweep } from '../../experiment/runs/sweep.ts';
import { adaptScenario } from '../../experiment/scenario/adapt-scenario.ts';
import { cellsOf, tasksOf } from '../../experiment/scenario/cells.ts';
import type { Scenario } from '../../experiment/scenario/scenario.ts';
import type { Context } from '../context.ts';
import { Progress } from '../progress.ts';
import { addRunOptions, executorOf, type RunOptions } from '../run-options.ts';

interface FigureOptions extends RunOptions {
  readonly set: readonly string[];
  readonly quick?: true;
  readonly out: string;
}

/**
 * Adds the command `run`.
 *
 * @param program - The command line to add it to.
 * @param context - What it works with.
 */
export function addRun(program: Command, context: Context): void {
  const command = program
    .command('run')
    .description('simulate figures, and write results, plots and a report')
    .argument('<figure...>', "names that 'list' shows, paths of scenario files, or all")
    .option(
      '--set <name=value>',
      'another value of a parameter; several, separated by commas, where the figure sweeps it',
      (setting: string, settings: readonly string[]) => [...settings, setting],
      [],
    )
    .option('--quick', 'every second point and four runs each')
    .option('--out <directory>', 'where everything goes; runs that are there already are used', 'simulation');
  addRunOptions(command, 'as the scenario says, 24 or 50').action(
    async (names: readonly string[], options: FigureOptions) => {
      const found = names.flatMap((name) =>
        name === 'all' ? context.library.all() : context.library.find(name),
      );
      const scenarios = found.map((scenario) =>
        adaptScenario(scenario, {
          settings: options.set,
          seeds: options.seeds,
          isQuick: options.quick === true,
        }),
      );
      await runFigures(scenarios, options, context);
    },
  );
}

async function runFigures(
  scenarios: readonly Scenario[],
  options: FigureOptions,
  context: Context,
): Promise<void> {
  const { out } = options;
  mkdirSync(out, { recursive: true });
  const version = modelVersion();
  const store = new RunStore(join(out, 'runs.jsonl'));
  const sweep = new Sweep({ store, executor: executorOf(options, context), version });
  const work = scenarios.map((scenario) => ({ scenario, tasks: tasksOf(cellsOf(scenario)) }));
  const all = work.flatMap(({ tasks }) => tasks);
  const missing = sweep.missing(all).length;
  context.note(describeWork(all.length, missing, store, out));
  const progress = new Progress(context, missing);
  const figures: ReportedFigure[] = [];
  try {
    for (const { scenario, tasks } of work) {
      await sweep.run(tasks, context.signal, () => progress.tick(scenario.name));
      figures.push(await writeFigure(new FigureResults(scenario, sweep), out, version));
    }
  } finally {
    progress.stop();
    if (context.signal.aborted)
      context.note(`interrupted: ${store.size} runs are kept; the same command goes on`);
  }
  writeFileSync(join(out, 'report.html'), reportPage(figures, version, failoverSections()));
  for (const { results, orderings } of figures) {
    context.line(`${results.scenario.name}: ${results.scenario.title}`);
    for (const checked of orderings) {
      context.line(`  ${describeVerdict(checked)}: ${checked.ordering.says}`);
    }
  }
  context.line(`report: ${join(out, 'report.html')}`);
}

function describeWork(all: number, missing: number, store: RunStore, out: string): string {
  const reused =
    missing === all ? '' : `; ${all - missing} of them are in ${out} already or the same as others`;
  const damaged = store.damagedLines === 0 ? '' : `; ${store.damagedLines} lines there cannot be read`;
  return `${all} runs${reused}${damaged}`;
}

async function writeFigure(results: FigureResults, out: string, version: string): Promise<ReportedFigure> {
  const { scenario } = results;
  const orderings = scenario.orderings.map((ordering) => checkOrdering(results, ordering));
  const svg = await renderSvg(plotSpecification(results));
  const file = (ending: string): string => join(out, `${scenario.name}.${ending}`);
  writeFileSync(file('csv'), toCsv(results));
  writeFileSync(file('json'), toJson(results, orderings, version));
  writeFileSync(file('svg'), svg);
  return { results, orderings, svg };
}

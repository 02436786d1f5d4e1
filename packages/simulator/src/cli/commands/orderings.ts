import { join } from 'node:path';
import type { Command } from 'commander';
import {
  type CheckedOrdering,
  checkOrdering,
  pointsOf,
  type Verdict,
} from '../../experiment/orderings/check-ordering.ts';
import { describeComparison, describeVerdict } from '../../experiment/orderings/describe-ordering.ts';
import { FigureResults } from '../../experiment/results/figure-results.ts';
import { modelVersion } from '../../experiment/runs/model-version.ts';
import { RunStore } from '../../experiment/runs/run-store.ts';
import { Sweep } from '../../experiment/runs/sweep.ts';
import { cellAt, tasksOf } from '../../experiment/scenario/cells.ts';
import { type Scenario, sweptParameters } from '../../experiment/scenario/scenario.ts';
import type { Context } from '../context.ts';
import { Progress } from '../progress.ts';
import { addRunOptions, executorOf, type RunOptions } from '../run-options.ts';

interface OrderingsOptions extends RunOptions {
  readonly out: string;
}

/**
 * Adds the command `orderings`.
 *
 * @param program - The command line to add it to.
 * @param context - What it works with.
 */
export function addOrderings(program: Command, context: Context): void {
  const command = program
    .command('orderings')
    .description('check what the papers say about their figures, at the points of which they speak')
    .argument('[figure...]', 'names or files; all by default')
    .option('--out <directory>', 'where finished runs are kept', 'simulation');
  addRunOptions(command, 'as the scenario says, 24 or 50').action(
    async (names: readonly string[], options: OrderingsOptions) => {
      const found =
        names.length === 0 ? context.library.all() : names.map((name) => context.library.find(name));
      const scenarios = found.map((scenario) => ({ ...scenario, seeds: options.seeds ?? scenario.seeds }));
      await checkAll(scenarios, options, context);
    },
  );
}

async function checkAll(
  scenarios: readonly Scenario[],
  options: OrderingsOptions,
  context: Context,
): Promise<void> {
  const store = new RunStore(join(options.out, 'runs.jsonl'));
  const sweep = new Sweep({ store, executor: executorOf(options, context), version: modelVersion() });
  const work = scenarios.map((scenario) => {
    const points = scenario.orderings.flatMap((ordering) => pointsOf(sweptParameters(scenario), ordering));
    return { scenario, tasks: tasksOf(points.map((at) => cellAt(scenario, at))) };
  });
  const progress = new Progress(context, sweep.missing(work.flatMap(({ tasks }) => tasks)).length);
  const checked: CheckedOrdering[] = [];
  try {
    for (const { scenario, tasks } of work) {
      await sweep.run(tasks, context.signal, () => progress.tick(scenario.name));
      const results = new FigureResults(scenario, sweep);
      checked.push(...scenario.orderings.map((ordering) => checkOrdering(results, ordering)));
    }
  } finally {
    progress.stop();
    if (context.signal.aborted)
      context.note(`interrupted: ${store.size} runs are kept; the same command goes on`);
  }
  print(scenarios, checked, context);
}

function print(scenarios: readonly Scenario[], checked: readonly CheckedOrdering[], context: Context): void {
  for (const scenario of scenarios) {
    context.line(`${scenario.name}: ${scenario.title}`);
    for (const one of checked.filter(({ ordering }) => scenario.orderings.includes(ordering))) {
      context.line(`  ${describeVerdict(one)}: ${one.ordering.says}`);
      for (const comparison of one.comparisons) {
        if (!['separated', 'paired'].includes(comparison.relation))
          context.line(`    ${describeComparison(comparison)}`);
      }
      if (!['shown', 'paired'].includes(one.verdict) && one.ordering.deviation !== undefined) {
        context.line(`    ${one.ordering.deviation}`);
      }
    }
  }
  const count = (verdict: Verdict): number => checked.filter((one) => one.verdict === verdict).length;
  const unexplained = checked.filter(
    ({ verdict, ordering }) => !['shown', 'paired'].includes(verdict) && ordering.deviation === undefined,
  ).length;
  context.line(
    JSON.stringify({
      orderings: checked.length,
      shown: count('shown'),
      paired: count('paired'),
      undecided: count('undecided'),
      reversed: count('reversed'),
      unknown: count('unknown'),
      unexplained,
    }),
  );
  if (unexplained > 0) context.exitCode = 1;
}

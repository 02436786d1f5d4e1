import type { Command } from 'commander';
import { cellsOf } from '../../experiment/scenario/cells.ts';
import type { Context } from '../context.ts';

/**
 * Adds the command `list`.
 *
 * @param program - The command line to add it to.
 * @param context - What it works with.
 */
export function addList(program: Command, context: Context): void {
  program
    .command('list')
    .description('show the scenarios that come with the package')
    .action(() => {
      for (const scenario of context.library.all()) {
        const { name, source, title, formula, seeds } = scenario;
        const points = cellsOf(scenario).length;
        const runs =
          formula === undefined ? `${points} points with ${seeds} runs each` : `${points} points, a formula`;
        context.line(`${name.padEnd(14)} ${title} (${source}): ${runs}`);
      }
    });
}

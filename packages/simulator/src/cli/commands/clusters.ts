import type { Command } from 'commander';
import { clusters } from '../clusters/clusters.ts';
import type { Context } from '../context.ts';

/**
 * Adds the command `clusters`, which has options of its own.
 *
 * @param program - The command line to add it to.
 * @param context - What it works with.
 */
export function addClusters(program: Command, context: Context): void {
  program
    .command('clusters')
    .description(
      'simulate whole clusters with faults, one for each seed (`clusters --help` shows its options)',
    )
    .helpOption(false)
    .allowUnknownOption()
    .argument('[options...]')
    .action(async (argv: readonly string[]) => {
      context.exitCode = await clusters(argv, context.seedWorker, context.signal);
    });
}

import { RserpoolError } from '@rserpool/wire';
import { Command, CommanderError } from 'commander';
import { addCell } from './commands/cell.ts';
import { addClusters } from './commands/clusters.ts';
import { addList } from './commands/list.ts';
import { addOrderings } from './commands/orderings.ts';
import { addRun } from './commands/run.ts';
import { addAdvise } from '../advise/advise-command.ts';
import { addTrace } from '../chart/trace-command.ts';
import { addWorker } from '../distribution/worker-command.ts';
import type { Context } from './context.ts';

/** What every command is added by. */
const commands: readonly ((program: Command, context: Context) => void)[] = [
  addList,
  addRun,
  addCell,
  addOrderings,
  addTrace,
  addAdvise,
  addWorker,
  addClusters,
];

/**
 * Runs the command `rserpool-sim`.
 *
 * @param argv - The arguments behind the command's name.
 * @param context - What commands work with.
 * @returns The exit code: 0, 1 for a failure, 2 for a wrong command line or scenario, 130 after an interruption.
 */
export async function runProgram(argv: readonly string[], context: Context): Promise<number> {
  const program = new Command('rserpool-sim')
    .description('The published evaluation of Reliable Server Pooling, rerun on the machines of production')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.line(text.trimEnd()),
      writeErr: (text) => context.note(text.trimEnd()),
    })
    .configureHelp({ showGlobalOptions: true });
  for (const add of commands) add(program, context);
  try {
    if (argv.length === 0) program.error('error: a command is missing; --help shows them');
    await program.parseAsync(argv, { from: 'user' });
    return context.exitCode;
  } catch (error) {
    // Commander has printed its one line already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (context.signal.aborted) return 130;
    if (!RserpoolError.is(error)) throw error;
    context.note(`error: ${error.message}`);
    return error.code === 'ERR_RSERPOOL_INVALID_ARGUMENT' ? 2 : 1;
  }
}

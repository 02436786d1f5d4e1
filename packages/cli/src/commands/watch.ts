import { reportPoolUserStatus } from '@rserpool/component-status';
import type { Command } from 'commander';
import { formatPool, poolToPlain } from '../format-pool.ts';
import { addPoolUserOptions, type PoolUserCommandOptions, poolUserOf } from '../options/pool-user.ts';
import { addStatus, type StatusCommandOptions, statusReporting } from '../options/status.ts';
import type { Output } from '../output.ts';

interface WatchCommandOptions extends PoolUserCommandOptions, StatusCommandOptions {
  readonly untilUnknown?: true;
  readonly json?: true;
}

const help = `
Signals:
  SIGINT, SIGTERM   end it

Exit status:
  0   it was interrupted
  1   no registrar answers, or with --until-unknown none knows the pool
  2   wrong command line

Examples:
  rserpool watch EchoPool --registrar 192.0.2.1 --carrier kernel
  rserpool watch EchoPool --profile rsplib --announce --json
`;

/**
 * Adds the command `watch`.
 *
 * @param program - The command line to add it to.
 * @param output - Where to print; its signal ends the command.
 */
export function addWatch(program: Command, output: Output): void {
  const command = program
    .command('watch')
    .description('print a pool and each change of it, until it is interrupted')
    .argument('<pool>', 'the pool handle')
    .option('--until-unknown', 'fail where no registrar knows the pool, instead of waiting for it')
    .option('--json', 'print one JSON object a change')
    .addHelpText('after', help);
  addStatus(addPoolUserOptions(command)).action(async (pool: string, options: WatchCommandOptions) => {
    await using user = await poolUserOf(options);
    const reporting = statusReporting(options, output);
    await using _reporter =
      reporting &&
      reportPoolUserStatus(user, { ...reporting, status: () => `Watching ${JSON.stringify(pool)}` });
    const unknownPool = options.untilUnknown === true ? 'fail' : 'wait';
    try {
      for await (const state of user.watch(pool, { signal: output.signal, unknownPool })) {
        const time = new Date().toISOString();
        if (options.json === true) output.line(JSON.stringify({ time, ...poolToPlain(state) }));
        else output.line(`${time} ${formatPool(state)}`);
      }
    } catch (error) {
      // Who interrupts has seen enough: that is how the command ends.
      if (!output.signal.aborted) throw error;
    }
  });
}

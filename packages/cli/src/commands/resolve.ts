import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { formatPool, poolToPlain } from '../format-pool.ts';
import { addPoolUserOptions, type PoolUserCommandOptions, poolUserOf } from '../options/pool-user.ts';
import type { Output } from '../output.ts';

interface ResolveCommandOptions extends PoolUserCommandOptions {
  readonly items?: number;
  readonly json?: true;
}

const help = `
Exit status:
  0   the elements are printed
  1   no registrar knows the pool, or none answers
  2   wrong command line

Examples:
  rserpool resolve EchoPool --registrar 192.0.2.1 --carrier kernel
  rserpool resolve EchoPool --profile rsplib --announce --items 1 --json
  rserpool resolve EchoPool --tcp --registrar 192.0.2.1
`;

/**
 * Adds the command `resolve`.
 *
 * @param program - The command line to add it to.
 * @param output - Where to print; its signal gives up the resolution.
 */
export function addResolve(program: Command, output: Output): void {
  const command = program
    .command('resolve')
    .description('ask a registrar for the elements of a pool, in the order of its policy')
    .argument('<pool>', 'the pool handle')
    .addOption(new Option('--items <number>', 'how many elements to ask for').argParser(parseItems))
    .option('--json', 'print one JSON object')
    .addHelpText('after', help);
  addPoolUserOptions(command).action(async (pool: string, options: ResolveCommandOptions) => {
    await using user = await poolUserOf(options);
    const resolution = await user.resolve(pool, {
      signal: output.signal,
      ...(options.items !== undefined && { items: options.items }),
    });
    output.line(options.json === true ? JSON.stringify(poolToPlain(resolution)) : formatPool(resolution));
  });
}

function parseItems(text: string): number {
  if (/^\d{1,5}$/u.test(text) && Number(text) >= 1) return Number(text);
  throw new InvalidArgumentError(`'${text}' is no number of elements; allowed is 1 to 99999.`);
}

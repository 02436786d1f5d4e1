/**
 * The command `rserpool`, for programs that want to run it in their own process.
 *
 * @packageDocumentation
 */
import { createRequire } from 'node:module';
import { RserpoolError } from '@rserpool/wire';
import { Command, CommanderError } from 'commander';
import { addDecode } from './commands/decode.ts';
import { addDump } from './commands/dump.ts';
import { addMonitor } from './commands/monitor.ts';
import { addPe } from './commands/pe.ts';
import { addPu } from './commands/pu.ts';
import { addRegistrar } from './commands/registrar.ts';
import { addResolve } from './commands/resolve.ts';
import { addWatch } from './commands/watch.ts';
import { sayWhatIsAllowed } from './options/say-what-is-allowed.ts';
import { formatHelpItem, helpColumns } from './options/format-help-item.ts';
import { type Output, processOutput } from './output.ts';

const { version } = createRequire(import.meta.url)('../package.json') as { readonly version: string };

/**
 * Runs the command `rserpool`.
 *
 * @param argv - The arguments behind the command's name.
 * @param output - Where to read from and print to; the process's own streams by default.
 * @returns The exit code: 0, 1 for a failure, 2 for a wrong command line or configuration.
 */
export async function main(argv: readonly string[], output: Output = processOutput()): Promise<number> {
  const program = createProgram(output);
  try {
    // Commander would print the whole help.
    if (argv.length === 0) program.error('error: a command is missing');
    await program.parseAsync(argv, { from: 'user' });
    return output.exitCode;
  } catch (error) {
    // Commander has printed its one line already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (output.signal.aborted) {
      output.note('error: interrupted');
      return 1;
    }
    if (!RserpoolError.is(error)) throw error;
    output.note(`error: ${error.message}`);
    return isConfigurationError(error) ? 2 : 1;
  }
}

function createProgram(output: Output): Command {
  const program = new Command('rserpool')
    .description('Reliable Server Pooling (RFC 5351-5356): registrars, pools, services and messages')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.line(text.trimEnd()),
      writeErr: (text) => output.note(text.trimEnd()),
      getOutHelpWidth: () => Math.min(process.stdout.columns ?? helpColumns, helpColumns),
    })
    .configureHelp({ formatItem: formatHelpItem });
  addRegistrar(program, output);
  addResolve(program, output);
  addWatch(program, output);
  addDump(program, output);
  addMonitor(program, output);
  addDecode(program, output);
  addPe(program, output);
  addPu(program, output);
  sayWhatIsAllowed(program);
  return program;
}

function isConfigurationError(error: RserpoolError): boolean {
  return [
    'ERR_RSERPOOL_INVALID_ARGUMENT',
    'ERR_RSERPOOL_ADDRESS_IN_USE',
    'ERR_RSERPOOL_BIND_FAILED',
  ].includes(error.code);
}
export type { Output, Terminal } from './output.ts';

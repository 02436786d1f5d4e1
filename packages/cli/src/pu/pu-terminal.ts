import { createInterface } from 'node:readline';
import { ServicePayloadProtocolIdentifier, runTerminal, ServicePoolHandle } from '@rserpool/services';
import { type Command, Option } from 'commander';
import { numberIn } from '../options/number.ts';
import type { Output } from '../output.ts';
import { addPuOptions, openSession, type PuCommandOptions, withPoolUser } from './pu-session.ts';

interface TerminalCommandOptions extends PuCommandOptions {
  readonly greeting?: string | true;
  readonly messages?: number;
  readonly linger: number;
}

const examples = `
Lines of standard input go to the pool, what comes back is printed. The reference's program is rspterminal.

Examples:
  echo hello | rserpool pu terminal
  rserpool pu terminal --pool-handle DaytimePool --greeting --messages 1
  rserpool pu terminal --pool-handle CharGenPool --greeting --messages 20 --linger 5000
`;

/**
 * Adds the command `pu terminal`.
 *
 * @param parent - The command `pu`.
 * @param output - Where lines come from and text goes; its signal ends the terminal.
 */
export function addPuTerminal(parent: Command, output: Output): void {
  const command = parent
    .command('terminal')
    .description('send lines to a pool and print what comes back: echo, discard, daytime, chargen')
    .addHelpText('after', examples);
  addPuOptions(command, ServicePoolHandle.echo)
    .optionsGroup('Its lines:')
    .option(
      '--greeting [line]',
      'send this line first (an empty one by default), so that an element speaks that waits for nothing: daytime, chargen',
    )
    .addOption(
      new Option('--messages <number>', 'end after so many messages (default: with the input)').argParser(
        numberIn({ least: 1 }),
      ),
    )
    .addOption(
      new Option('--linger <ms>', 'how long to wait for answers behind the last line, in milliseconds')
        .argParser(numberIn({ least: 0 }))
        .default(1000),
    )
    .action(async (options: TerminalCommandOptions) => terminal(options, output));
}

async function terminal(options: TerminalCommandOptions, output: Output): Promise<void> {
  await withPoolUser(options, output, ServicePayloadProtocolIdentifier.text, async (user, printer) => {
    await using session = await openSession(user, options, output, printer);
    const { greeting, messages } = options;
    const received = await runTerminal(session, {
      lines: (signal) => createInterface({ input: output.input, signal }),
      onText: (text) => printer.print('message', { text }, `> ${text.trimEnd()}`),
      ...(greeting !== undefined && { greeting: greeting === true ? '' : greeting }),
      ...(messages !== undefined && { maximumMessages: messages }),
      lingerMs: options.linger,
      signal: output.signal,
    });
    printer.print('summary', { messages: received });
  });
}

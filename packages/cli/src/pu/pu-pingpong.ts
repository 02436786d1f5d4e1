import {
  ServicePayloadProtocolIdentifier,
  type PingPongEvent,
  type PingPongSummary,
  runPingPongClient,
  ServicePoolHandle,
} from '@rserpool/services';
import { encodeUtf8 } from '@rserpool/wire';
import { type Command, Option } from 'commander';
import { numberIn } from '../options/number.ts';
import type { Output } from '../output.ts';
import { addPuOptions, openSession, type PuCommandOptions, withPoolUser } from './pu-session.ts';

interface PingPongCommandOptions extends PuCommandOptions {
  readonly interval: number;
  readonly count?: number;
  readonly replyTimeout: number;
  readonly data: string;
}

const examples = `
The reference's program is pingpongclient. The exit code is 1 where a ping was lost.

Examples:
  rserpool pu pingpong --count 100 --interval 50
  rserpool pu pingpong --registrar 192.0.2.1 --profile rsplib --json
`;

/**
 * Adds the command `pu pingpong`.
 *
 * @param parent - The command `pu`.
 * @param output - Where to print; its signal ends the client.
 */
export function addPuPingPong(parent: Command, output: Output): void {
  const command = parent
    .command('pingpong')
    .description('send pings to a pool, and account for each over all failovers')
    .addHelpText('after', examples);
  addPuOptions(command, ServicePoolHandle.pingPong)
    .optionsGroup('Its pings:')
    .addOption(
      new Option('--interval <ms>', 'the time between two pings, in milliseconds [-interval]')
        .argParser(numberIn({ least: 1 }))
        .default(500),
    )
    .addOption(
      new Option('--count <number>', 'how many pings (default: until interrupted)').argParser(
        numberIn({ least: 1 }),
      ),
    )
    .addOption(
      new Option('--reply-timeout <ms>', 'how long a reply may take before the ping is lost, in milliseconds')
        .argParser(numberIn({ least: 1 }))
        .default(5000),
    )
    .option('--data <text>', 'what each ping carries', '')
    .action(async (options: PingPongCommandOptions) => pingPong(options, output));
}

async function pingPong(options: PingPongCommandOptions, output: Output): Promise<void> {
  await withPoolUser(options, output, ServicePayloadProtocolIdentifier.pingPong, async (user, printer) => {
    await using session = await openSession(user, options, output, printer);
    const summary = await runPingPongClient(session, {
      intervalMs: options.interval,
      ...(options.count !== undefined && { count: options.count }),
      replyTimeoutMs: options.replyTimeout,
      data: encodeUtf8(options.data),
      signal: output.signal,
      onEvent: (event) => printer.print(event.type, event, describe(event)),
    });
    printer.print('summary', summary, describeSummary(summary));
    if (summary.lost > 0) output.exitCode = 1;
  });
}

function describe(event: PingPongEvent): string {
  switch (event.type) {
    case 'reply': {
      const order = event.outOfOrder ? ', out of order' : '';
      return `ping ${event.messageNumber}: reply ${event.replyNumber} in ${event.roundTripMs.toFixed(2)} ms${order}`;
    }
    case 'lost':
      return `ping ${event.messageNumber} is lost`;
    case 'unexpectedReply':
      return `a reply ${event.replyNumber} to ping ${event.messageNumber}, which nobody waits for`;
    case 'replyNumberJump':
      return event.replyNumber < event.expected
        ? `the element does not know the state of the session: reply ${event.replyNumber} instead of ${event.expected}`
        : `replies are missing: reply ${event.replyNumber} instead of ${event.expected}`;
  }
}

function describeSummary(summary: PingPongSummary): string {
  const { sent, replies, lost, outOfOrder, unexpected, replyNumbersRepeated, replyNumbersSkipped } = summary;
  const { roundTripMs, maximumRoundTripMs } = summary;
  return [
    `${sent} pings, ${replies} replies, ${lost} lost, ${outOfOrder} out of order, ${unexpected} unexpected`,
    `reply numbers repeated ${replyNumbersRepeated} times, skipped ${replyNumbersSkipped} times`,
    `round trip ${roundTripMs.toFixed(2)} ms on average, ${maximumRoundTripMs.toFixed(2)} ms at most`,
  ].join('; ');
}

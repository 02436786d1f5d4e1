import {
  ServicePayloadProtocolIdentifier,
  type CalcAppClientEvent,
  type CalcAppJobEvent,
  type JobSummary,
  runCalcAppClient,
  ServicePoolHandle,
} from '@rserpool/services';
import { type Command, Option } from 'commander';
import { numberIn } from '../options/number.ts';
import type { Output } from '../output.ts';
import type { EventPrinter } from '../services/event-printer.ts';
import { addPuOptions, printSessionEvent, type PuCommandOptions, withPoolUser } from './pu-session.ts';

interface CalcAppCommandOptions extends PuCommandOptions {
  readonly jobs?: number;
  readonly jobSize: number;
  readonly jobInterval: number;
  readonly constant?: true;
  readonly keepAliveInterval: number;
  readonly keepAliveTimeout: number;
  readonly retryDelay: number;
  readonly attempts: number;
}

const examples = `
The reference's program is calcappclient. The exit code is 1 where a job failed.

Examples:
  rserpool pu calcapp --jobs 10 --job-size 2000000 --job-interval 1000
  rserpool pu calcapp --jobs 1 --job-size 10000000 --constant --keep-alive-interval 500 --json
`;

/**
 * Adds the command `pu calcapp`.
 *
 * @param parent - The command `pu`.
 * @param output - Where to print; its signal ends the client.
 */
export function addPuCalcApp(parent: Command, output: Output): void {
  const command = parent
    .command('calcapp')
    .description('have jobs calculated by a pool, and measure how long they take')
    .addHelpText('after', examples);
  addPuOptions(command, ServicePoolHandle.calcApp)
    .optionsGroup('Its jobs:')
    .addOption(
      new Option('--jobs <number>', 'how many jobs (default: until interrupted)').argParser(
        numberIn({ least: 1 }),
      ),
    )
    .addOption(
      new Option('--job-size <number>', 'the mean size of a job, in calculations [-jobsize]')
        .argParser(numberIn({ least: 1 }))
        .default(5_000_000),
    )
    .addOption(
      new Option(
        '--job-interval <ms>',
        'the mean time from when a job is due until the next one is, in milliseconds [-jobinterval, in seconds]',
      )
        .argParser(numberIn({ least: 0 }))
        .default(15_000),
    )
    .option('--constant', 'sizes and intervals are constant; they are exponentially distributed else')
    .addOption(
      new Option(
        '--keep-alive-interval <ms>',
        'how often the element is asked whether it still has the job, in milliseconds [-keepalivetransmissioninterval]',
      )
        .argParser(numberIn({ least: 1 }))
        .default(5000),
    )
    .addOption(
      new Option(
        '--keep-alive-timeout <ms>',
        'how long it may take to answer, in milliseconds [-keepalivetimeoutinterval]',
      )
        .argParser(numberIn({ least: 1 }))
        .default(5000),
    )
    .addOption(
      new Option(
        '--retry-delay <ms>',
        'the pause behind a rejection, in milliseconds; it doubles with each in a row, up to 30000',
      )
        .argParser(numberIn({ least: 1 }))
        .default(1000),
    )
    .addOption(
      new Option('--attempts <number>', 'how many elements in a row may refuse a job before it has failed')
        .argParser(numberIn({ least: 1, largest: 10_000 }))
        .default(20),
    )
    .action(async (options: CalcAppCommandOptions) => calcApp(options, output));
}

async function calcApp(options: CalcAppCommandOptions, output: Output): Promise<void> {
  await withPoolUser(options, output, ServicePayloadProtocolIdentifier.calcApp, async (user, printer) => {
    const summary = await runCalcAppClient(user, {
      poolHandle: options.poolHandle,
      ...(options.jobs !== undefined && { jobs: options.jobs }),
      jobSize: options.jobSize,
      jobIntervalMs: options.jobInterval,
      distribution: options.constant === true ? 'constant' : 'exponential',
      keepAliveIntervalMs: options.keepAliveInterval,
      keepAliveTimeoutMs: options.keepAliveTimeout,
      retryDelayMs: options.retryDelay,
      maximumAttempts: options.attempts,
      signal: output.signal,
      onEvent: (event) => printClientEvent(event, printer),
      onJobEvent: (event) => printer.print(event.type, event, describeJobEvent(event)),
      onSessionEvent: (event) => printSessionEvent(event, printer),
    });
    printer.print('summary', summary, describeSummary(summary));
    if (summary.failed > 0) output.exitCode = 1;
  });
}

function printClientEvent(event: CalcAppClientEvent, printer: EventPrinter): void {
  const { jobIdentifier } = event;
  switch (event.type) {
    case 'jobStarted':
      printer.print(event.type, event, `job ${jobIdentifier} of ${event.jobSize} calculations`);
      break;
    case 'jobCompleted': {
      const parts = [
        `queuing ${event.queuingDelayMs.toFixed(0)} ms`,
        `startup ${event.startupDelayMs.toFixed(0)} ms`,
        `processing ${event.processingTimeMs.toFixed(0)} ms`,
        `handling speed ${((event.jobSize / event.handlingTimeMs) * 1000).toFixed(0)} calculations/s`,
      ];
      printer.print(event.type, event, `job ${jobIdentifier} is complete: ${parts.join(', ')}`);
      break;
    }
    case 'jobFailed': {
      const { code, message } = event.error;
      printer.print(event.type, { jobIdentifier, code, message }, `job ${jobIdentifier} failed: ${message}`);
      break;
    }
  }
}

function describeJobEvent(event: CalcAppJobEvent): string {
  switch (event.type) {
    case 'requested':
      return event.withCookie ? 'the cookie was handed over' : 'requested';
    case 'accepted':
      return 'accepted';
    case 'attemptFailed':
      return `${event.failure}, attempt ${event.attempt}; the next in ${event.delayMs.toFixed(0)} ms`;
    case 'unexpectedPacket':
      return `ignored a packet that does not belong here: ${event.packetType}`;
  }
}

function describeSummary(summary: JobSummary): string {
  const { completed, failed, queuingDelayMs, startupDelayMs, processingTimeMs } = summary;
  return [
    `${completed} jobs completed, ${failed} failed`,
    `on average queuing ${queuingDelayMs.toFixed(0)} ms, startup ${startupDelayMs.toFixed(0)} ms, processing ${processingTimeMs.toFixed(0)} ms`,
    `${summary.processingSpeed.toFixed(0)} calculations/s processing, ${summary.handlingSpeed.toFixed(0)} handling`,
  ].join('; ');
}

import { type StatusReporterOptions, statusPort } from '@rserpool/component-status';
import type { RemoteEndpoint } from '@rserpool/wire';
import { type Command, Option } from 'commander';
import type { Output } from '../output.ts';
import { numberIn } from './number.ts';
import { remoteEndpoint } from './remote-endpoint.ts';

/** Where a command reports its status. */
export interface StatusCommandOptions {
  readonly statusServer?: RemoteEndpoint;
  readonly statusInterval: number;
}

/**
 * Adds the options of {@link StatusCommandOptions}, which come from the environment, too.
 *
 * @param command - A command that runs for long.
 */
export function addStatus(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--status-server <endpoint>',
        `report the status to this monitor, ADDRESS or ADDRESS:PORT, port ${statusPort} by default [-cspserver]`,
      )
        .env('CSP_SERVER')
        .argParser(remoteEndpoint(statusPort)),
    )
    .addOption(
      new Option('--status-interval <ms>', 'the time between two status reports, from 250 [-cspinterval]')
        .env('CSP_INTERVAL')
        .default(1_000)
        .argParser(numberIn({ least: 250, largest: 4_294_967 })),
    );
}

/**
 * The options of a reporter; `undefined` where nobody is to be reported to.
 *
 * @param options - The options of the command.
 * @param output - Is told, once, of reports that cannot be sent.
 */
export function statusReporting(
  options: StatusCommandOptions,
  output: Output,
): StatusReporterOptions | undefined {
  const { statusServer: server, statusInterval: intervalMs } = options;
  if (server === undefined) return undefined;
  let isTold = false;
  return {
    server,
    intervalMs,
    onFailure: (error) => {
      if (!isTold) output.note(`warning: ${error.message}`);
      isTold = true;
    },
  };
}

import {
  componentGroupName,
  createStatusMonitor,
  defaultMonitorTiming,
  type MonitoredComponent,
  type MonitorEvent,
  type StatusMonitor,
  statusPort,
} from '@rserpool/component-status';
import { formatIpAddress, type RemoteEndpoint } from '@rserpool/wire';
import { type Command, Option } from 'commander';
import { componentTable } from '../monitor/component-table.ts';
import { monitorEventToPlain } from '../monitor/component-to-plain.ts';
import { describeMonitorEvent } from '../monitor/describe-monitor-event.ts';
import { numberIn } from '../options/number.ts';
import { remoteEndpoint } from '../options/remote-endpoint.ts';
import { type Output, type Terminal, untilInterrupted } from '../output.ts';

const kinds = ['registrar', 'element', 'user'] as const;
type Kind = (typeof kinds)[number];
const kindNames: Readonly<Record<Kind, string>> = {
  registrar: componentGroupName(1),
  element: componentGroupName(2),
  user: componentGroupName(3),
};

interface MonitorCommandOptions {
  readonly listen: RemoteEndpoint;
  readonly only?: readonly Kind[];
  readonly updateInterval: number;
  readonly forgetAfter: number;
  readonly missedReports: number;
  readonly full?: true;
  readonly lines?: true;
  readonly json?: true;
}

const help = `
Output:
  On a terminal a table, one line for each component: what it is, its identifier, whether it is SILENT or has ended, its uptime,
  workload, number of associations, where it is, what it says. Else, and with --lines, a line for each report and for each
  component that falls silent, ends or is forgotten; with --json an object for each, in which null is what a component does
  not know.

Signals:
  SIGINT, SIGTERM   end it

Exit status:
  0   it was interrupted
  2   wrong command line, or the port is taken

Examples:
  rserpool monitor
  rserpool monitor --only registrar --json | jq 'select(.type == "timedOut")'
  CSP_SERVER=192.0.2.9 rserpool registrar; rspregistrar -cspserver=192.0.2.9:2960
      what is shown by the monitor on 192.0.2.9
`;

/**
 * Adds the command `monitor`.
 *
 * @param program - The command line to add it to.
 * @param output - Where to print; its signal ends the command.
 */
export function addMonitor(program: Command, output: Output): void {
  const { forgetAfterMs, missedReports } = defaultMonitorTiming;
  program
    .command('monitor')
    .description('show the components that report their status, until it is interrupted')
    .addOption(
      new Option('--listen <endpoint>', 'where reports are received [cspmonitor -localaddress]')
        .argParser(remoteEndpoint(statusPort, 0))
        .default(remoteEndpoint(statusPort)('0.0.0.0'), `0.0.0.0:${statusPort}`),
    )
    .addOption(new Option('--only <kind...>', 'show these kinds of components only').choices(kinds))
    .option('--full', 'show the associations of each component in the table, too [cspmonitor -full]')
    .addOption(
      new Option('--update-interval <ms>', 'how often the table is drawn anew [cspmonitor -updateinterval]')
        .argParser(numberIn({ least: 100, largest: 60_000 }))
        .default(1_000),
    )
    .addOption(
      new Option('--missed-reports <number>', 'after how many missing reports a component is silent')
        .argParser(numberIn({ least: 1, largest: 1_000 }))
        .default(missedReports),
    )
    .addOption(
      new Option(
        '--forget-after <ms>',
        'how long a component is shown that is silent or has ended [cspmonitor -purgeinterval]',
      )
        .argParser(numberIn({ least: 100, largest: 86_400_000 }))
        .default(forgetAfterMs),
    )
    .option('--lines', 'print one line for each report, as where standard output is no terminal')
    .option('--json', 'print one JSON object for each report')
    .addHelpText('after', help)
    .action(async (options: MonitorCommandOptions) => runMonitor(options, output));
}

async function runMonitor(options: MonitorCommandOptions, output: Output): Promise<void> {
  const { listen, missedReports, forgetAfter: forgetAfterMs } = options;
  const [address = '0.0.0.0'] = listen.addresses;
  await using monitor = await createStatusMonitor({
    address,
    port: listen.port,
    timing: { missedReports, forgetAfterMs },
  });
  const place = `${formatIpAddress(listen.addresses[0] ?? new Uint8Array(4))} port ${monitor.port}`;
  const terminal = options.json === true || options.lines === true ? undefined : output.terminal;
  const stop =
    terminal === undefined
      ? printEvents(monitor, place, options, output)
      : drawTable(monitor, place, options, terminal);
  await untilInterrupted(output);
  stop();
}

function isShown({ only }: MonitorCommandOptions, { identifier }: MonitoredComponent): boolean {
  return only?.some((kind) => kindNames[kind] === componentGroupName(identifier.group)) ?? true;
}

function printEvents(
  monitor: StatusMonitor,
  place: string,
  options: MonitorCommandOptions,
  output: Output,
): () => void {
  const isJson = options.json === true;
  const print = (event: MonitorEvent): void => {
    if (event.type !== 'refused' && !isShown(options, event.component)) return;
    const time = new Date().toISOString();
    if (isJson) output.line(JSON.stringify({ time, ...monitorEventToPlain(event) }));
    else output.line(`${time} ${describeMonitorEvent(event)}`);
  };
  const time = new Date().toISOString();
  output.line(
    isJson
      ? JSON.stringify({ time, type: 'listening', port: monitor.port })
      : `reports are received at ${place}`,
  );
  return monitor.onEvent(print);
}

function drawTable(
  monitor: StatusMonitor,
  place: string,
  options: MonitorCommandOptions,
  terminal: Terminal,
): () => void {
  const draw = (): void => {
    const shown = monitor.components.filter((component) => isShown(options, component));
    const { reports, malformed, refused } = monitor.counters;
    const count = `${shown.length} ${shown.length === 1 ? 'component' : 'components'}, ${reports} reports`;
    const rest = malformed + refused === 0 ? '' : `, ${malformed} malformed, ${refused} refused`;
    terminal.draw([
      `Status of components, received at ${place}: ${count}${rest}`,
      '',
      ...componentTable(shown, options.full === true),
    ]);
  };
  draw();
  const timer = setInterval(draw, options.updateInterval);
  return () => {
    clearInterval(timer);
    draw();
  };
}

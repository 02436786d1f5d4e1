import {
  type ComponentAssociation,
  componentGroupName,
  formatComponentObject,
  type MonitoredComponent,
} from '@rserpool/component-status';
import { type Column, formatColumns } from '../text/columns.ts';
import { formatDuration } from '../text/duration.ts';
import { printable } from '../text/printable.ts';

const stateNames = { reporting: '', timedOut: 'SILENT', ended: 'ended' };

/** What is known by its number alone of an association. */
const protocolNames: ReadonlyMap<number, string> = new Map([
  [6, 'TCP'],
  [17, 'UDP'],
  [132, 'SCTP'],
]);
const payloadNames: ReadonlyMap<number, string> = new Map([
  [11, 'ASAP'],
  [12, 'ENRP'],
]);

/**
 * A workload in percent, `-` where it is not known.
 *
 * @param workload - 0 .. 1.
 */
export function formatWorkload(workload: number | undefined): string {
  return workload === undefined ? '-' : `${(workload * 100).toFixed(0)}%`;
}

const columns: readonly Column<MonitoredComponent>[] = [
  { title: 'KIND', of: ({ identifier }) => componentGroupName(identifier.group) },
  { title: 'IDENTIFIER', of: ({ identifier }) => formatComponentObject(identifier.object) },
  { title: 'STATE', of: ({ state }) => stateNames[state] },
  { title: 'UPTIME', of: ({ report }) => formatDuration(report.uptimeMs), isNumber: true },
  { title: 'LOAD', of: ({ report }) => formatWorkload(report.workload), isNumber: true },
  {
    title: 'ASSOC',
    of: ({ report, associationsOmitted }) => String(report.associations.length + associationsOmitted),
    isNumber: true,
  },
  { title: 'LOCATION', of: ({ report }) => printable(report.location) },
  { title: 'STATUS', of: ({ report }) => printable(report.status) },
];

/**
 * Components as a table, one line each.
 *
 * @param components - The components.
 * @param isFull - Whether the associations of each follow its line.
 */
export function componentTable(components: readonly MonitoredComponent[], isFull: boolean): string[] {
  const [head = '', ...lines] = formatColumns(columns, components);
  if (!isFull) return [head, ...lines];
  return [
    head,
    ...components.flatMap(({ report }, index) => [
      lines[index] ?? '',
      ...report.associations.map(associationLine),
    ]),
  ];
}

function associationLine(association: ComponentAssociation): string {
  const { receiver, durationMs, protocol, payloadProtocolIdentifier: payload } = association;
  const words = [
    `  -> ${componentGroupName(receiver.group)}`,
    receiver.object === 0n ? 'not known by its identifier' : formatComponentObject(receiver.object),
    `by ${protocolNames.get(protocol) ?? `protocol ${protocol}`}`,
    payloadNames.get(payload) ?? `PPID ${payload}`,
  ];
  return [...words, ...(durationMs === undefined ? [] : [`for ${formatDuration(durationMs)}`])].join(' ');
}

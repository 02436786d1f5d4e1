import {
  componentGroupName,
  formatComponentObject,
  type MonitorEvent,
  type MonitoredComponent,
} from '@rserpool/component-status';
import { formatRemoteEndpoint } from '@rserpool/wire';
import { formatDuration } from '../text/duration.ts';
import { printable } from '../text/printable.ts';
import { formatWorkload } from './component-table.ts';

const words = {
  reported: 'reports',
  ended: 'has ended',
  timedOut: 'is silent',
  forgotten: 'is forgotten',
};

/**
 * What a monitor tells, as a line for people.
 *
 * @param event - What happened.
 */
export function describeMonitorEvent(event: MonitorEvent): string {
  if (event.type === 'refused') {
    const { reason, source, count } = event;
    return `refused ${count === 1 ? 'a datagram' : `${count} datagrams`}, the last from ${formatRemoteEndpoint(source)}: ${reason}`;
  }
  const { component } = event;
  const { group, object } = component.identifier;
  const name = `${componentGroupName(group)} ${formatComponentObject(object)}`;
  const verb = event.type === 'reported' && event.isNew ? 'appears' : words[event.type];
  return [name, verb, ...details(component)].join(' ');
}

function details({ report, associationsOmitted }: MonitoredComponent): string[] {
  const { uptimeMs, workload, associations, location, status } = report;
  return [
    `uptime=${formatDuration(uptimeMs)}`,
    `load=${formatWorkload(workload)}`,
    `associations=${associations.length + associationsOmitted}`,
    `location="${printable(location)}"`,
    `status="${printable(status)}"`,
  ];
}

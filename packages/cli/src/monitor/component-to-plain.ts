import {
  type ComponentAssociation,
  type ComponentIdentifier,
  componentGroupName,
  formatComponentObject,
  type MonitoredComponent,
  type MonitorEvent,
} from '@rserpool/component-status';
import { formatRemoteEndpoint } from '@rserpool/wire';
import type { Plain } from '../decode/to-plain.ts';

type PlainObject = { readonly [key: string]: Plain };

/**
 * What a monitor tells, as JSON; what a component does not know is `null`.
 *
 * @param event - What happened.
 */
export function monitorEventToPlain(event: MonitorEvent): PlainObject {
  if (event.type !== 'refused') return { type: event.type, ...componentToPlain(event.component) };
  const { reason, source, identifier, count } = event;
  const sender = identifier === undefined ? {} : identifierToPlain(identifier);
  return { type: 'refused', reason, source: formatRemoteEndpoint(source), ...sender, count };
}

function componentToPlain(component: MonitoredComponent): PlainObject {
  const { identifier, report, source, reports } = component;
  return {
    ...identifierToPlain(identifier),
    state: component.state,
    source: formatRemoteEndpoint(source),
    uptimeMs: report.uptimeMs,
    reportIntervalMs: report.reportIntervalMs,
    reports,
    location: report.location,
    status: report.status,
    workload: report.workload ?? null,
    associations: report.associations.map(associationToPlain),
    ...(component.associationsOmitted > 0 && { associationsOmitted: component.associationsOmitted }),
  };
}

function associationToPlain(association: ComponentAssociation): PlainObject {
  const { receiver, durationMs, protocol, payloadProtocolIdentifier } = association;
  return {
    ...identifierToPlain(receiver),
    durationMs: durationMs ?? null,
    protocol,
    payloadProtocolIdentifier,
  };
}

function identifierToPlain({ group, object }: ComponentIdentifier): PlainObject {
  return { kind: componentGroupName(group), identifier: formatComponentObject(object) };
}

/**
 * The Component Status Protocol without network and clock: the codec of reports, and the state of a monitor.
 *
 * @packageDocumentation
 */
export { type DecodedReport, decodeReport, type ReportError } from './codec/decode-report.ts';
export { encodeReport } from './codec/encode-report.ts';
export { maximumReportAssociations } from './codec/report-layout.ts';
export {
  ComponentGroup,
  type ComponentIdentifier,
  componentGroupName,
  formatComponentObject,
} from './component-identifier.ts';
export type { ComponentAssociation, ComponentReport } from './component-report.ts';
export type { MonitorCounters, MonitorEvent, MonitorInput } from './monitor/monitor-events.ts';
export {
  defaultMonitorLimits,
  defaultMonitorTiming,
  type MonitorLimits,
  type MonitorTiming,
} from './monitor/monitor-limits.ts';
export type { ComponentState, MonitoredComponent } from './monitor/monitored-component.ts';
export { StatusMonitorMachine, type StatusMonitorMachineOptions } from './monitor/status-monitor-machine.ts';

/**
 * The Component Status Protocol: registrars, pool elements and pool users report how they are, a monitor shows it.
 *
 * @packageDocumentation
 */
export * from './machine.ts';
export {
  createStatusMonitor,
  type StatusMonitor,
  type StatusMonitorOptions,
} from './create-status-monitor.ts';
export {
  reportPoolElementStatus,
  type ReportablePoolElement,
} from './reporter/report-pool-element-status.ts';
export {
  reportPoolUserStatus,
  type PoolUserStatusOptions,
  type ReportablePoolUser,
  type ReportableSession,
} from './reporter/report-pool-user-status.ts';
export { reportRegistrarStatus, type ReportableRegistrar } from './reporter/report-registrar-status.ts';
export {
  type ComponentStatus,
  type ReporterCounters,
  startStatusReporter,
  type StatusReporter,
  type StatusReporterOptions,
} from './reporter/status-reporter.ts';
export type { KnownRegistrar, ServiceStatusOptions } from './reporter/service-status.ts';
export type { DatagramSender } from './reporter/udp-sender.ts';
export { statusPort } from './status-port.ts';

import type { RemoteEndpoint } from '@rserpool/wire';
import type { ComponentIdentifier } from '../component-identifier.ts';
import type { ComponentReport } from '../component-report.ts';

/**
 * Where a component stands: it reports; it has not for too long; or its last report was its final one.
 */
export type ComponentState = 'reporting' | 'timedOut' | 'ended';

/** What a monitor knows of a component. */
export interface MonitoredComponent {
  /** Which one it is. */
  readonly identifier: ComponentIdentifier;
  /** Where it stands. */
  readonly state: ComponentState;
  /** Its last report; of one that has ended the last before the final one, where there was any. */
  readonly report: ComponentReport;
  /** How many associations of that report were too many to be kept. */
  readonly associationsOmitted: number;
  /** Where its last report came from (not authenticated in any way). */
  readonly source: RemoteEndpoint;
  /** When its first report came, in milliseconds on the caller's clock. */
  readonly firstReportAt: number;
  /** When its last report came, in milliseconds on the caller's clock. */
  readonly lastReportAt: number;
  /** How many reports of it came. */
  readonly reports: number;
}

import type { RemoteEndpoint } from '@rserpool/wire';
import type { ReportError } from '../codec/decode-report.ts';
import type { ComponentIdentifier } from '../component-identifier.ts';
import type { MonitoredComponent } from './monitored-component.ts';

/** What a {@link StatusMonitorMachine} tells. */
export type MonitorEvent =
  /** A report came; `isNew` where the component was not known, or had timed out or ended. */
  | { readonly type: 'reported'; readonly component: MonitoredComponent; readonly isNew: boolean }
  /** A component has said that it ends. */
  | { readonly type: 'ended'; readonly component: MonitoredComponent }
  /** A component has not reported for too long. */
  | { readonly type: 'timedOut'; readonly component: MonitoredComponent }
  /** A component that timed out or ended is not shown any longer. */
  | { readonly type: 'forgotten'; readonly component: MonitoredComponent }
  /**
   * A datagram was no report, or of a component too many (`limit`). Told once a second at most; `count` is how many there
   * were since it was told last.
   */
  | {
      readonly type: 'refused';
      readonly reason: ReportError | 'limit';
      readonly source: RemoteEndpoint;
      readonly identifier: ComponentIdentifier | undefined;
      readonly count: number;
    };

/** What may happen to a {@link StatusMonitorMachine}. */
export interface MonitorInput {
  /** A datagram came. */
  readonly type: 'datagram';
  /** Its bytes. */
  readonly data: Uint8Array;
  /** Where it came from. */
  readonly source: RemoteEndpoint;
}

/** What a {@link StatusMonitorMachine} has counted. */
export interface MonitorCounters {
  /** Reports that were taken in. */
  readonly reports: number;
  /** Datagrams that were none. */
  readonly malformed: number;
  /** Reports of components beyond `maximumComponents`. */
  readonly refused: number;
}

import type { AsapMessage } from '@rserpool/wire';
import type { RegistrarAssociation } from './association-table.ts';
import type { ElementMonitor } from './element-monitor.ts';
import type { OwnedElements } from './owned-elements.ts';
import type { RegistrarRuntime } from './registrar-runtime.ts';

const oneSecondMs = 1_000;

/**
 * Reports of unreachable elements (RFC 5352 section 3.5): each one has the element probed at once, whoever its home
 * registrar is, and counts against MAX-BAD-PE-REPORT until the element registers again.
 */
export class UnreachableReportHandler {
  readonly #runtime: RegistrarRuntime;
  readonly #monitor: ElementMonitor;
  readonly #owned: OwnedElements;

  constructor(runtime: RegistrarRuntime, monitor: ElementMonitor, owned: OwnedElements) {
    this.#runtime = runtime;
    this.#monitor = monitor;
    this.#owned = owned;
  }

  /** An ASAP_ENDPOINT_UNREACHABLE came in. */
  reported(
    association: RegistrarAssociation,
    report: Extract<AsapMessage, { type: 'ASAP_ENDPOINT_UNREACHABLE' }>,
    now: number,
  ): void {
    const { counters, handlespace, timing } = this.#runtime;
    const { poolHandle, poolElementIdentifier } = report;
    const element = handlespace.find(poolHandle, poolElementIdentifier);
    if (element === undefined || !this.#isAdmitted(association, now)) {
      counters.unreachableReportsDropped += 1;
      return;
    }
    counters.unreachableReports += 1;
    const reports = this.#owned.countReport(element);
    this.#runtime.emit({
      type: 'unreachableReported',
      poolHandle,
      poolElementIdentifier,
      reports,
      association: association.id,
    });
    const { badReportRule, maximumBadReports } = timing;
    const isBad = badReportRule === 'exceeds' ? reports > maximumBadReports : reports >= maximumBadReports;
    if (isBad) this.#owned.remove(element, 'badReports');
    else if (timing.probeOnReport) this.#monitor.probe(element, 'report', now);
  }

  // RFC 5352 section 9.1, threat 8: a flood of reports.
  #isAdmitted(association: RegistrarAssociation, now: number): boolean {
    if (now - association.reportsSince >= oneSecondMs) {
      association.reportsSince = now;
      association.reports = 0;
    }
    association.reports += 1;
    return association.reports <= this.#runtime.limits.maximumReportsPerSecond;
  }
}

import type { ElementReference } from '@rserpool/handlespace';
import type { AsapMessage } from '@rserpool/wire';
import type { RegistrarAssociation } from './association-table.ts';
import type { ElementMonitor } from './element-monitor.ts';
import type { ElementReports } from './element-reports.ts';
import type { OwnedElements } from './owned-elements.ts';
import type { RegistrarRuntime } from './registrar-runtime.ts';

/**
 * Reports of unreachable elements (RFC 5352 section 3.5): each one has the element probed at once, whoever its home
 * registrar is, and counts against MAX-BAD-PE-REPORT until the element registers again.
 *
 * Against floods (section 9.1, threats 8 and 9): a user has to let `reportIntervalMs` pass until it counts once more
 * against the same element, may send so many reports a second, and no element gets more keep-alives than it should.
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
    const reports = this.#owned.reportsOf(element);
    const counted = reports.note(association.id, now, timing.reportIntervalMs);
    if (!counted) counters.unreachableReportsRepeated += 1;
    this.#runtime.emit({
      type: 'unreachableReported',
      poolHandle,
      poolElementIdentifier,
      reports: reports.count,
      counted,
      association: association.id,
    });
    const { badReportRule, maximumBadReports } = timing;
    const isBad =
      badReportRule === 'exceeds' ? reports.count > maximumBadReports : reports.count >= maximumBadReports;
    if (isBad) this.#owned.remove(element, 'badReports');
    else if (timing.probeOnReport) this.#probe(element, reports, now);
  }

  #isAdmitted(association: RegistrarAssociation, now: number): boolean {
    if (association.reports.take(now)) return true;
    if (association.reports.isNews(now)) {
      const limit = 'maximumReportsPerSecond';
      this.#runtime.emit({ type: 'rateExceeded', limit, association: association.id });
    }
    return false;
  }

  #probe(element: ElementReference, reports: ElementReports, now: number): void {
    if (reports.keepAlives.take(now)) {
      this.#monitor.probe(element, 'report', now);
      return;
    }
    this.#runtime.counters.keepAlivesSuppressed += 1;
    if (!reports.keepAlives.isNews(now)) return;
    const { handlespace } = this.#runtime;
    const poolHandle = handlespace.poolHandle(element);
    const poolElementIdentifier = handlespace.poolElement(element).identifier;
    this.#runtime.emit({ type: 'keepAliveSuppressed', poolHandle, poolElementIdentifier });
  }
}

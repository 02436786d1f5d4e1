import { type Machine, type RemoteEndpoint, RserpoolError } from '@rserpool/wire';
import { OutputQueue, TimerTable } from '@rserpool/wire/internal';
import { decodeReport } from '../codec/decode-report.ts';
import { type ComponentIdentifier, packIdentifier } from '../component-identifier.ts';
import type { ComponentReport } from '../component-report.ts';
import type { MonitorCounters, MonitorEvent, MonitorInput } from './monitor-events.ts';
import {
  defaultMonitorLimits,
  defaultMonitorTiming,
  type MonitorLimits,
  type MonitorTiming,
} from './monitor-limits.ts';
import type { MonitoredComponent } from './monitored-component.ts';

/** The longest interval that a component is waited for, whatever it names: beyond it nobody looks on. */
const longestIntervalMs = 600_000;
/** How often refusals are told of at most. */
const refusalIntervalMs = 1_000;

/** How a {@link StatusMonitorMachine} is set up. */
export interface StatusMonitorMachineOptions {
  /** What differs from {@link defaultMonitorLimits}. */
  readonly limits?: Partial<MonitorLimits>;
  /** What differs from {@link defaultMonitorTiming}. */
  readonly timing?: Partial<MonitorTiming>;
}

type RefusedEvent = Extract<MonitorEvent, { type: 'refused' }>;

/** Keeps what components report, notices which of them fell silent, and forgets those that are gone. */
export class StatusMonitorMachine implements Machine<MonitorInput, MonitorEvent> {
  readonly #limits: MonitorLimits;
  readonly #timing: MonitorTiming;
  readonly #components: Map<string, MonitoredComponent> = new Map();
  readonly #timers: TimerTable = new TimerTable();
  readonly #outputs: OutputQueue<MonitorEvent> = new OutputQueue<MonitorEvent>();
  readonly #counters = { reports: 0, malformed: 0, refused: 0 };
  #untoldRefusals = 0;
  #nextRefusalAt = Number.NEGATIVE_INFINITY;

  /**
   * @param options - Limits and times.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where one of them is out of its range.
   */
  constructor(options: StatusMonitorMachineOptions = {}) {
    this.#limits = { ...defaultMonitorLimits, ...options.limits };
    this.#timing = { ...defaultMonitorTiming, ...options.timing };
    for (const [name, value] of Object.entries(this.#limits)) {
      if (!Number.isInteger(value) || value < 1) refuse(`limits.${name}`, value, 'an integer of 1 or more');
    }
    for (const [name, value] of Object.entries(this.#timing)) {
      if (!(value > 0 && value < Number.POSITIVE_INFINITY)) refuse(`timing.${name}`, value, 'more than 0');
    }
  }

  /** What it has counted. */
  get counters(): MonitorCounters {
    return this.#counters;
  }

  /** The components that it knows: registrars, pool elements, pool users, others, each in the order of their numbers. */
  components(): MonitoredComponent[] {
    return Array.from(this.#components.values()).toSorted((left, right) =>
      packIdentifier(left.identifier) < packIdentifier(right.identifier) ? -1 : 1,
    );
  }

  /** {@inheritDoc @rserpool/wire!index.Machine.handle} */
  handle({ data, source }: MonitorInput, now: number): void {
    const decoded = decodeReport(data);
    if (!decoded.ok) {
      this.#counters.malformed += 1;
      this.#refuse(decoded.error, source, undefined, now);
      return;
    }
    this.#take(decoded.report, source, now);
  }

  /** {@inheritDoc @rserpool/wire!index.Machine.poll} */
  poll(): MonitorEvent | undefined {
    return this.#outputs.take();
  }

  /** {@inheritDoc @rserpool/wire!index.Machine.nextTimeout} */
  nextTimeout(): number | undefined {
    return this.#timers.next();
  }

  /** {@inheritDoc @rserpool/wire!index.Machine.handleTimeout} */
  handleTimeout(now: number): void {
    for (let key = this.#timers.takeExpired(now); key !== undefined; key = this.#timers.takeExpired(now)) {
      const component = this.#components.get(key);
      if (component === undefined) continue;
      if (component.state === 'reporting') this.#change(key, { ...component, state: 'timedOut' }, now);
      else {
        this.#components.delete(key);
        this.#outputs.push({ type: 'forgotten', component });
      }
    }
  }

  #take(report: ComponentReport, source: RemoteEndpoint, now: number): void {
    const key = String(packIdentifier(report.sender));
    const known = this.#components.get(key);
    if (known === undefined && this.#components.size >= this.#limits.maximumComponents) {
      this.#counters.refused += 1;
      this.#refuse('limit', source, report.sender, now);
      return;
    }
    this.#counters.reports += 1;
    const kept = this.#kept(report, known);
    const component: MonitoredComponent = {
      ...kept,
      identifier: report.sender,
      state: report.isFinal ? 'ended' : 'reporting',
      source,
      firstReportAt: known?.firstReportAt ?? now,
      lastReportAt: now,
      reports: (known?.reports ?? 0) + 1,
    };
    if (report.isFinal) {
      this.#change(key, component, now);
      return;
    }
    this.#components.set(key, component);
    this.#timers.set(key, now + this.#timeoutMs(report));
    this.#outputs.push({ type: 'reported', component, isNew: known?.state !== 'reporting' });
  }

  /** A final report says nothing, so the one before it stays. */
  #kept(
    report: ComponentReport,
    known: MonitoredComponent | undefined,
  ): Pick<MonitoredComponent, 'report' | 'associationsOmitted'> {
    if (report.isFinal && known !== undefined) {
      const { uptimeMs } = report;
      return {
        report: { ...known.report, uptimeMs, isFinal: true, associations: [] },
        associationsOmitted: 0,
      };
    }
    const { maximumAssociations } = this.#limits;
    const associations = report.associations.slice(0, maximumAssociations);
    return {
      report: { ...report, associations },
      associationsOmitted: report.associations.length - associations.length,
    };
  }

  #change(key: string, component: MonitoredComponent, now: number): void {
    this.#components.set(key, component);
    this.#timers.set(key, now + this.#timing.forgetAfterMs);
    this.#outputs.push({ type: component.state === 'ended' ? 'ended' : 'timedOut', component });
  }

  #timeoutMs({ reportIntervalMs }: ComponentReport): number {
    const { missedReports, minimumTimeoutMs } = this.#timing;
    return Math.max(minimumTimeoutMs, missedReports * Math.min(reportIntervalMs, longestIntervalMs));
  }

  #refuse(
    reason: RefusedEvent['reason'],
    source: RemoteEndpoint,
    identifier: ComponentIdentifier | undefined,
    now: number,
  ): void {
    this.#untoldRefusals += 1;
    if (now < this.#nextRefusalAt) return;
    this.#outputs.push({ type: 'refused', reason, source, identifier, count: this.#untoldRefusals });
    this.#untoldRefusals = 0;
    this.#nextRefusalAt = now + refusalIntervalMs;
  }
}

function refuse(name: string, value: number, rule: string): never {
  throw new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', `${name} is ${value}; it has to be ${rule}.`);
}

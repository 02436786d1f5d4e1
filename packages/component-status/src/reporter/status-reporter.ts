import { hostname } from 'node:os';
import { type Clock, realClock, type TimerHandle } from '@rserpool/transport';
import { parseRemoteEndpoint, type RemoteEndpoint, RserpoolError } from '@rserpool/wire';
import { encodeReport } from '../codec/encode-report.ts';
import type { ComponentIdentifier } from '../component-identifier.ts';
import type { ComponentReport } from '../component-report.ts';
import { statusPort } from '../status-port.ts';
import { createUdpSender, type DatagramSender } from './udp-sender.ts';

/** What a component says about itself when a report is due. */
export type ComponentStatus = Pick<ComponentReport, 'status' | 'workload' | 'associations'> & {
  /** Where it is on its host, such as its address and port. */
  readonly place?: string;
};

/** Options of all reporters. */
export interface StatusReporterOptions {
  /** Where reports go: an endpoint, or text such as `192.0.2.1:2960`; port 2960 where the text has none. */
  readonly server: string | RemoteEndpoint;
  /**
   * The time between two reports, in milliseconds, 250 .. 4,294,967; 1000 by default. Short shows changes sooner; long
   * saves datagrams of about 300 bytes.
   */
  readonly intervalMs?: number;
  /** The host, for people; its name by default. The component's address follows it. */
  readonly host?: string;
  /** Is told what the host notices of reports that could not be sent; nobody is by default. They are counted, too. */
  readonly onFailure?: (error: RserpoolError) => void;
  /** Time and timers; the real clock by default. */
  readonly clock?: Clock;
  /** Sends the datagrams; UDP by default. */
  readonly sender?: DatagramSender;
}

/** What a reporter has counted. */
export interface ReporterCounters {
  /** Reports that were sent. */
  readonly reports: number;
  /** Those of them that the host itself could not send. */
  readonly failures: number;
}

/** Sends reports until it is closed. */
export interface StatusReporter extends AsyncDisposable {
  /** What it has counted. */
  readonly counters: ReporterCounters;
  /** Sends a report now, besides those that are due. */
  report(): void;
  /** Sends the final report and ends; never rejects, and may be called again. Close it before the component. */
  close(): Promise<void>;
  /** The same as {@link StatusReporter.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

const leastIntervalMs = 250;
const largestIntervalMs = 4_294_967;

/**
 * Reports how a component is: at once, then each interval, and finally when it is closed. For registrars, pool elements
 * and pool users there are `reportRegistrarStatus`, `reportPoolElementStatus` and `reportPoolUserStatus`.
 *
 * @param sender - Who reports.
 * @param read - Says how the component is; called for each report.
 * @param options - Where to, and how often.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for a server that is no endpoint or an interval out of its range.
 */
export function startStatusReporter(
  sender: ComponentIdentifier,
  read: () => ComponentStatus,
  options: StatusReporterOptions,
): StatusReporter {
  const { intervalMs = 1_000 } = options;
  if (!(intervalMs >= leastIntervalMs && intervalMs <= largestIntervalMs)) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `intervalMs is ${intervalMs}; it has to be ${leastIntervalMs} to ${largestIntervalMs} milliseconds`,
    );
  }
  return new RunningStatusReporter(sender, read, { ...options, intervalMs });
}

class RunningStatusReporter implements StatusReporter {
  readonly #sender: ComponentIdentifier;
  readonly #read: () => ComponentStatus;
  readonly #intervalMs: number;
  readonly #host: string;
  readonly #clock: Clock;
  readonly #datagrams: DatagramSender;
  readonly #startedAt: number;
  readonly #counters = { reports: 0, failures: 0 };
  #timer: TimerHandle | undefined;
  #closing: Promise<void> | undefined;

  constructor(
    sender: ComponentIdentifier,
    read: () => ComponentStatus,
    options: StatusReporterOptions & { readonly intervalMs: number },
  ) {
    this.#sender = sender;
    this.#read = read;
    this.#intervalMs = options.intervalMs;
    this.#host = options.host ?? hostname();
    this.#clock = options.clock ?? realClock;
    this.#datagrams = options.sender ?? this.#udp(options);
    this.#startedAt = this.#clock.now();
    this.#tick(this.#startedAt);
  }

  get counters(): ReporterCounters {
    return this.#counters;
  }

  report(): void {
    if (this.#closing !== undefined) return;
    const { status, workload, associations, place } = this.#read();
    const location = place === undefined ? this.#host : `${this.#host}: ${place}`;
    this.#send({ isFinal: false, location, status, workload, associations });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #udp({ server, onFailure }: StatusReporterOptions): DatagramSender {
    const to = typeof server === 'string' ? parseRemoteEndpoint(server, statusPort) : server;
    return createUdpSender(to, (error) => {
      this.#counters.failures += 1;
      onFailure?.(error);
    });
  }

  /** Reports, and again after the interval: counted from when this one was due, so that delays do not add up. */
  #tick(dueAt: number): void {
    this.report();
    const nextAt = Math.max(dueAt + this.#intervalMs, this.#clock.now());
    this.#timer = this.#clock.setTimer(nextAt, () => this.#tick(nextAt));
  }

  #send(what: Omit<ComponentReport, 'sender' | 'uptimeMs' | 'reportIntervalMs'>): void {
    this.#counters.reports += 1;
    const uptimeMs = this.#clock.now() - this.#startedAt;
    const report = { ...what, sender: this.#sender, uptimeMs, reportIntervalMs: this.#intervalMs };
    this.#datagrams.send(encodeReport(report));
  }

  async #close(): Promise<void> {
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#send({ isFinal: true, location: '', status: '', workload: 0, associations: [] });
    await this.#datagrams.close();
  }
}

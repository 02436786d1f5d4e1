import type { AsapMessage, AssociationId } from '@rserpool/wire';

/** A report that waits for a registrar. */
interface WaitingReport {
  readonly poolHandle: Uint8Array;
  readonly poolElementIdentifier: number;
}

/** What the reports need of their machine. */
export interface UnreachableReportsRuntime {
  /** Sends the message. */
  send(association: AssociationId, message: AsapMessage): void;
  /** Tells that a report was sent. */
  reported(poolHandle: Uint8Array, poolElementIdentifier: number): void;
  /** Tells that a report was given up. */
  dropped(poolHandle: Uint8Array, poolElementIdentifier: number): void;
}

/** How many reports wait while there is no home registrar; the oldest goes first. */
export const maximumWaitingReports: number = 64;

/**
 * Reports of unreachable pool elements (RFC 5352 section 3.5). Each is sent at most once: "an ASAP Endpoint MUST
 * report no more than once each time it encounters such an event". Without a home registrar they wait for one.
 */
export class UnreachableReports {
  readonly #runtime: UnreachableReportsRuntime;
  #waiting: WaitingReport[] = [];

  constructor(runtime: UnreachableReportsRuntime) {
    this.#runtime = runtime;
  }

  /** Whether reports wait for a home registrar. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Sends a report to the home registrar, or lets it wait for one. */
  report(
    association: AssociationId | undefined,
    poolHandle: Uint8Array,
    poolElementIdentifier: number,
  ): void {
    if (association !== undefined) {
      this.#send(association, poolHandle, poolElementIdentifier);
      return;
    }
    this.#waiting.push({ poolHandle, poolElementIdentifier });
    const oldest = this.#waiting.length > maximumWaitingReports ? this.#waiting.shift() : undefined;
    if (oldest !== undefined) this.#runtime.dropped(oldest.poolHandle, oldest.poolElementIdentifier);
  }

  /** There is a home registrar: sends what waits. */
  flush(association: AssociationId): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { poolHandle, poolElementIdentifier } of waiting) {
      this.#send(association, poolHandle, poolElementIdentifier);
    }
  }

  /** No registrar was found: gives up what waits. */
  drop(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const report of waiting) this.#runtime.dropped(report.poolHandle, report.poolElementIdentifier);
  }

  #send(association: AssociationId, poolHandle: Uint8Array, poolElementIdentifier: number): void {
    this.#runtime.send(association, { type: 'ASAP_ENDPOINT_UNREACHABLE', poolHandle, poolElementIdentifier });
    this.#runtime.reported(poolHandle, poolElementIdentifier);
  }
}

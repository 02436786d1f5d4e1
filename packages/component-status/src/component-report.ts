import type { ComponentIdentifier } from './component-identifier.ts';

/** An association of a component with another one. */
export interface ComponentAssociation {
  /** With whom; object 0 where the reporter does not know which one. */
  readonly receiver: ComponentIdentifier;
  /** How long it has been there, in milliseconds; `undefined` where the reporter does not know. */
  readonly durationMs: number | undefined;
  /** The number of its transport protocol: 132 for SCTP, 6 for TCP. */
  readonly protocol: number;
  /** Its payload protocol identifier: 11 for ASAP, 12 for ENRP, the application's otherwise. */
  readonly payloadProtocolIdentifier: number;
}

/** A report of the Component Status Protocol: how one component is. */
export interface ComponentReport {
  /** Who reports. */
  readonly sender: ComponentIdentifier;
  /** Whether it is its last one, because it ends. Such a report has nothing but the sender and the times. */
  readonly isFinal: boolean;
  /** For how long it has been running, in milliseconds. */
  readonly uptimeMs: number;
  /** When its next report is due, in milliseconds after this one: 0 .. 4,294,967. */
  readonly reportIntervalMs: number;
  /** Where it is, for people: up to 127 bytes of UTF-8. */
  readonly location: string;
  /** What it does, for people: up to 127 bytes of UTF-8. */
  readonly status: string;
  /** How loaded it is, 0 .. 1; `undefined` where it does not know. */
  readonly workload: number | undefined;
  /** Its associations; no more than {@link maximumReportAssociations} fit. */
  readonly associations: readonly ComponentAssociation[];
}

/** What an {@link AssociationTable} has seen since it began. */
export interface AssociationTableCounters {
  /** Attempts to connect that succeeded, reused associations included. */
  readonly opened: number;
  /** Attempts to connect that failed. */
  readonly failedAttempts: number;
  /** Associations that were accepted. */
  readonly accepted: number;
  /** Associations that were lost. */
  readonly lost: number;
  /** Messages of the protocol that were sent. */
  readonly sent: number;
  /** Messages of the protocol that were received and decoded. */
  readonly received: number;
  /** Messages that could not be decoded. */
  readonly malformed: number;
  /** Messages with another payload protocol identifier. */
  readonly foreign: number;
  /** Messages that could not be encoded or sent. */
  readonly sendFailures: number;
}

/** The same, as the table writes it. */
export type TableCounts = { -readonly [Name in keyof AssociationTableCounters]: number };

/** Counters at the beginning. */
export function noCounts(): TableCounts {
  return {
    opened: 0,
    failedAttempts: 0,
    accepted: 0,
    lost: 0,
    sent: 0,
    received: 0,
    malformed: 0,
    foreign: 0,
    sendFailures: 0,
  };
}

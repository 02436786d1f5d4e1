/** Something that must never happen, and did. */
export interface Violation {
  /** When, in milliseconds of virtual time. */
  readonly at: number;
  /** Which checker saw it. */
  readonly checker: string;
  /** What it saw. */
  readonly what: string;
}

/** Ends a simulation at its first violation. */
export class ViolationError extends Error {
  /** What happened. */
  readonly violation: Violation;

  /**
   * @param violation - What happened.
   */
  constructor(violation: Violation) {
    super(`${violation.checker}: ${violation.what}`);
    this.name = 'ViolationError';
    this.violation = violation;
  }
}

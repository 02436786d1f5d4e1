/** Looks at a cluster again and again while it runs, and complains where something does not hold that has to. */
export interface Checker {
  /** What it is called in reports. */
  readonly name: string;
  /**
   * Looks.
   *
   * @param now - The time, in milliseconds of virtual time.
   */
  check(now: number): void;
}

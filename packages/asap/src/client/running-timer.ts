/** A timer that runs, for whoever shows the state of a machine. */
export interface RunningTimer {
  /** The RFC's name, followed by what it is for where there are several. */
  readonly name: string;
  /** When it expires, in milliseconds on the caller's clock. */
  readonly at: number;
}

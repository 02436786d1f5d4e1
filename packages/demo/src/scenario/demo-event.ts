/**
 * One event of the main job, as it is printed with `--json`: `t` is the time in milliseconds since the start,
 * `event` says what happened, and the rest names those involved. Identifiers are eight hexadecimal digits.
 */
export type DemoEvent = {
  /** Milliseconds since the start of the job. */
  readonly t: number;
} & DemoEventBody;

/** What happened; see {@link DemoEvent}. */
export type DemoEventBody =
  /** A process is up. */
  | {
      readonly event: 'started';
      readonly process: string;
      readonly pid: number;
      readonly identifier?: string;
    }
  /** The registrars found each other. */
  | {
      readonly event: 'peerDiscovered';
      readonly process: string;
      readonly registrar: string;
      readonly peer: string;
    }
  /** A pool element is registered with its home registrar. */
  | {
      readonly event: 'registered';
      readonly process: string;
      readonly element: string;
      readonly registrar: string;
    }
  /** The pool user's policy chose an element. */
  | { readonly event: 'selected'; readonly element: string }
  /** The session is up; the picture is asked for, or goes on. */
  | { readonly event: 'connected'; readonly element: string }
  /** A state cookie came in: the state behind it is safe. */
  | { readonly event: 'cookie'; readonly element: string; readonly row: number }
  /** So many rows are there. */
  | { readonly event: 'progress'; readonly rows: number; readonly of: number }
  /** The job killed a process with SIGKILL. */
  | { readonly event: 'killed'; readonly process: string; readonly pid: number; readonly identifier: string }
  /** The session noticed the loss of its element. */
  | {
      readonly event: 'detected';
      readonly element: string;
      readonly afterMs: number;
      readonly reason: string;
    }
  /** The session runs on another element. */
  | { readonly event: 'failedOver'; readonly from: string; readonly to: string; readonly afterMs: number }
  /** The new element continues from the cookie. */
  | { readonly event: 'resumed'; readonly element: string; readonly row: number }
  /** A registrar took over for another: counted when it sends ENRP_TAKEOVER_SERVER. */
  | {
      readonly event: 'takeover';
      readonly registrar: string;
      readonly target: string;
      readonly elements: number;
      readonly afterMs: number;
    }
  /** A pool element adopted a new home registrar by the H flag of a keep-alive. */
  | {
      readonly event: 'adopted';
      readonly process: string;
      readonly element: string;
      readonly registrar: string;
    }
  /** The job cut one of a process's two networks: its packets vanish. */
  | { readonly event: 'cut'; readonly process: string; readonly address: string }
  /** A path of the session's association failed, or is there again; the session goes on by the other one. */
  | {
      readonly event: 'path';
      readonly element: string;
      readonly address: string;
      readonly state: 'active' | 'inactive';
      readonly afterMs: number;
    }
  /** The picture is complete and written. */
  | { readonly event: 'picture'; readonly file: string; readonly rows: number; readonly identical: boolean }
  /** Something went wrong. */
  | { readonly event: 'error'; readonly process: string; readonly message: string }
  /** The end, always last. */
  | DoneEvent;

/** The last event: the job's result. */
export interface DoneEvent {
  /** Always `done`. */
  readonly event: 'done';
  /** Whether the picture is the uninterrupted one and nothing was lost. */
  readonly ok: boolean;
  /** How often the session moved to another element. */
  readonly failovers: number;
  /** How many takeovers registrars announced. */
  readonly takeovers: number;
  /** The row from which the new element went on, or -1 where it never did. */
  readonly resumedAtRow: number;
  /** How many rows were computed twice. */
  readonly rowsRecomputed: number;
  /** From the SIGKILL to the session's noticing, in milliseconds, or -1. */
  readonly detectMs: number;
  /** From the SIGKILL to the session's running on another element, in milliseconds, or -1. */
  readonly failoverMs: number;
  /** From the cut of a network to the notice that its path failed, in milliseconds, or -1. */
  readonly pathFailureMs: number;
  /** What went wrong, where `ok` is false. */
  readonly message?: string;
}

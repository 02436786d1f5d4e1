import type { DemoEventBody } from '../scenario/demo-event.ts';

/** What a child process tells the job: an event with the time at which it happened. */
export interface ProcessEvent {
  /** Milliseconds since the epoch, with fractions: the one time base that processes share. */
  readonly at: number;
  /** What happened. */
  readonly body: ChildEventBody;
}

/** The events that children send: those of the job, and what only the job itself needs. */
export type ChildEventBody =
  | Exclude<DemoEventBody, { readonly event: 'registered' | 'killed' | 'picture' | 'done' }>
  /** A registrar listens. */
  | {
      readonly event: 'listening';
      readonly identifier: string;
      readonly asap: string;
      readonly poolUsers: string;
      readonly enrp: string;
    }
  /** An element is registered; the registrar is known by its port until it says its identifier. */
  | {
      readonly event: 'registeredAt';
      readonly process: string;
      readonly element: string;
      readonly asapPort: number;
    }
  /** The pool user has every row. */
  | {
      readonly event: 'complete';
      readonly file: string;
      readonly rows: number;
      readonly rowsRecomputed: number;
    };

/** The time now, on the time base that processes share. */
export function sharedNow(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Tells the job what happened.
 *
 * @param body - The event.
 * @param at - When; now, where it is left out.
 */
export function report(body: ChildEventBody, at: number = sharedNow()): void {
  const event: ProcessEvent = { at, body };
  // A parent that is gone cannot be told; the child ends with the channel anyway.
  if (process.connected === true) process.send?.(event);
}

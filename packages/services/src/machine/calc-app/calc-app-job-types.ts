import type { CalcAppPacket } from './calc-app-packet.ts';

/** How a user looks after its job. The defaults are the reference's, where it has one. */
export interface CalcAppJobOptions {
  /** The job's number, 32 bits. */
  readonly jobIdentifier: number;
  /** How many calculations it has. */
  readonly jobSize: number;
  /** How often the element is asked whether it still has the job; 5000 ms by default. */
  readonly keepAliveIntervalMs?: number;
  /** How long an answer to a request or a keep-alive may take; 5000 ms by default. Then another element is tried. */
  readonly keepAliveTimeoutMs?: number;
  /**
   * The pause behind the first rejection, in milliseconds; 1000 by default, as in the reference. It doubles with each
   * further one in a row, up to {@link maximumRetryDelayMs}, and is shortened at random by up to a half.
   */
  readonly retryDelayMs?: number;
  /**
   * How many elements in a row may reject the job, give it up or not answer before it has failed; 20 by default. An
   * element that accepts it begins a new row.
   */
  readonly maximumAttempts?: number;
}

/** The longest pause between two attempts, in milliseconds. */
export const maximumRetryDelayMs = 30_000;

/** Why an element was left. */
export type CalcAppAttemptFailure = 'rejected' | 'aborted' | 'noAnswer' | 'keepAliveTimeout';

/** What may happen to a {@link CalcAppJobMachine}. */
export type CalcAppJobInput =
  /** The session has an element, which was given a cookie or not. */
  | { readonly type: 'connected'; readonly withCookie: boolean }
  /** The session looks for another element. */
  | { readonly type: 'disconnected' }
  /** A packet of the element. */
  | { readonly type: 'packet'; readonly packet: CalcAppPacket };

/** What a {@link CalcAppJobMachine} may want done. */
export type CalcAppJobOutput =
  /** Send a packet to the element. */
  | { readonly type: 'send'; readonly packet: CalcAppPacket }
  /** Leave the element for another one; tell a registrar that it is unreachable, where it did not answer. */
  | { readonly type: 'failover'; readonly reportUnreachable: boolean }
  /** The job is done. */
  | { readonly type: 'completed'; readonly times: CalcAppJobTimes }
  /** No element would have the job. */
  | { readonly type: 'failed'; readonly failure: CalcAppAttemptFailure; readonly attempts: number }
  /** Something happened. */
  | { readonly type: 'event'; readonly event: CalcAppJobEvent };

/** What happens to a job on the user's side. */
export type CalcAppJobEvent =
  /** The job was requested, or the element is expected to go on with the cookie's state. */
  | { readonly type: 'requested'; readonly withCookie: boolean }
  /** An element has accepted it. */
  | { readonly type: 'accepted' }
  /** An element was not what was hoped for: the next one is tried after a pause. `attempt` counts from 1. */
  | {
      readonly type: 'attemptFailed';
      readonly failure: CalcAppAttemptFailure;
      readonly attempt: number;
      readonly delayMs: number;
    }
  /** The element sent what does not belong to the job; it was ignored. */
  | { readonly type: 'unexpectedPacket'; readonly packetType: CalcAppPacket['type'] };

/** When things happened to a job, in milliseconds on the caller's clock. */
export interface CalcAppJobTimes {
  /** The first element accepted it. */
  readonly acceptedAt: number;
  /** It was done. */
  readonly completedAt: number;
}

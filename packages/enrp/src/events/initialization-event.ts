import type { RemoteEndpoint } from '@rserpool/wire';

/** Why a mentor was left for the next one. */
export type MentorFailure =
  /** No association to it could be opened, or it was lost. */
  | 'unreachable'
  /** It did not answer within MAX-TIME-NO-RESPONSE. */
  | 'noResponse'
  /** It rejected the request: it initializes itself, or has too many downloads. */
  | 'rejected'
  /** A part of its table was empty and yet not the last one, or there were more than `limits.maximumTableParts`. */
  | 'noProgress';

/** What happens while a registrar initializes (RFC 5353 section 3.2). */
export type EnrpInitializationEvent =
  /** A mentor was chosen; its list and table are asked for. `attempt` counts all choices since the start. */
  | { readonly type: 'mentorChosen'; readonly remote: RemoteEndpoint; readonly attempt: number }
  /** The mentor answered with its peer list. */
  | { readonly type: 'peerListReceived'; readonly peer: number; readonly servers: number }
  /** A mentor is given up; the next backup is tried, or a new round begins. */
  | { readonly type: 'mentorFailed'; readonly remote: RemoteEndpoint; readonly reason: MentorFailure }
  /** All mentors failed and at least one rejected: they are tried again in `retryInMs`. `round` counts from 1. */
  | { readonly type: 'mentorRetryScheduled'; readonly round: number; readonly retryInMs: number }
  /** A page of the mentor's handlespace was transferred; `elements` counts those of all pages so far. */
  | {
      readonly type: 'tablePageReceived';
      readonly peer: number;
      readonly elements: number;
      readonly moreToSend: boolean;
    }
  /** Initialization is over; `mentor` is absent where this registrar considers itself alone. */
  | { readonly type: 'initialized'; readonly mentor: number | undefined; readonly poolElements: number };

import type { PingPongPacket } from './ping-pong-packet.ts';

/** What a client of ping-pong sends, and for how long it waits. */
export interface PingPongClientOptions {
  /** The time between two pings, in milliseconds; 500 by default (`-interval`). */
  readonly intervalMs?: number;
  /** How many pings there are; `Infinity` by default. */
  readonly count?: number;
  /**
   * How long a reply may take, in milliseconds; 5000 by default. What has none then is lost. Longer than a failover
   * takes, else each failover loses what was sent meanwhile.
   */
  readonly replyTimeoutMs?: number;
  /**
   * How many pings may wait for their replies, 1 or more; 10 000 by default. No more are sent until there is room: it
   * bounds the memory of a client whose element is slow.
   */
  readonly maximumOutstanding?: number;
  /** What each ping carries; nothing by default. */
  readonly data?: Uint8Array;
}

/** What may happen to a {@link PingPongClientMachine}. */
export type PingPongClientInput =
  /** Begin: the first ping is sent at once. */
  | { readonly type: 'start' }
  /** A packet came in. */
  | { readonly type: 'packet'; readonly packet: PingPongPacket };

/** What a {@link PingPongClientMachine} may want done. */
export type PingPongClientOutput =
  /** Send a ping. */
  | { readonly type: 'send'; readonly packet: PingPongPacket }
  /** All pings were sent, and each was answered or is lost. */
  | { readonly type: 'finished' }
  /** Something happened. */
  | { readonly type: 'event'; readonly event: PingPongEvent };

/** What happens to pings. */
export type PingPongEvent =
  /** The reply to a ping. `outOfOrder` where a later ping had its reply already. */
  | {
      readonly type: 'reply';
      readonly messageNumber: number;
      readonly replyNumber: number;
      readonly roundTripMs: number;
      readonly outOfOrder: boolean;
    }
  /** A ping had no reply in time. */
  | { readonly type: 'lost'; readonly messageNumber: number }
  /** A reply to no ping, or to one that has its reply or is lost already. */
  | { readonly type: 'unexpectedReply'; readonly messageNumber: number; readonly replyNumber: number }
  /**
   * The number of a reply is not the one behind the highest so far: smaller where an element did not know the state of
   * the session, larger where replies were lost with an element.
   */
  | { readonly type: 'replyNumberJump'; readonly expected: number; readonly replyNumber: number };

/** What came of the pings so far. */
export interface PingPongSummary {
  /** How many were sent. */
  readonly sent: number;
  /** How many have their reply. */
  readonly replies: number;
  /** How many had none in time. */
  readonly lost: number;
  /** How many replies came behind that of a later ping. */
  readonly outOfOrder: number;
  /** How many replies nobody waited for. */
  readonly unexpected: number;
  /** How often the number of a reply was smaller than expected: a state was lost. */
  readonly replyNumbersRepeated: number;
  /** How often it was larger: replies were lost. */
  readonly replyNumbersSkipped: number;
  /** The mean time until a reply, in milliseconds; 0 where there was none. */
  readonly roundTripMs: number;
  /** The longest time until a reply, in milliseconds. */
  readonly maximumRoundTripMs: number;
}

import type { Distribution } from '../engine/distribution.ts';

/** What happens to datagrams, or in wild networks to messages, each with a probability of 0 .. 1. */
export interface Mischief {
  /** Never arrives. */
  loss: number;
  /** Arrives twice. */
  duplication: number;
  /** Arrives later than what was sent after it. */
  reordering: number;
  /** Arrives with other bytes. */
  corruption: number;
}

/** How the network treats what travels through it; changed while it runs. */
export interface NetworkConditions {
  /** The time from one host to another, in milliseconds. */
  delay: Distribution;
  /** How probable it is that a message of an association is lost and sent again, 0 .. 0.9. */
  retransmission: number;
  /** How much later it arrives for each time, in milliseconds. */
  retransmissionDelayMs: number;
  /** What happens to datagrams of groups. */
  readonly datagrams: Mischief;
  /** What happens to packets of SCTP, where that is carried. */
  readonly packets: Mischief;
  /** What happens to messages of associations: nothing, unless the network is wild, which no transport allows. */
  readonly associations: Mischief;
  /** How probable it is that a message of a session cannot be sent although its association is up, 0 .. 1. */
  sendFailure: number;
}

/** Nothing happens. */
export function noMischief(): Mischief {
  return { loss: 0, duplication: 0, reordering: 0, corruption: 0 };
}

import type { Distribution } from '../engine/distribution.ts';
import type { Mischief } from '../network/network-conditions.ts';

/** The faults that befall a cluster. */
export type FaultKind =
  /** A process dies, with or without a word, and comes back later, with or without its identity, or never. */
  | 'crash'
  /** A process is stopped (SIGSTOP) and goes on later. */
  | 'stop'
  /** Two or three groups of hosts do not reach each other. */
  | 'partition'
  /** Nothing passes from one group to the other, but back. */
  | 'oneWay'
  /** One host reaches nobody. */
  | 'isolate'
  /** Associations of a host break, and what is under way on them is lost. */
  | 'break'
  /** Nothing passes on associations of a host for a while, in one direction, although everybody is alive. */
  | 'stall'
  /** The clock of a host jumps ahead. */
  | 'clockJump'
  /** The clock of a host is set back. */
  | 'clockBack'
  /** Everything that comes from or goes to a host takes longer. */
  | 'slow'
  /** Everything takes longer for everybody, and packets are lost. */
  | 'congestion'
  /** Many elements register in the same moment, and leave or die later. */
  | 'burst'
  /** An element leaves its pool, and comes back later. */
  | 'leave'
  /** Somebody sends mutated messages to everybody. */
  | 'hostile';

/** Everything about the faults that befall a cluster, in one place. Times are in milliseconds. */
export interface FaultModel {
  /** The delay from host to host while nothing is wrong. */
  readonly delay: Distribution;
  /** How probable it is that a message has to be sent again while nothing is wrong, 0 .. 0.9. */
  readonly retransmission: number;
  /** What happens to datagrams during faults. */
  readonly datagrams: Mischief;
  /** What happens to packets of SCTP during faults, where that is carried. */
  readonly packets: Mischief;
  /** What happens to messages of associations, or to packets of SCTP, during faults, where the network is wild. */
  readonly associations: Mischief;
  /** The pause between the beginnings of two faults. */
  readonly gapMs: Distribution;
  /** How long a fault lasts. */
  readonly durationMs: Distribution;
  /** How often each fault occurs, relative to the others. */
  readonly weights: Readonly<Record<FaultKind, number>>;
  /** How probable it is that a process dies silently, or is stopped with its transport inside, 0 .. 1. */
  readonly silent: number;
  /** How probable it is that a process comes back with its identity, 0 .. 1. */
  readonly keepsIdentity: number;
  /** How probable it is that a message of a session cannot be sent, 0 .. 1. */
  readonly sendFailure: number;
  /** How probable it is that a dead process comes back at the end of the faults, 0 .. 1. */
  readonly returns: number;
}

import type { RandomStreams } from '../engine/random-streams.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { SimulatedNetwork } from '../network/simulated-network.ts';
import type { ClusterTiming } from './cluster-timing.ts';
import type { Trace } from './trace.ts';

/** What everything in one simulated cluster shares. */
export interface World {
  /** Time and events. */
  readonly time: VirtualTime;
  /** Randomness, one stream for each purpose. */
  readonly streams: RandomStreams;
  /** The network. */
  readonly network: SimulatedNetwork;
  /** All times. */
  readonly timing: ClusterTiming;
  /** Where everything is noted. */
  readonly trace: Trace;
  /** Whether the network changes messages of associations: nobody can promise delivery then. */
  readonly isWild: boolean;
  /**
   * Something happened that must never happen.
   *
   * @param checker - Which checker saw it.
   * @param what - What it saw.
   */
  violated(checker: string, what: string): void;
}

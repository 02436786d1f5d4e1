import type { Schedule } from '../engine/schedule.ts';
import type { RandomStreams } from '../engine/random-streams.ts';
import type { Ledger } from './ledger.ts';
import type { LinkEnd } from './link-end.ts';
import type { Behaviour } from './behaviour.ts';
import type { RunParameters } from './parameters.ts';
import type { RunCounters } from './run-counters.ts';
import type { RunTrace } from './run-trace.ts';
import type { SwitchNetwork } from './switch-network.ts';

/** What all components of a run share. */
export interface RunWorld {
  /** The parameters. */
  readonly parameters: RunParameters;
  /** What follows from the model for the machines. */
  readonly behaviour: Behaviour;
  /** The time. */
  readonly schedule: Schedule;
  /** The network. */
  readonly network: SwitchNetwork;
  /** The random numbers: a stream for each component and purpose. */
  readonly streams: RandomStreams;
  /** What is counted. */
  readonly counters: RunCounters;
  /** Whose work came to what. */
  readonly ledger: Ledger;
  /** What is left of elements that are gone without a notice: the other ends of their associations, by identifier. */
  readonly remains: Map<number, readonly LinkEnd[]>;
  /** Where it is noted what happens. */
  readonly trace: RunTrace;
}

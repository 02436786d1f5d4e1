import type { Scenario } from '../cluster/scenario.ts';
import type { ClusterTiming } from '../cluster/cluster-timing.ts';
import type { Distribution } from '../engine/distribution.ts';
import type { RandomStreams } from '../engine/random-streams.ts';
import type { RandomStream } from '../engine/random-stream.ts';
import { type Mischief, noMischief } from '../network/network-conditions.ts';
import type { FaultKind, FaultModel } from './fault-model.ts';

/**
 * Draws what befalls a cluster: each seed prefers some faults and leaves others out, because ten faults at once hide
 * what two of them do.
 *
 * @param scenario - The cluster.
 * @param timing - Its times.
 * @param streams - Its randomness.
 */
export function drawFaultModel(
  scenario: Scenario,
  timing: ClusterTiming,
  streams: RandomStreams,
): FaultModel {
  const random = streams.stream('fault model');
  const { minuteMs } = timing;
  const weight = (often: number): number => (random.chance(0.3) ? 0 : random.between(0.2, 1) * often);
  const weights: Record<FaultKind, number> = {
    crash: weight(3) + 0.1,
    stop: weight(2),
    partition: weight(1.5),
    oneWay: weight(0.7),
    isolate: weight(1.5),
    break: weight(2),
    stall: weight(1),
    clockJump: weight(0.4),
    slow: weight(0.7),
    congestion: weight(0.7),
    burst: weight(0.4),
    leave: weight(1),
    hostile: weight(0.5),
    clockBack: scenario.rarities.includes('clockBack') ? 0.7 : 0,
  };
  const slowest = timing.profile === 'lan' ? 5 : 50;
  const delay = drawDelay(random, slowest);
  const retransmission = random.chance(0.5) ? 0 : random.between(0, 0.02);
  const datagrams = drawMischief(random, 0.2);
  return {
    delay,
    retransmission,
    datagrams,
    // What is lost or changed is sent again after a while, which is what congestion is for.
    packets: { ...datagrams, loss: 0, corruption: 0 },
    associations: scenario.isWild ? drawMischief(random, 0.02) : noMischief(),
    gapMs: { type: 'exponential', least: 0, mean: random.between(minuteMs / 20, minuteMs / 3) },
    durationMs: { type: 'exponential', least: minuteMs / 300, mean: random.between(minuteMs / 20, minuteMs) },
    weights,
    silent: random.chance(0.3) ? 0 : random.between(0, 1),
    keepsIdentity: random.fraction(),
    returns: random.between(0.3, 1),
    sendFailure: scenario.rarities.includes('failingSends') ? 0.01 : 0,
  };
}

function drawDelay(random: RandomStream, slowest: number): Distribution {
  switch (random.integer(0, 3)) {
    case 0:
      return { type: 'fixed', value: random.between(0.1, slowest) };
    case 1:
      return { type: 'uniform', least: 0.1, most: slowest };
    case 2:
      return { type: 'exponential', least: 0.1, mean: slowest / 5 };
    default:
      return { type: 'spiky', usual: 0.5, most: 4 * slowest, outliers: 0.01 };
  }
}

function drawMischief(random: RandomStream, most: number): Mischief {
  const some = (): number => (random.chance(0.4) ? 0 : random.between(0, most));
  return { loss: some(), duplication: some(), reordering: some(), corruption: some() };
}

import { estimate, type Estimate } from '../experiment/statistics/estimate.ts';
import { intervalOf } from '../experiment/statistics/compare.ts';
import { formatNumber } from '../experiment/statistics/format.ts';
import { type StageName, stageTitles } from './candidates.ts';
import type { Outcome } from './evaluate-candidates.ts';
import type { PoolDescription } from './pool-description.ts';

/** What a stage has come to. */
export interface Decision {
  /** The one that is recommended. */
  readonly chosen: Outcome;
  /** The fastest one. */
  readonly fastest: Outcome;
  /** Why, in words. */
  readonly reason: string;
  /** How far the choice can be trusted, in words; empty where there is nothing to say against it. */
  readonly warnings: readonly string[];
}

/**
 * How much of the best handling speed a candidate may lack to count as fast enough: 1 % is less than anybody notices, 10 %
 * is what the objective `cost` pays for fewer messages.
 */
export const speedTolerance: Readonly<Record<PoolDescription['objective'], number>> = {
  speed: 0.01,
  cost: 0.1,
};

/**
 * How much a candidate may lack where its speed is not shown to be lower than the best one: nobody should pay messages
 * for what may be chance, but a few runs cannot show much.
 */
export const unseenTolerance = 0.05;

/** Equation (1) aims at the goodput on average: up to a tenth more than the allowed loss is as good as that. */
const lossTolerance = 1.1;

/**
 * Chooses one of the candidates of a stage: of those that are fast enough, or not shown to be slower, the one that costs
 * the fewest messages. Cookie intervals have to keep the goodput as well; where none does, the one that loses least is
 * chosen, with a warning.
 *
 * @param stage - Which stage it is.
 * @param outcomes - What was simulated; at least one.
 * @param pool - What matters to the operator.
 */
export function choose(stage: StageName, outcomes: readonly Outcome[], pool: PoolDescription): Decision {
  const fastest = bestOf(outcomes, (outcome) => -speedOf(outcome));
  const lacksAtMost = (outcome: Outcome, share: number): boolean =>
    speedOf(outcome) >= speedOf(fastest) * (1 - share);
  const fastEnough = outcomes.filter(
    (outcome) =>
      lacksAtMost(outcome, speedTolerance[pool.objective]) ||
      (lacksAtMost(outcome, unseenTolerance) && !isDifferenceSeen(fastest, outcome)),
  );
  const allowedLoss = stage === 'cookie' ? 100 * (1 - pool.goodput) : Infinity;
  const secure = fastEnough.filter((outcome) => lossOf(outcome) <= lossTolerance * allowedLoss);
  const chosen = secure.length > 0 ? bestOf(secure, costOf) : bestOf(outcomes, lossOf);
  const warnings =
    secure.length > 0
      ? []
      : [`No cookie interval keeps the lost work at ${round(allowedLoss)} % or below; this one loses least.`];
  return {
    chosen,
    fastest,
    reason: reasonFor(chosen, fastest, allowedLoss),
    warnings: [...warnings, ...doubts(stage, outcomes, fastest)],
  };
}

/**
 * How much faster one candidate is than another in per cent of capacity, seed by seed: both have seen the same requests
 * and failures, so that the difference is known better than either of the two.
 *
 * @param one - The one.
 * @param other - The other.
 */
export function speedDifference(one: Outcome, other: Outcome): Estimate {
  return estimate(one.speeds.map((speed, index) => speed - (other.speeds[index] ?? Number.NaN)));
}

/** Whether it is shown that two candidates differ in speed. */
export function isDifferenceSeen(one: Outcome, other: Outcome): boolean {
  const interval = intervalOf(speedDifference(one, other));
  return interval !== undefined && (interval.low > 0 || interval.high < 0);
}

function doubts(stage: StageName, outcomes: readonly Outcome[], fastest: Outcome): readonly string[] {
  const others = outcomes.filter((outcome) => outcome !== fastest);
  const alike = others.filter((outcome) => !isDifferenceSeen(fastest, outcome));
  if (alike.length === 0) return [];
  if (alike.length === others.length) {
    return [
      `No difference in speed seen between the candidates of ${stageTitles[stage]}: any of them would do.`,
    ];
  }
  if (stage !== 'policy') return [];
  const names = alike.map(({ candidate }) => candidate.label).join(', ');
  return [`No difference in speed seen between ${fastest.candidate.label} and ${names}.`];
}

function reasonFor(chosen: Outcome, fastest: Outcome, allowedLoss: number): string {
  const loss = Number.isFinite(allowedLoss)
    ? `, with ${round(lossOf(chosen))} % of the work lost where ${round(allowedLoss)} % are allowed`
    : '';
  const gain = `${priceOf(chosen)}${loss}`;
  if (chosen === fastest) return `The fastest one: ${gain}.`;
  return `The fewest messages of those that are fast enough: ${gain}; the fastest, ${fastest.candidate.label}, has ${priceOf(fastest)}.`;
}

function priceOf(outcome: Outcome): string {
  return `${round(speedOf(outcome))} % handling speed for ${round(costOf(outcome))} messages a second`;
}

function bestOf(outcomes: readonly Outcome[], measure: (outcome: Outcome) => number): Outcome {
  return outcomes.reduce((best, outcome) => (measure(outcome) < measure(best) ? outcome : best));
}

function lossOf({ lostWork }: Outcome): number {
  return lostWork.mean ?? 0;
}

function speedOf({ handlingSpeed }: Outcome): number {
  return handlingSpeed.mean ?? 0;
}

function costOf({ messagesPerSecond }: Outcome): number {
  return messagesPerSecond.mean ?? Infinity;
}

function round(value: number): string {
  return formatNumber(value, 3);
}

import { RserpoolError } from '@rserpool/wire';
import type { Model, RunParameters } from '../evaluation/parameters.ts';

/** A pool as its operator knows it, and what matters to the operator. */
export interface PoolDescription {
  /** The capacity of each element, in calculations a second. */
  readonly capacities: readonly number[];
  /** The mean size of a request, in calculations. */
  readonly size: number;
  /** How many requests all users have together, a second. */
  readonly rate: number;
  /** How many users these come from; a user has one request handled at a time. */
  readonly users: number;
  /** The mean time between two failures of one element, in seconds. */
  readonly mtbf: number | 'never';
  /** The mean time until a failed element is back, in seconds; 0 where another one takes its place at once. */
  readonly downtime: number;
  /** The delay of a message from one component to another, in milliseconds. */
  readonly delay: number;
  /** The share of the work that failures must not destroy, 0 .. 1 (1 excluded). */
  readonly goodput: number;
  /**
   * What is worth more: `speed` pays messages for the last per cent of handling speed, `cost` gives up some of it to
   * save messages.
   */
  readonly objective: 'speed' | 'cost';
  /** Whose model of failures and timers is simulated. */
  readonly model: Model;
}

/** How long a run is: so many requests and failures are enough to tell candidates apart. */
export interface RunLength {
  /** How many requests a run has at least, and at most. */
  readonly requests: { readonly least: number; readonly most: number };
  /** How many failures it should have. */
  readonly failures: number;
}

/** Run lengths of the two thoroughnesses. */
export const runLengths: Readonly<Record<'full' | 'quick', RunLength>> = {
  full: { requests: { least: 1500, most: 6000 }, failures: 60 },
  quick: { requests: { least: 600, most: 2000 }, failures: 25 },
};

/** The sum of the capacities, in calculations a second. */
export function totalCapacity({ capacities }: PoolDescription): number {
  return capacities.reduce((sum, capacity) => sum + capacity, 0);
}

/** The share of the pool's capacity that its users ask for; from 1 on the queues grow without end. */
export function offeredLoad(pool: PoolDescription): number {
  return (pool.rate * pool.size) / totalCapacity(pool);
}

/** How long an average request takes that has an average element for itself, in seconds. */
export function handlingSeconds(pool: PoolDescription): number {
  return (pool.size * pool.capacities.length) / totalCapacity(pool);
}

/** Whether the elements differ. */
export function isHeterogeneous({ capacities }: PoolDescription): boolean {
  return capacities.some((capacity) => capacity !== capacities[0]);
}

/**
 * Checks a description.
 *
 * @param pool - The description.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` with everything that is wrong with it.
 */
export function checkPool(pool: PoolDescription): void {
  const problems: string[] = [];
  const isPositive = (value: number): boolean => Number.isFinite(value) && value > 0;
  if (pool.capacities.length === 0 || !pool.capacities.every(isPositive)) {
    problems.push('the capacities have to be one number above 0 or more, in calculations a second');
  }
  if (!isPositive(pool.size)) problems.push('the size has to be above 0 calculations');
  if (!isPositive(pool.rate)) problems.push('the rate has to be above 0 requests a second');
  if (!Number.isInteger(pool.users) || pool.users < 1) {
    problems.push('the users have to be a whole number from 1 on');
  }
  if (pool.mtbf !== 'never' && !isPositive(pool.mtbf)) {
    problems.push('the MTBF has to be above 0 seconds, or never');
  }
  if (!(pool.downtime >= 0)) problems.push('the downtime has to be at least 0 seconds');
  if (!(pool.delay >= 0)) problems.push('the delay has to be at least 0 milliseconds');
  if (!(pool.goodput > 0 && pool.goodput < 1)) problems.push('the goodput has to be between 0 and 1');
  if (problems.length > 0) throw new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', problems.join('; '));
}

/**
 * How many users a pool has where nobody knows: enough that none of them has to wait for its own requests often.
 *
 * @param pool - The rest of the description.
 */
export function defaultUsers(pool: Pick<PoolDescription, 'capacities' | 'size' | 'rate'>): number {
  const total = pool.capacities.reduce((sum, capacity) => sum + capacity, 0);
  const handling = (pool.size * pool.capacities.length) / total;
  return Math.max(10 * pool.capacities.length, Math.ceil(10 * pool.rate * handling));
}

/**
 * The parameters of a run that follow from a description; what is recommended is added by the candidates.
 *
 * @param pool - The description.
 * @param length - How long the run should be.
 */
export function baseParameters(pool: PoolDescription, length: RunLength): Partial<RunParameters> {
  const { capacities, delay, downtime, model, mtbf, rate, size, users } = pool;
  const capacityMean = totalCapacity(pool) / capacities.length;
  const handling = handlingSeconds(pool);
  return {
    model,
    poolElements: capacities.length,
    poolUsers: users,
    loop: 'open',
    requestInterval: users / rate,
    size,
    mtbfSize: size,
    capacityMean,
    capacityDistribution: 'constant',
    ...(isHeterogeneous(pool) && { capacities }),
    // The model counts the MTBF in times that an average request takes alone.
    mtbf: mtbf === 'never' ? mtbf : mtbf / handling,
    downtime,
    clean: 0,
    delay,
    // An element that is back a moment later is another one, so that a pool does not starve for want of a resolution.
    resolutionRetryDelay: 1,
    ...durationOf(pool, length),
  };
}

function durationOf(
  { capacities, mtbf, rate }: PoolDescription,
  { requests, failures }: RunLength,
): Pick<RunParameters, 'warmup' | 'duration'> {
  const wanted = mtbf === 'never' ? 0 : (failures * mtbf) / capacities.length;
  const seconds = Math.min(requests.most / rate, Math.max(requests.least / rate, wanted));
  const duration = Math.ceil(seconds);
  return { warmup: Math.ceil(duration / 5), duration };
}

/** How many failures a run is expected to have. */
export function expectedFailures({ capacities, mtbf }: PoolDescription, duration: number): number {
  return mtbf === 'never' ? 0 : (capacities.length * duration) / mtbf;
}

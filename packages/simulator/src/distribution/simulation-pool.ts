import type { PoolElementOptions } from '@rserpool/session';

/** The pool that workers join unless they are told another one. */
export const defaultSimulationPool = 'SimulationPool';

/**
 * What the elements of a pool of simulation workers have in common: Least Used, because runs take long and workers
 * differ, and cookies that say what they cover, because a session is sent a task ahead.
 *
 * @param poolHandle - The pool.
 */
export function simulationPoolElement(
  poolHandle: string,
): Pick<PoolElementOptions, 'poolHandle' | 'policy' | 'announceCoverage'> {
  return { poolHandle, policy: { type: 'leastUsed', load: 0 }, announceCoverage: true };
}

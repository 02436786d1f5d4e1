import type { RunParameters } from '../evaluation/parameters.ts';
import { cookieInterval } from '../experiment/formula/cookie-interval.ts';
import { handlingSeconds, isHeterogeneous, type PoolDescription, totalCapacity } from './pool-description.ts';

/** What is recommended: the values of a run that an operator can choose. */
export type Choice = Pick<
  RunParameters,
  | 'policy'
  | 'cookie'
  | 'jobKeepalive'
  | 'jobKeepaliveTimeout'
  | 'requestTimeout'
  | 'endpointKeepalive'
  | 'endpointKeepaliveTimeout'
  | 'maxBadPeReports'
>;

/** The stages of the search, in their order. */
export const stageNames = ['policy', 'cookie', 'sessionKeepAlive', 'endpointKeepAlive'] as const;

/** One stage of the search. */
export type StageName = (typeof stageNames)[number];

/** What the stages decide on, for people. */
export const stageTitles: Readonly<Record<StageName, string>> = {
  policy: 'policy',
  cookie: 'cookie interval',
  sessionKeepAlive: 'session keep-alive',
  endpointKeepAlive: 'endpoint keep-alive and failure reports',
};

/** One of the possibilities of a stage. */
export interface Candidate {
  /** What it is called in tables. */
  readonly label: string;
  /** All values, those of other stages included. */
  readonly choice: Choice;
}

/**
 * Equation (1) of the 2009 paper for a pool: how many calculations there may be between two cookies.
 *
 * @param pool - The pool.
 * @returns The interval in calculations, or `never` where nothing fails.
 */
export function equationOne(pool: PoolDescription): number | 'never' {
  if (pool.mtbf === 'never') return 'never';
  return cookieInterval(pool.mtbf, totalCapacity(pool) / pool.capacities.length, pool.goodput);
}

/**
 * What the search begins with: the policy that knows least, cookies by equation (1), and keep-alives a tenth of the time
 * that a request takes.
 *
 * @param pool - The pool.
 */
export function firstChoice(pool: PoolDescription): Choice {
  const interval = keepAliveSeconds(pool, 0.1);
  return {
    policy: 'RoundRobin',
    cookie: wholeCookie(equationOne(pool)),
    ...sessionKeepAlive(pool, interval),
    ...endpointKeepAlive(pool, interval),
    maxBadPeReports: 1,
  };
}

/**
 * The possibilities of a stage.
 *
 * @param stage - The stage.
 * @param pool - The pool.
 * @param chosen - What earlier stages have chosen.
 */
export function candidatesOf(stage: StageName, pool: PoolDescription, chosen: Choice): readonly Candidate[] {
  switch (stage) {
    case 'policy':
      return policiesFor(pool).map((policy) => ({ label: policy, choice: { ...chosen, policy } }));
    case 'cookie':
      return cookieCandidates(pool, chosen);
    case 'sessionKeepAlive':
      return intervals(pool, [0.02, 0.05, 0.1, 0.2, 0.5, 1]).map((seconds) => ({
        label: `${seconds} s`,
        choice: { ...chosen, ...sessionKeepAlive(pool, seconds) },
      }));
    case 'endpointKeepAlive':
      return intervals(pool, [0.1, 0.5, 3]).flatMap((seconds) =>
        ([1, 3] as const).map((maxBadPeReports) => ({
          label: `${seconds} s, ${maxBadPeReports} report${maxBadPeReports === 1 ? '' : 's'}`,
          choice: { ...chosen, ...endpointKeepAlive(pool, seconds), maxBadPeReports },
        })),
      );
  }
}

/** Weights only say something where the elements differ. */
function policiesFor(pool: PoolDescription): readonly RunParameters['policy'][] {
  return [
    'LeastUsed',
    'RoundRobin',
    'Random',
    ...(isHeterogeneous(pool) ? (['WeightedRoundRobin', 'WeightedRandom'] as const) : []),
  ];
}

function cookieCandidates(pool: PoolDescription, chosen: Choice): readonly Candidate[] {
  const equation = equationOne(pool);
  if (equation === 'never') return [{ label: 'never', choice: { ...chosen, cookie: 'never' } }];
  const candidates = [0.25, 1, 4].map((factor) => {
    const cookie = wholeCookie(equation * factor);
    return {
      label: `${factor === 1 ? 'equation (1)' : `${factor} times equation (1)`}`,
      choice: { ...chosen, cookie },
    };
  });
  return [...candidates, { label: 'never', choice: { ...chosen, cookie: 'never' } }];
}

function wholeCookie(cookie: number | 'never'): number | 'never' {
  return cookie === 'never' ? cookie : Math.max(1, Math.round(cookie));
}

/** Intervals that are the given parts of the time that a request takes, each once, the shortest first. */
function intervals(pool: PoolDescription, parts: readonly number[]): readonly number[] {
  return [...new Set(parts.map((part) => keepAliveSeconds(pool, part)))];
}

/** Two digits are enough; and what is answered later than it is asked for again says nothing. */
function keepAliveSeconds(pool: PoolDescription, part: number): number {
  const least = Math.max(0.1, (10 * pool.delay) / 1000);
  return Number(Math.max(least, part * handlingSeconds(pool)).toPrecision(2));
}

/** An answer has to come within the interval, and within a second where that is longer and the network allows it. */
function timeoutFor(pool: PoolDescription, seconds: number): number {
  return Math.min(seconds, Math.max(1, (10 * pool.delay) / 1000));
}

function sessionKeepAlive(
  pool: PoolDescription,
  seconds: number,
): Pick<Choice, 'jobKeepalive' | 'jobKeepaliveTimeout' | 'requestTimeout'> {
  const timeout = timeoutFor(pool, seconds);
  return { jobKeepalive: seconds, jobKeepaliveTimeout: timeout, requestTimeout: timeout };
}

function endpointKeepAlive(
  pool: PoolDescription,
  seconds: number,
): Pick<Choice, 'endpointKeepalive' | 'endpointKeepaliveTimeout'> {
  return { endpointKeepalive: seconds, endpointKeepaliveTimeout: timeoutFor(pool, seconds) };
}

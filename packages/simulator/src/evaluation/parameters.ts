import type { PolicyName } from '@rserpool/policies';

/**
 * Whose model a run follows: `2009` and `2005` are those of the two papers, `rfc` is what the machines do in
 * production by default. It decides on differences of behaviour and on the defaults of all other parameters.
 */
export type Model = '2009' | '2005' | 'rfc';

/** The policies by the names of the papers, such as `LeastUsed`: those of `@rserpool/policies` with a capital letter. */
export type EvaluationPolicy = Capitalize<PolicyName>;

/** What decides a run, beside its seed. The names are the command line's options in camel case. */
export interface RunParameters {
  /** Whose model. */
  readonly model: Model;
  /** The pool's policy. */
  readonly policy: EvaluationPolicy;
  /** How many registrars there are. */
  readonly registrars: number;
  /** How many pool elements there are. */
  readonly poolElements: number;
  /** How many pool users there are. */
  readonly poolUsers: number;
  /** `open`: requests come whatever becomes of the earlier ones; `closed`: the next one follows the last one's result. */
  readonly loop: 'open' | 'closed';
  /** The share of the pool's capacity that is asked for, 0 .. 1; for the open loop, where it sets the interval. */
  readonly targetUtilization: number;
  /** The mean time between two requests of a user in the open loop, in seconds; instead of {@link targetUtilization}. */
  readonly requestInterval?: number;
  /** The mean time between a result and the next request in the closed loop, in seconds. */
  readonly thinkTime: number;
  /** The mean size of a request, in calculations. */
  readonly size: number;
  /** How the sizes are distributed. */
  readonly sizeDistribution: 'exponential' | 'constant' | 'uniform';
  /** How the intervals and think times are distributed. */
  readonly intervalDistribution: 'exponential' | 'constant';
  /** The mean capacity of an element, in calculations a second. */
  readonly capacityMean: number;
  /** How the capacities are distributed: each element draws one and keeps it for the run. */
  readonly capacityDistribution: 'constant' | 'exponential' | 'uniform';
  /**
   * The capacity of each element, in calculations a second, instead of drawn ones; as many as there are elements. The
   * capacity mean is still what speeds are measured in.
   */
  readonly capacities?: readonly number[];
  /** How many requests an element handles at once; it rejects further ones. */
  readonly maxRequests: number;
  /** The mean time between failures of an element, in times that it takes to handle {@link mtbfSize} alone. */
  readonly mtbf: number | 'never';
  /** The size that {@link mtbf} refers to, in calculations; that of {@link size} by default. */
  readonly mtbfSize: number;
  /** The share of time that an element is there, 0 .. 1 (0 excluded); below 1 it is instead of {@link mtbf}. */
  readonly availability: number;
  /** The mean time until a failed element is back, in seconds; 0: at once. */
  readonly downtime: number;
  /** The probability that an element ends by a clean shutdown, 0 .. 1. */
  readonly clean: number;
  /** The time between a sign of life and the next keep-alive of a session, in seconds. */
  readonly jobKeepalive: number;
  /** How long a keep-alive of a session may be unanswered, in seconds. */
  readonly jobKeepaliveTimeout: number;
  /** How long a request may be neither accepted nor rejected, in seconds. */
  readonly requestTimeout: number;
  /** The time between two keep-alives of a registrar to an element, in seconds. */
  readonly endpointKeepalive: number;
  /** How long a keep-alive of a registrar may be unanswered, in seconds. */
  readonly endpointKeepaliveTimeout: number;
  /** MAX-BAD-PE-REPORT of RFC 5352 section 3.5. */
  readonly maxBadPeReports: number | 'unlimited';
  /** How many calculations of a request there are between two of its cookies. */
  readonly cookie: number | 'never';
  /** `cookie`: a request goes on from its last cookie; `restart`: it begins anew, and there are no cookies. */
  readonly failover: 'cookie' | 'restart';
  /** The time that a message takes from one component to another, in milliseconds. */
  readonly delay: number;
  /** How long a pool user uses an answer of its registrar again, in seconds; 0: never. */
  readonly staleCache: number;
  /** How many elements an answer of a registrar lists at most. */
  readonly items: number;
  /** The mean pause after a rejection, in seconds; it is uniformly distributed between 0 and twice as much. */
  readonly retryDelay: number;
  /** The pause after a handle resolution that gave no element, in seconds. */
  readonly resolutionRetryDelay: number;
  /** How long a registration is valid, in seconds. */
  readonly registrationLife: number;
  /** The time between two registrations of an element, in seconds. */
  readonly reregistration: number;
  /** How long the model runs before anything counts, in seconds. */
  readonly warmup: number;
  /** How long everything counts, in seconds. */
  readonly duration: number;
  /** Whether every message is encoded and decoded on its way: slower, and the results are the same. */
  readonly encode: boolean;
}

/** The base of the 2009 paper: one registrar, ten elements, a hundred users. */
const paper2009: RunParameters = {
  model: '2009',
  policy: 'LeastUsed',
  registrars: 1,
  poolElements: 10,
  poolUsers: 100,
  loop: 'open',
  targetUtilization: 0.6,
  thinkTime: 10,
  size: 1e7,
  sizeDistribution: 'exponential',
  intervalDistribution: 'exponential',
  capacityMean: 1e6,
  capacityDistribution: 'constant',
  maxRequests: 100,
  mtbf: 'never',
  mtbfSize: 1e7,
  availability: 1,
  downtime: 0,
  clean: 0,
  jobKeepalive: 1,
  jobKeepaliveTimeout: 1,
  requestTimeout: 1,
  endpointKeepalive: 1,
  endpointKeepaliveTimeout: 1,
  maxBadPeReports: 'unlimited',
  cookie: 1e7,
  failover: 'cookie',
  delay: 10,
  staleCache: 0,
  items: 1,
  retryDelay: 0.1,
  resolutionRetryDelay: 30,
  registrationLife: 300,
  reregistration: 280,
  warmup: 900,
  duration: 3600,
  encode: false,
};

/** The base of the 2005 paper: closed loop, elements that come and go, at most four requests at once. */
const paper2005: RunParameters = {
  ...paper2009,
  model: '2005',
  poolElements: 9,
  poolUsers: 18,
  loop: 'closed',
  capacityMean: 2.5e6,
  capacityDistribution: 'exponential',
  maxRequests: 4,
  downtime: 60,
  jobKeepalive: 5,
  jobKeepaliveTimeout: 5,
  endpointKeepalive: 5,
  endpointKeepaliveTimeout: 5,
  maxBadPeReports: 3,
  cookie: 5e6,
  items: 4,
  retryDelay: 1,
  reregistration: 5,
  warmup: 0,
  duration: 1200,
};

/** The load of the 2009 paper on what runs in production: timers of RFC 5352 section 7, transport notices, probes. */
const production: RunParameters = {
  ...paper2009,
  model: 'rfc',
  endpointKeepalive: 5,
  endpointKeepaliveTimeout: 5,
  maxBadPeReports: 3,
  items: 1024,
  resolutionRetryDelay: 0.25,
  registrationLife: 620,
  reregistration: 600,
};

/** The defaults of each model; `docs/evaluation-model.md` says where they come from. */
export const modelDefaults: Readonly<Record<Model, RunParameters>> = {
  2009: paper2009,
  2005: paper2005,
  rfc: production,
};

/**
 * The mean time between two requests of a user in the open loop, in seconds: given, or what the target utilization asks
 * for, which is the users for each element times the size, divided by the share of the capacity.
 *
 * @param parameters - The parameters of the run.
 */
export function meanRequestInterval(parameters: RunParameters): number {
  const { requestInterval, poolUsers, poolElements, size, targetUtilization, capacityMean } = parameters;
  return requestInterval ?? ((poolUsers / poolElements) * size) / (targetUtilization * capacityMean);
}

/**
 * The mean time until an element fails, in seconds; `Infinity` where none does.
 *
 * @param parameters - The parameters of the run.
 */
export function meanUptime(parameters: RunParameters): number {
  const { availability, downtime, mtbf, mtbfSize, capacityMean } = parameters;
  if (availability < 1) return (downtime * availability) / (1 - availability);
  return mtbf === 'never' ? Infinity : (mtbf * mtbfSize) / capacityMean;
}

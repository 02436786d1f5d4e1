import { policyNames } from '@rserpool/policies';
import { RserpoolError } from '@rserpool/wire';
import { describeKind, isOfKind, type ParameterKind, readKind } from './parameter-kinds.ts';
import type { EvaluationPolicy, RunParameters } from './parameters.ts';

/** The name of a parameter. */
export type ParameterName = keyof RunParameters;

/** What help, command lines, scenario files and checks have to know of a parameter. */
export interface ParameterDescription {
  /** Its name in files. */
  readonly name: ParameterName;
  /** Its option on the command line. */
  readonly option: string;
  /** In what it is measured; empty for names and numbers of something. */
  readonly unit: string;
  /** What it means, in a sentence. */
  readonly meaning: string;
  /** What is allowed, in words. */
  readonly range: string;
  /**
   * Reads a value from text.
   *
   * @param text - What somebody wrote.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where it is no allowed value.
   */
  parse(text: string): string | number | boolean | readonly number[];
  /**
   * What is wrong with a value, in words, or `undefined` where nothing is.
   *
   * @param value - Anything, such as from a file.
   */
  problem(value: unknown): string | undefined;
}

/** All policies by the papers' kind of name. */
export const evaluationPolicies: readonly EvaluationPolicy[] = policyNames.map(
  (name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}` as EvaluationPolicy,
);

const positive: ParameterKind = { type: 'number', least: 0, most: Infinity, isAbove: true };
const seconds: ParameterKind = { type: 'number', least: 0, most: 1e9 };
const positiveSeconds: ParameterKind = { type: 'number', least: 0, most: 1e9, isAbove: true };
const share: ParameterKind = { type: 'number', least: 0, most: 1 };
const whole = (least: number, most: number): ParameterKind => ({
  type: 'number',
  least,
  most,
  isWhole: true,
});
const names = (...allowed: string[]): ParameterKind => ({ type: 'name', names: allowed });
const distributions = names('constant', 'exponential', 'uniform');

const rows: Readonly<Record<ParameterName, readonly [ParameterKind, unit: string, meaning: string]>> = {
  model: [names('2009', '2005', 'rfc'), '', 'whose model: that of a paper, or what runs in production'],
  policy: [{ type: 'name', names: evaluationPolicies }, '', 'the policy of the pool'],
  registrars: [whole(1, 50), '', 'how many registrars there are'],
  poolElements: [whole(1, 5000), '', 'how many pool elements there are'],
  poolUsers: [whole(1, 20_000), '', 'how many pool users there are'],
  loop: [names('open', 'closed'), '', 'whether requests come regardless of results, or after them'],
  targetUtilization: [
    { type: 'number', least: 0, most: 10, isAbove: true },
    '',
    'the share of the capacity asked for in the open loop',
  ],
  requestInterval: [
    positiveSeconds,
    's',
    'the mean interval of the requests of a user in the open loop, instead of a target utilization',
  ],
  thinkTime: [seconds, 's', 'the mean time from a result to the next request in the closed loop'],
  size: [{ type: 'number', least: 1, most: 1e15 }, 'calculations', 'the mean size of a request'],
  sizeDistribution: [distributions, '', 'how sizes are distributed'],
  intervalDistribution: [
    names('exponential', 'constant'),
    '',
    'how intervals and think times are distributed',
  ],
  capacityMean: [positive, 'calculations/s', 'the mean capacity of an element'],
  capacityDistribution: [distributions, '', 'how capacities are distributed over the elements'],
  capacities: [
    { type: 'list', of: positive },
    'calculations/s',
    'the capacity of each element, instead of drawn ones',
  ],
  maxRequests: [whole(1, 65_535), '', 'how many requests an element handles at once'],
  mtbf: [
    { type: 'number', least: 0, most: Infinity, isAbove: true, word: 'never' },
    'mean handling times',
    'the mean time between failures of an element',
  ],
  mtbfSize: [positive, 'calculations', 'the size of request whose handling time the MTBF counts'],
  availability: [
    { type: 'number', least: 0, most: 1, isAbove: true },
    '',
    'the share of time that an element is there; below 1 it takes the place of the MTBF',
  ],
  downtime: [seconds, 's', 'the mean time until a failed element is back'],
  clean: [share, '', 'the probability of a clean shutdown instead of a failure'],
  jobKeepalive: [positiveSeconds, 's', 'the interval of the keep-alives of a session'],
  jobKeepaliveTimeout: [positiveSeconds, 's', 'how long these may be unanswered'],
  requestTimeout: [positiveSeconds, 's', 'how long a request may be neither accepted nor rejected'],
  endpointKeepalive: [positiveSeconds, 's', 'the interval of the keep-alives of a registrar to an element'],
  endpointKeepaliveTimeout: [positiveSeconds, 's', 'how long these may be unanswered'],
  maxBadPeReports: [
    { type: 'number', least: 1, most: 1e9, isWhole: true, word: 'unlimited' },
    '',
    'MAX-BAD-PE-REPORT: how many failure reports remove an element',
  ],
  cookie: [
    { type: 'number', least: 1, most: 1e15, word: 'never' },
    'calculations',
    'how many calculations there are between two cookies',
  ],
  failover: [names('cookie', 'restart'), '', 'whether a request goes on from its cookie, or is restarted'],
  delay: [
    { type: 'number', least: 0, most: 60_000 },
    'ms',
    'the delay of a message from one component to another',
  ],
  staleCache: [seconds, 's', 'how long pool users keep what a registrar answered'],
  items: [whole(1, 1024), '', 'how many elements an answer of a registrar lists at most'],
  retryDelay: [seconds, 's', 'the mean pause after a rejection'],
  resolutionRetryDelay: [positiveSeconds, 's', 'the pause after a handle resolution without an element'],
  registrationLife: [whole(1, 2_147_483), 's', 'how long a registration is valid'],
  reregistration: [positiveSeconds, 's', 'the interval of the registrations of an element'],
  warmup: [seconds, 's', 'how long the model runs before anything counts'],
  duration: [positiveSeconds, 's', 'how long everything counts'],
  encode: [{ type: 'switch' }, '', 'whether every message is encoded and decoded on its way'],
};

/** All parameters, in the order of help and tables. */
export const parameterTable: readonly ParameterDescription[] = Object.entries(rows).map(
  ([name, [kind, unit, meaning]]) => describe(name as ParameterName, kind, unit, meaning),
);

function describe(
  name: ParameterName,
  kind: ParameterKind,
  unit: string,
  meaning: string,
): ParameterDescription {
  const option = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const range = describeKind(kind);
  return {
    name,
    option,
    unit,
    meaning,
    range,
    parse: (text) => {
      const value = readKind(kind, text);
      if (value !== undefined) return value;
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_ARGUMENT',
        `${option} is '${text}'; it has to be ${range}`,
      );
    },
    problem: (value) =>
      isOfKind(kind, value) ? undefined : `${name} is ${JSON.stringify(value)}; it has to be ${range}`,
  };
}

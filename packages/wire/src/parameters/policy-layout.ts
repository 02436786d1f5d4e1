import { policyTypeNumbers, type SelectionPolicy } from './selection-policy.ts';

type PolicyType = SelectionPolicy['type'];

/** How the Policy-specific Data of a family of policies is laid out: 32-bit words in a fixed order. */
export interface PolicyLayout<Policy> {
  /** Bytes of the data. */
  readonly bytes: number;
  /** Reads the data that begin at an offset; that they are there has been checked. */
  read(type: PolicyType, view: DataView, at: number): SelectionPolicy;
  /** The properties with the words, in their order. */
  readonly fields: readonly string[];
  /** Writes the data at an offset with room for them; `false` where a word is not one of 32 bits. */
  put(policy: Policy, view: DataView, at: number): boolean;
}

/** The members of the union that have all of these properties and no other ones. */
type PolicyWith<Key extends string> = SelectionPolicy extends infer Policy
  ? Policy extends SelectionPolicy
    ? [Exclude<keyof Policy, 'type'>, Key] extends [Key, Exclude<keyof Policy, 'type'>]
      ? Policy
      : never
    : never
  : never;

function putUnsigned(view: DataView, at: number, value: number): boolean {
  view.setInt32(at, value);
  return value >>> 0 === value;
}

const noData: PolicyLayout<PolicyWith<never>> = {
  bytes: 0,
  read: (type) => ({ type }) as SelectionPolicy,
  fields: [],
  put: () => true,
};

const weight: PolicyLayout<PolicyWith<'weight'>> = {
  bytes: 4,
  read: (type, view, at) => ({ type, weight: view.getUint32(at) }) as SelectionPolicy,
  fields: ['weight'],
  put: (policy, view, at) => putUnsigned(view, at, policy.weight),
};

const priority: PolicyLayout<PolicyWith<'priority'>> = {
  bytes: 4,
  read: (type, view, at) => ({ type, priority: view.getUint32(at) }) as SelectionPolicy,
  fields: ['priority'],
  put: (policy, view, at) => putUnsigned(view, at, policy.priority),
};

const load: PolicyLayout<PolicyWith<'load'>> = {
  bytes: 4,
  read: (type, view, at) => ({ type, load: view.getUint32(at) }) as SelectionPolicy,
  fields: ['load'],
  put: (policy, view, at) => putUnsigned(view, at, policy.load),
};

const loadDegradation: PolicyLayout<PolicyWith<'load' | 'loadDegradation'>> = {
  bytes: 8,
  read: (type, view, at) =>
    ({
      type,
      load: view.getUint32(at),
      loadDegradation: view.getUint32(at + 4),
    }) as SelectionPolicy,
  fields: ['load', 'loadDegradation'],
  put: (policy, view, at) =>
    putUnsigned(view, at, policy.load) && putUnsigned(view, at + 4, policy.loadDegradation),
};

const weightDistance: PolicyLayout<PolicyWith<'weight' | 'weightDistanceFactor' | 'distance'>> = {
  bytes: 12,
  read: (type, view, at) =>
    ({
      type,
      weight: view.getUint32(at),
      weightDistanceFactor: view.getUint32(at + 4),
      distance: view.getUint32(at + 8),
    }) as SelectionPolicy,
  fields: ['weight', 'weightDistanceFactor', 'distance'],
  put: (policy, view, at) =>
    putUnsigned(view, at, policy.weight) &&
    putUnsigned(view, at + 4, policy.weightDistanceFactor) &&
    putUnsigned(view, at + 8, policy.distance),
};

const loadDistance: PolicyLayout<PolicyWith<'load' | 'loadDistanceFactor' | 'distance'>> = {
  bytes: 12,
  read: (type, view, at) =>
    ({
      type,
      load: view.getUint32(at),
      loadDistanceFactor: view.getUint32(at + 4),
      distance: view.getUint32(at + 8),
    }) as SelectionPolicy,
  fields: ['load', 'loadDistanceFactor', 'distance'],
  put: (policy, view, at) =>
    putUnsigned(view, at, policy.load) &&
    putUnsigned(view, at + 4, policy.loadDistanceFactor) &&
    putUnsigned(view, at + 8, policy.distance),
};

const loadDegradationDistance: PolicyLayout<
  PolicyWith<'load' | 'loadDegradation' | 'loadDistanceFactor' | 'distance'>
> = {
  bytes: 16,
  read: (type, view, at) =>
    ({
      type,
      load: view.getUint32(at),
      loadDegradation: view.getUint32(at + 4),
      loadDistanceFactor: view.getUint32(at + 8),
      distance: view.getUint32(at + 12),
    }) as SelectionPolicy,
  fields: ['load', 'loadDegradation', 'loadDistanceFactor', 'distance'],
  put: (policy, view, at) =>
    putUnsigned(view, at, policy.load) &&
    putUnsigned(view, at + 4, policy.loadDegradation) &&
    putUnsigned(view, at + 8, policy.loadDistanceFactor) &&
    putUnsigned(view, at + 12, policy.distance),
};

/** The layout of every policy: complete, or it does not compile. A new policy is a line here and its type and number. */
const layouts: {
  readonly [Type in PolicyType]: PolicyLayout<Extract<SelectionPolicy, { readonly type: Type }>>;
} = {
  roundRobin: noData,
  weightedRoundRobin: weight,
  random: noData,
  weightedRandom: weight,
  priority,
  leastUsed: load,
  leastUsedWithDegradation: loadDegradation,
  priorityLeastUsed: loadDegradation,
  randomizedLeastUsed: load,
  randomizedPriorityLeastUsed: loadDegradation,
  randomizedLeastUsedWithDegradation: loadDegradation,
  priorityLeastUsedWithDegradation: loadDegradation,
  randomizedPriorityLeastUsedWithDegradation: loadDegradation,
  weightedRandomDistance: weightDistance,
  leastUsedDistance: loadDistance,
  leastUsedWithDegradationDistance: loadDegradationDistance,
  priorityLeastUsedDistance: loadDegradationDistance,
  priorityLeastUsedWithDegradationDistance: loadDegradationDistance,
};

/** The layout of a policy's data. */
export function policyLayoutOf(type: PolicyType): PolicyLayout<SelectionPolicy> {
  return layouts[type];
}

/** A policy with the layout of its data. */
export interface KnownPolicy {
  /** Its name. */
  readonly type: PolicyType;
  /** Its Policy Type number, as a signed integer. */
  readonly number: number;
  /** The layout of its data. */
  readonly layout: PolicyLayout<SelectionPolicy>;
}

// Built on first use, so that importing the package runs nothing.
let tables:
  | { readonly byNumber: Map<number, KnownPolicy>; readonly byName: Map<string, KnownPolicy> }
  | undefined;

/**
 * The policy with a Policy Type number, or `undefined` where it is not known.
 *
 * @param number - 32 bits, signed or unsigned.
 */
export function policyAt(number: number): KnownPolicy | undefined {
  const signed = number | 0;
  if (latestRead !== undefined && latestRead.number === signed) return latestRead;
  tables ??= makeTables();
  const known = tables.byNumber.get(signed);
  if (known !== undefined) latestRead = known;
  return known;
}

// The elements of a pool have one policy: mostly, the one that is wanted is the one that was wanted before.
let latestRead: KnownPolicy | undefined;
let latestWritten: KnownPolicy | undefined;

/** The policy with a name, or `undefined` where it is not known. */
export function policyNamed(type: string): KnownPolicy | undefined {
  if (latestWritten !== undefined && latestWritten.type === type) return latestWritten;
  tables ??= makeTables();
  const known = tables.byName.get(type);
  if (known !== undefined) latestWritten = known;
  return known;
}

function makeTables(): NonNullable<typeof tables> {
  const byNumber = new Map<number, KnownPolicy>();
  const byName = new Map<string, KnownPolicy>();
  for (const type of Object.keys(policyTypeNumbers) as PolicyType[]) {
    const known = { type, number: policyTypeNumbers[type] | 0, layout: policyLayoutOf(type) };
    byNumber.set(known.number, known);
    byName.set(type, known);
  }
  return { byNumber, byName };
}

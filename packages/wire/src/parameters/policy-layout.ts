import { policyTypeNumbers, type SelectionPolicy } from './selection-policy.ts';

type PolicyType = SelectionPolicy['type'];

/** How the Policy-specific Data of a family of policies is laid out: 32-bit words in a fixed order. */
export interface PolicyLayout<Field extends string> {
  /** Bytes of the data. */
  readonly bytes: number;
  /** Reads the data that begin at an offset; that they are there has been checked. */
  read(type: PolicyType, view: DataView, at: number): SelectionPolicy;
  /** The properties with the words, in their order. */
  readonly fields: readonly Field[];
}

const noData: PolicyLayout<never> = {
  bytes: 0,
  read: (type) => ({ type }) as SelectionPolicy,
  fields: [],
};

const weight: PolicyLayout<'weight'> = {
  bytes: 4,
  read: (type, view, at) => ({ type, weight: view.getUint32(at) }) as SelectionPolicy,
  fields: ['weight'],
};

const priority: PolicyLayout<'priority'> = {
  bytes: 4,
  read: (type, view, at) => ({ type, priority: view.getUint32(at) }) as SelectionPolicy,
  fields: ['priority'],
};

const load: PolicyLayout<'load'> = {
  bytes: 4,
  read: (type, view, at) => ({ type, load: view.getUint32(at) }) as SelectionPolicy,
  fields: ['load'],
};

const loadDegradation: PolicyLayout<'load' | 'loadDegradation'> = {
  bytes: 8,
  read: (type, view, at) =>
    ({
      type,
      load: view.getUint32(at),
      loadDegradation: view.getUint32(at + 4),
    }) as SelectionPolicy,
  fields: ['load', 'loadDegradation'],
};

const weightDistance: PolicyLayout<'weight' | 'weightDistanceFactor' | 'distance'> = {
  bytes: 12,
  read: (type, view, at) =>
    ({
      type,
      weight: view.getUint32(at),
      weightDistanceFactor: view.getUint32(at + 4),
      distance: view.getUint32(at + 8),
    }) as SelectionPolicy,
  fields: ['weight', 'weightDistanceFactor', 'distance'],
};

const loadDistance: PolicyLayout<'load' | 'loadDistanceFactor' | 'distance'> = {
  bytes: 12,
  read: (type, view, at) =>
    ({
      type,
      load: view.getUint32(at),
      loadDistanceFactor: view.getUint32(at + 4),
      distance: view.getUint32(at + 8),
    }) as SelectionPolicy,
  fields: ['load', 'loadDistanceFactor', 'distance'],
};

const loadDegradationDistance: PolicyLayout<'load' | 'loadDegradation' | 'loadDistanceFactor' | 'distance'> =
  {
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
  };

/** The properties with the words of a policy. */
type FieldsOf<Type extends PolicyType> = Exclude<
  keyof Extract<SelectionPolicy, { readonly type: Type }> & string,
  'type'
>;

/** The layout of every policy: complete, or it does not compile. A new policy is a line here and its type and number. */
const layouts: {
  readonly [Type in PolicyType]: PolicyLayout<FieldsOf<Type>>;
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
export function policyLayoutOf(type: PolicyType): PolicyLayout<string> {
  return layouts[type];
}

/** A policy with the layout of its data. */
export interface KnownPolicy {
  /** Its name. */
  readonly type: PolicyType;
  /** Its Policy Type number, as a signed integer. */
  readonly number: number;
  /** The layout of its data. */
  readonly layout: PolicyLayout<string>;
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

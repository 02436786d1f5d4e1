/** Policies without data: Round Robin (RFC 5356 section 4.1) and Random (section 4.3). */
export interface PlainPolicy<Type extends string> {
  /** Tells the policies apart. */
  readonly type: Type;
}

/** Weighted Round Robin (RFC 5356 section 4.2) and Weighted Random (section 4.4). */
export interface WeightPolicy<Type extends string> extends PlainPolicy<Type> {
  /** Service capacity relative to the other elements of the pool, 32 bits unsigned; 0 serves nobody. */
  readonly weight: number;
}

/** Priority (RFC 5356 section 4.5). */
export interface PriorityPolicy<Type extends string> extends PlainPolicy<Type> {
  /** 32 bits unsigned; the larger the number, the higher the priority. */
  readonly priority: number;
}

/** Least Used (RFC 5356 section 5.1) and Randomized Least Used (section 5.4). */
export interface LoadPolicy<Type extends string> extends PlainPolicy<Type> {
  /** Current load, 0 (idle) .. 0xffffffff (fully used; RFC 5356 section 3.1). */
  readonly load: number;
}

/**
 * Policies over load and load degradation: Least Used with Degradation and Priority Least Used (RFC 5356
 * sections 5.2 and 5.3), and private ones of the reference implementation.
 */
export interface LoadDegradationPolicy<Type extends string> extends LoadPolicy<Type> {
  /** By how much one more session raises the load, 0 .. 0xffffffff (100 %). */
  readonly loadDegradation: number;
}

/** Weighted Random with distance penalty factor, private to the reference implementation. */
export interface WeightDistancePolicy<Type extends string> extends WeightPolicy<Type> {
  /** Fraction by which distance lowers the weight, 0 .. 0xffffffff (100 %). */
  readonly weightDistanceFactor: number;
  /** Distance to the element in milliseconds, 32 bits unsigned. */
  readonly distance: number;
}

/** Least Used with distance penalty factor, private to the reference implementation. */
export interface LoadDistancePolicy<Type extends string> extends LoadPolicy<Type> {
  /** Fraction by which distance raises the load, 0 .. 0xffffffff (100 %). */
  readonly loadDistanceFactor: number;
  /** Distance to the element in milliseconds, 32 bits unsigned. */
  readonly distance: number;
}

/** Policies over load, degradation and distance, private to the reference implementation. */
export interface LoadDegradationDistancePolicy<Type extends string> extends LoadDegradationPolicy<Type> {
  /** Fraction by which distance raises the load, 0 .. 0xffffffff (100 %). */
  readonly loadDistanceFactor: number;
  /** Distance to the element in milliseconds, 32 bits unsigned. */
  readonly distance: number;
}

/** A pool member selection policy that this package knows, with its data (RFC 5356 and the private ones). */
export type SelectionPolicy =
  | PlainPolicy<'roundRobin'>
  | WeightPolicy<'weightedRoundRobin'>
  | PlainPolicy<'random'>
  | WeightPolicy<'weightedRandom'>
  | PriorityPolicy<'priority'>
  | LoadPolicy<'leastUsed'>
  | LoadDegradationPolicy<'leastUsedWithDegradation'>
  | LoadDegradationPolicy<'priorityLeastUsed'>
  | LoadPolicy<'randomizedLeastUsed'>
  | LoadDegradationPolicy<'randomizedPriorityLeastUsed'>
  | LoadDegradationPolicy<'randomizedLeastUsedWithDegradation'>
  | LoadDegradationPolicy<'priorityLeastUsedWithDegradation'>
  | LoadDegradationPolicy<'randomizedPriorityLeastUsedWithDegradation'>
  | WeightDistancePolicy<'weightedRandomDistance'>
  | LoadDistancePolicy<'leastUsedDistance'>
  | LoadDegradationDistancePolicy<'leastUsedWithDegradationDistance'>
  | LoadDegradationDistancePolicy<'priorityLeastUsedDistance'>
  | LoadDegradationDistancePolicy<'priorityLeastUsedWithDegradationDistance'>;

/** A policy whose type this package does not know; the registrar decides what to do with it. */
export interface UnknownPolicy extends PlainPolicy<'unknown'> {
  /** The 32-bit Policy Type, not one of {@link policyTypeNumbers}. */
  readonly policyType: number;
  /** The Policy-specific Data as on the wire. Decoded, it is a view of the input. */
  readonly data: Uint8Array;
}

/** What a Pool Member Selection Policy parameter holds (RFC 5354 section 3.8). */
export type PolicyParameter = SelectionPolicy | UnknownPolicy;

/** The Policy Type number of each policy: RFC 5356 section 7.1, and the reference implementation's private ones. */
export const policyTypeNumbers: Readonly<Record<SelectionPolicy['type'], number>> = {
  roundRobin: 0x00000001,
  weightedRoundRobin: 0x00000002,
  random: 0x00000003,
  weightedRandom: 0x00000004,
  priority: 0x00000005,
  leastUsed: 0x40000001,
  leastUsedWithDegradation: 0x40000002,
  priorityLeastUsed: 0x40000003,
  randomizedLeastUsed: 0x40000004,
  randomizedPriorityLeastUsed: 0xb0001001,
  randomizedLeastUsedWithDegradation: 0xb0001002,
  priorityLeastUsedWithDegradation: 0xb0001003,
  randomizedPriorityLeastUsedWithDegradation: 0xb0001004,
  weightedRandomDistance: 0xb0002001,
  leastUsedDistance: 0xb0002002,
  leastUsedWithDegradationDistance: 0xb0002003,
  priorityLeastUsedDistance: 0xb0002004,
  priorityLeastUsedWithDegradationDistance: 0xb0002005,
};

/**
 * The Policy Type number of a policy, known or not.
 *
 * @param policy - Any policy.
 */
export function policyTypeOf(policy: PolicyParameter): number {
  return policy.type === 'unknown' ? policy.policyType : policyTypeNumbers[policy.type];
}

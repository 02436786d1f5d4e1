/**
 * The parameters of one pool element under its pool's policy: the decoded Pool Member Selection Policy
 * parameter (RFC 5354 section 3.8, RFC 5356 sections 4 and 5). The type is structurally the same as that of
 * `@rserpool/wire`, so that decoded policies can be passed on as they are.
 *
 * Units: `weight` and `priority` are integers 0 .. 0xffffffff (larger is better). `load`, `loadDegradation`
 * and the distance factors are fractions of 0xffffffff, which stands for 100 % (see `loadFromFraction`).
 * `distance` is in milliseconds.
 */
export type SelectionPolicy =
  | RoundRobinPolicy
  | WeightedRoundRobinPolicy
  | RandomPolicy
  | WeightedRandomPolicy
  | PriorityPolicy
  | LeastUsedPolicy
  | LoadDegradationPolicy
  | WeightedRandomDistancePolicy
  | LeastUsedDistancePolicy
  | LoadDegradationDistancePolicy;

/** Round Robin (RR), the default policy: RFC 5356 section 4.1. */
export interface RoundRobinPolicy {
  /** Which policy. */
  readonly type: 'roundRobin';
}

/** Weighted Round Robin (WRR): RFC 5356 section 4.2. */
export interface WeightedRoundRobinPolicy {
  /** Which policy. */
  readonly type: 'weightedRoundRobin';
  /** Capacity relative to the other elements, 0 .. 0xffffffff; 0: cannot serve (RFC 5356 section 3.2). */
  readonly weight: number;
}

/** Random (RAND): RFC 5356 section 4.3. */
export interface RandomPolicy {
  /** Which policy. */
  readonly type: 'random';
}

/** Weighted Random (WRAND): RFC 5356 section 4.4. */
export interface WeightedRandomPolicy {
  /** Which policy. */
  readonly type: 'weightedRandom';
  /** Capacity relative to the other elements, 0 .. 0xffffffff; 0: cannot serve (RFC 5356 section 3.2). */
  readonly weight: number;
}

/** Priority (PRIO): RFC 5356 section 4.5. */
export interface PriorityPolicy {
  /** Which policy. */
  readonly type: 'priority';
  /** 0 .. 0xffffffff, larger numbers mean higher priorities. */
  readonly priority: number;
}

/** Policies that know the load alone: Least Used (LU, RFC 5356 section 5.1) and Randomized Least Used (RLU, section 5.4). */
export interface LeastUsedPolicy {
  /** Which policy. */
  readonly type: 'leastUsed' | 'randomizedLeastUsed';
  /** Current load, 0 .. 0xffffffff (100 %). */
  readonly load: number;
}

/**
 * Policies that know the load and what one more client adds to it: Least Used with Degradation (LUD, RFC 5356
 * section 5.2), Priority Least Used (PLU, section 5.3), and the reference implementation's private combinations.
 */
export interface LoadDegradationPolicy {
  /** Which policy. */
  readonly type:
    | 'leastUsedWithDegradation'
    | 'priorityLeastUsed'
    | 'randomizedPriorityLeastUsed'
    | 'randomizedLeastUsedWithDegradation'
    | 'priorityLeastUsedWithDegradation'
    | 'randomizedPriorityLeastUsedWithDegradation';
  /** Current load, 0 .. 0xffffffff (100 %). */
  readonly load: number;
  /** What one more client adds to the load, 0 .. 0xffffffff (100 %). */
  readonly loadDegradation: number;
}

/** Weighted random that prefers near elements (private, policy type 0xb0002001). */
export interface WeightedRandomDistancePolicy {
  /** Which policy. */
  readonly type: 'weightedRandomDistance';
  /** Capacity relative to the other elements, 0 .. 0xffffffff; 0: cannot serve. */
  readonly weight: number;
  /** The share of the weight that is lost for each millisecond of distance, 0 .. 0xffffffff (100 %). */
  readonly weightDistanceFactor: number;
  /** Distance to the element in milliseconds, 0 .. 0xffffffff. */
  readonly distance: number;
}

/** Least Used that prefers near elements (private, policy type 0xb0002002). */
export interface LeastUsedDistancePolicy {
  /** Which policy. */
  readonly type: 'leastUsedDistance';
  /** Current load, 0 .. 0xffffffff (100 %). */
  readonly load: number;
  /** The load that each millisecond of distance counts for, 0 .. 0xffffffff (100 %). */
  readonly loadDistanceFactor: number;
  /** Distance to the element in milliseconds, 0 .. 0xffffffff. */
  readonly distance: number;
}

/** The load degradation policies that prefer near elements (private, policy types 0xb0002003 .. 0xb0002005). */
export interface LoadDegradationDistancePolicy {
  /** Which policy. */
  readonly type:
    | 'leastUsedWithDegradationDistance'
    | 'priorityLeastUsedDistance'
    | 'priorityLeastUsedWithDegradationDistance';
  /** Current load, 0 .. 0xffffffff (100 %). */
  readonly load: number;
  /** What one more client adds to the load, 0 .. 0xffffffff (100 %). */
  readonly loadDegradation: number;
  /** The load that each millisecond of distance counts for, 0 .. 0xffffffff (100 %). */
  readonly loadDistanceFactor: number;
  /** Distance to the element in milliseconds, 0 .. 0xffffffff. */
  readonly distance: number;
}

/** The name of a policy, as in {@link SelectionPolicy}. */
export type PolicyName = SelectionPolicy['type'];

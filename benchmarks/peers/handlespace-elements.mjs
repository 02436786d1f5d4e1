// What the TypeScript side of the handlespace benches registers: the elements that c/handlespace.c registers, too.

/** The nine policies of RFC 5356 by the reference's names; in this order for `Mixed`. */
export const policyTypes = {
  RoundRobin: 'roundRobin',
  WeightedRoundRobin: 'weightedRoundRobin',
  Random: 'random',
  WeightedRandom: 'weightedRandom',
  RandomizedLeastUsed: 'randomizedLeastUsed',
  Priority: 'priority',
  LeastUsed: 'leastUsed',
  PriorityLeastUsed: 'priorityLeastUsed',
  LeastUsedDegradation: 'leastUsedWithDegradation',
};

const names = Object.keys(policyTypes);
const loadDegradation = 42_949_672;

/** The types that the pools have in turn: all nine in `Mixed`. */
export function typesOf(policyName) {
  return policyName === 'Mixed' ? names.map((name) => policyTypes[name]) : [policyTypes[policyName]];
}

/** The policy of an element, a new object as a decoder makes it. The reference's priority is its weight field. */
export function policyOf(type, weight, load) {
  switch (type) {
    case 'weightedRoundRobin':
    case 'weightedRandom':
      return { type, weight };
    case 'priority':
      return { type, priority: weight };
    case 'leastUsed':
    case 'randomizedLeastUsed':
      return { type, load };
    case 'priorityLeastUsed':
    case 'leastUsedWithDegradation':
      return { type, load, loadDegradation };
    default:
      return { type };
  }
}

/** An element with two IPv4 addresses and one IPv6 address, and the address that its registration came from. */
export function elementOf(identifier, homeRegistrar, policy, transports) {
  return {
    identifier,
    homeRegistrar,
    registrationLife: 30_000,
    userTransport: transports.user,
    policy,
    asapTransport: transports.asap,
  };
}

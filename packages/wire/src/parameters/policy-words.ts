import { emptyPolicyHeader } from './policy.ts';
import { policyNamed } from './policy-layout.ts';
import type {
  LoadDegradationPolicy,
  LoadPolicy,
  PolicyParameter,
  PriorityPolicy,
  WeightPolicy,
} from './selection-policy.ts';

type Loads = LoadDegradationPolicy<string>;

/**
 * Makes the words of a policy that is known, as numbers: what {@link putPolicy} writes into a message.
 *
 * The policies of RFC 5356 are spelled out: elements of many pools come in turn, and each line here meets policies of
 * one shape, where a line for all of them would have to find out anew what it has before it.
 *
 * @param words - Where they go; there is room for the longest policy.
 * @param at - The index of the first one.
 * @param type - The type of the policy, read only once for the same reason.
 * @returns The index behind the last one; -1 where the policy is different, right or wrong.
 */
export function makePolicyWords(
  words: Int32Array,
  at: number,
  policy: PolicyParameter,
  type: PolicyParameter['type'],
): number {
  switch (type) {
    case 'roundRobin':
      return makeHeader(words, at, 1, 0);
    case 'weightedRoundRobin':
      return makeOne(words, at, 2, (policy as WeightPolicy<string>).weight);
    case 'random':
      return makeHeader(words, at, 3, 0);
    case 'weightedRandom':
      return makeOne(words, at, 4, (policy as WeightPolicy<string>).weight);
    case 'priority':
      return makeOne(words, at, 5, (policy as PriorityPolicy<string>).priority);
    case 'leastUsed':
      return makeOne(words, at, 0x4000_0001, (policy as LoadPolicy<string>).load);
    case 'leastUsedWithDegradation':
      return makeTwo(words, at, 0x4000_0002, (policy as Loads).load, (policy as Loads).loadDegradation);
    case 'priorityLeastUsed':
      return makeTwo(words, at, 0x4000_0003, (policy as Loads).load, (policy as Loads).loadDegradation);
    case 'randomizedLeastUsed':
      return makeOne(words, at, 0x4000_0004, (policy as LoadPolicy<string>).load);
    default:
      return makePrivate(words, at, policy, type);
  }
}

function makeHeader(words: Int32Array, at: number, number: number, bytes: number): number {
  words[at] = emptyPolicyHeader + bytes;
  words[at + 1] = number;
  return at + 2;
}

function makeOne(words: Int32Array, at: number, number: number, word: number): number {
  if (word >>> 0 !== word) return -1;
  words[at] = emptyPolicyHeader + 4;
  words[at + 1] = number;
  words[at + 2] = word;
  return at + 3;
}

function makeTwo(words: Int32Array, at: number, number: number, first: number, second: number): number {
  if (first >>> 0 !== first || second >>> 0 !== second) return -1;
  words[at] = emptyPolicyHeader + 8;
  words[at + 1] = number;
  words[at + 2] = first;
  words[at + 3] = second;
  return at + 4;
}

function makePrivate(words: Int32Array, at: number, policy: PolicyParameter, type: string): number {
  const known = policyNamed(type);
  if (known === undefined) return -1;
  const { fields } = known.layout;
  const values = policy as unknown as Readonly<Record<string, number>>;
  let end = makeHeader(words, at, known.number, 4 * fields.length);
  for (const field of fields) {
    const word = values[field] as number;
    if (word >>> 0 !== word) return -1;
    words[end] = word;
    end += 1;
  }
  return end;
}

import { describe, expect, it } from 'vitest';
import { describeParameter } from '../testing/golden.fixture.ts';
import { bytes } from '../testing/samples.fixture.ts';
import { readPolicy, writePolicy } from './policy.ts';
import { policyNames } from './policy-names.ts';
import { type PolicyParameter, policyTypeNumbers, policyTypeOf } from './selection-policy.ts';

describeParameter<PolicyParameter>(
  'Pool Member Selection Policy parameter (RFC 5354 section 3.8, RFC 5356)',
  { read: readPolicy, write: writePolicy },
  {
    golden: [
      { name: 'Round Robin', hex: '0008 0008 00000001', value: { type: 'roundRobin' } },
      {
        name: 'Weighted Round Robin',
        hex: '0008 000c 00000002 0000000a',
        value: { type: 'weightedRoundRobin', weight: 10 },
      },
      { name: 'Random', hex: '0008 0008 00000003', value: { type: 'random' } },
      {
        name: 'Weighted Random',
        hex: '0008 000c 00000004 ffffffff',
        value: { type: 'weightedRandom', weight: 0xffffffff },
      },
      {
        name: 'Priority',
        hex: '0008 000c 00000005 80000000',
        value: { type: 'priority', priority: 0x80000000 },
      },
      {
        name: 'Least Used',
        hex: '0008 000c 40000001 7fffffff',
        value: { type: 'leastUsed', load: 0x7fffffff },
      },
      {
        name: 'Least Used with Degradation',
        hex: '0008 0010 40000002 00000001 00000002',
        value: { type: 'leastUsedWithDegradation', load: 1, loadDegradation: 2 },
      },
      {
        name: 'Priority Least Used',
        hex: '0008 0010 40000003 00000001 00000002',
        value: { type: 'priorityLeastUsed', load: 1, loadDegradation: 2 },
      },
      {
        name: 'Randomized Least Used',
        hex: '0008 000c 40000004 00000001',
        value: { type: 'randomizedLeastUsed', load: 1 },
      },
      {
        name: 'Randomized Priority Least Used',
        hex: '0008 0010 b0001001 00000001 00000002',
        value: { type: 'randomizedPriorityLeastUsed', load: 1, loadDegradation: 2 },
      },
      {
        name: 'Randomized Least Used with Degradation',
        hex: '0008 0010 b0001002 00000001 00000002',
        value: { type: 'randomizedLeastUsedWithDegradation', load: 1, loadDegradation: 2 },
      },
      {
        name: 'Priority Least Used with Degradation',
        hex: '0008 0010 b0001003 00000001 00000002',
        value: { type: 'priorityLeastUsedWithDegradation', load: 1, loadDegradation: 2 },
      },
      {
        name: 'Randomized Priority Least Used with Degradation',
        hex: '0008 0010 b0001004 00000001 00000002',
        value: { type: 'randomizedPriorityLeastUsedWithDegradation', load: 1, loadDegradation: 2 },
      },
      {
        name: 'Weighted Random with distance',
        hex: '0008 0014 b0002001 00000001 00000002 00000003',
        value: { type: 'weightedRandomDistance', weight: 1, weightDistanceFactor: 2, distance: 3 },
      },
      {
        name: 'Least Used with distance',
        hex: '0008 0014 b0002002 00000001 00000002 00000003',
        value: { type: 'leastUsedDistance', load: 1, loadDistanceFactor: 2, distance: 3 },
      },
      {
        name: 'Least Used with Degradation and distance',
        hex: '0008 0018 b0002003 00000001 00000002 00000003 00000004',
        value: {
          type: 'leastUsedWithDegradationDistance',
          load: 1,
          loadDegradation: 2,
          loadDistanceFactor: 3,
          distance: 4,
        },
      },
      {
        name: 'Priority Least Used with distance',
        hex: '0008 0018 b0002004 00000001 00000002 00000003 00000004',
        value: {
          type: 'priorityLeastUsedDistance',
          load: 1,
          loadDegradation: 2,
          loadDistanceFactor: 3,
          distance: 4,
        },
      },
      {
        name: 'Priority Least Used with Degradation and distance',
        hex: '0008 0018 b0002005 00000001 00000002 00000003 00000004',
        value: {
          type: 'priorityLeastUsedWithDegradationDistance',
          load: 1,
          loadDegradation: 2,
          loadDistanceFactor: 3,
          distance: 4,
        },
      },
      {
        name: 'a policy that is not known',
        hex: '0008 000b 80000001 010203 00',
        value: { type: 'unknown', policyType: 0x80000001, data: bytes(1, 2, 3) },
      },
      {
        name: 'the reserved type 0, which the registrar will refuse',
        hex: '0008 0008 00000000',
        value: { type: 'unknown', policyType: 0, data: bytes() },
      },
      {
        name: 'Round Robin with bytes left over, which are dropped',
        hex: '0008 000c 00000001 00000005',
        value: { type: 'roundRobin' },
        canonical: '0008 0008 00000001',
      },
    ],
    failures: [
      {
        name: 'too short for its type',
        hex: '0008 0006 00010000',
        code: 'bad-length',
        offset: 0,
        type: 8,
        report: [3, '0008 0006 0001'],
      },
      {
        name: 'Weighted Round Robin without its weight',
        hex: '0008 0008 00000002',
        code: 'bad-length',
        offset: 0,
        type: 8,
        report: [3, '0008 0008 00000002'],
      },
      {
        name: 'Priority Least Used without its degradation',
        hex: '0008 000c 40000003 00000001',
        code: 'bad-length',
        offset: 0,
        type: 8,
        report: [3, '0008 000c 40000003 00000001'],
      },
    ],
    refusals: [
      {
        name: 'a weight of 2^32',
        value: { type: 'weightedRandom', weight: 2 ** 32 },
        words: 'policy.weight is 4294967296',
      },
      { name: 'a load of NaN', value: { type: 'leastUsed', load: Number.NaN }, words: 'policy.load is NaN' },
      {
        name: 'a policy that does not exist',
        value: { type: 'fair' } as unknown as PolicyParameter,
        words: "policy.type is 'fair', which is no policy",
      },
      {
        name: 'a policy that only an object’s prototype has',
        value: { type: 'toString' } as unknown as PolicyParameter,
        words: 'policy.type is',
      },
      {
        name: 'a known policy that claims to be unknown',
        value: { type: 'unknown', policyType: 3, data: bytes() },
        words: "policy.policyType is the number of the policy 'random'",
      },
    ],
  },
);

describe('the numbers of the policies', () => {
  it('have a name each', () => {
    const numbers = Object.values(policyTypeNumbers).map(String);
    expect(Object.keys(policyNames).toSorted()).toEqual(numbers.toSorted());
  });

  it('are told for known and unknown policies', () => {
    expect(policyTypeOf({ type: 'priority', priority: 1 })).toBe(5);
    expect(policyTypeOf({ type: 'unknown', policyType: 0x80000005, data: bytes() })).toBe(0x80000005);
  });
});

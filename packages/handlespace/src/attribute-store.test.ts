import {
  type PoolElement,
  policyTypeNumbers,
  type SctpTransport,
  type SelectionPolicy,
} from '@rserpool/wire';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AttributeStore } from './attribute-store.ts';
import { ElementRecords } from './element-records.ts';

const types = Object.keys(policyTypeNumbers) as SelectionPolicy['type'][];

const parameters: Record<string, readonly string[]> = {
  weightedRoundRobin: ['weight'],
  weightedRandom: ['weight'],
  priority: ['priority'],
  leastUsed: ['load'],
  randomizedLeastUsed: ['load'],
  weightedRandomDistance: ['weight', 'weightDistanceFactor', 'distance'],
  leastUsedDistance: ['load', 'loadDistanceFactor', 'distance'],
  roundRobin: [],
  random: [],
};

function namesOf(type: string): readonly string[] {
  const degrading = ['load', 'loadDegradation'];
  return (
    parameters[type] ??
    (type.endsWith('Distance') ? [...degrading, 'loadDistanceFactor', 'distance'] : degrading)
  );
}

/** As decoders make them. */
const plain = { noNullPrototype: true } as const;

const word = fc.oneof(fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xffffffff), fc.nat(0xffffffff));
const policy = fc.constantFrom(...types).chain((type) => {
  const values: { [name: string]: fc.Arbitrary<number | string> } = { type: fc.constant(type) };
  for (const name of namesOf(type)) values[name] = word;
  return fc.record(values, plain) as unknown as fc.Arbitrary<SelectionPolicy>;
});
const ipv4 = fc.uint8Array({ minLength: 4, maxLength: 4 });
const ipv6 = fc.uint8Array({ minLength: 16, maxLength: 16 });
const address = fc.oneof({ weight: 5, arbitrary: ipv4 }, { weight: 5, arbitrary: ipv6 });
const port = fc.nat(0xffff);
const unknownParameters = fc.constant([{ type: 0x8001, value: Uint8Array.of(1), position: 0 }]);
const sctp: fc.Arbitrary<SctpTransport> = fc.record(
  {
    protocol: fc.constant('sctp' as const),
    port,
    transportUse: fc.oneof(fc.nat(1), fc.nat(0xffff)),
    addresses: fc.oneof(
      { weight: 9, arbitrary: fc.array(address, { maxLength: 5 }) },
      fc.array(address, { maxLength: 30 }),
    ),
    unknownParameters,
  },
  { requiredKeys: ['protocol', 'port', 'transportUse', 'addresses'], noNullPrototype: true },
);
const userTransport = fc.oneof(
  { weight: 5, arbitrary: sctp },
  fc.record(
    {
      protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'udp-lite' as const),
      port,
      address,
    },
    plain,
  ),
  fc.record({ protocol: fc.constant('dccp' as const), port, serviceCode: word, address }, plain),
  fc.record({ protocol: fc.constant('opaque' as const), data: fc.uint8Array({ maxLength: 9 }) }, plain),
);
const element: fc.Arbitrary<PoolElement> = fc.record(
  {
    identifier: fc.constant(5),
    homeRegistrar: fc.constant(0xffffffff),
    registrationLife: fc.oneof(fc.constantFrom(0, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 40), fc.nat(1000)),
    userTransport,
    policy,
    asapTransport: sctp,
    unknownParameters,
  },
  {
    requiredKeys: ['identifier', 'homeRegistrar', 'registrationLife', 'userTransport', 'policy'],
    noNullPrototype: true,
  },
);

test('attributes come back as they were, whatever they are and whatever was there before', () => {
  const step = fc.tuple(fc.nat(3), fc.constantFrom('put', 'put', 'put', 'remove'), element);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const store = new AttributeStore(new ElementRecords());
      const model = new Map<number, PoolElement>();
      for (const [slot, kind, attributes] of steps) {
        if (kind === 'remove') {
          if (model.delete(slot)) store.remove(slot);
        } else {
          if (model.has(slot)) store.replace(slot, attributes);
          else store.add(slot, attributes);
          model.set(slot, attributes);
        }
        for (const [other, expected] of model) {
          const read = store.read(other, expected.identifier, expected.homeRegistrar);
          expect(read).toStrictEqual(expected);
          expect(store.read(other, expected.identifier, expected.homeRegistrar)).toBe(read);
        }
      }
    }),
    { seed: 3, numRuns: 300 },
  );
});

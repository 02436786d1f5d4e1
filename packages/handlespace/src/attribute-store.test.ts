import {
  encodedPoolElementLength,
  encodePoolElementParameter,
  type PoolElement,
  policyTypeNumbers,
  type SctpTransport,
  type SelectionPolicy,
} from '@rserpool/wire';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AttributeStore } from './attribute-store.ts';

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
      { weight: 9, arbitrary: fc.array(address, { minLength: 1, maxLength: 5 }) },
      fc.array(address, { minLength: 1, maxLength: 80 }),
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
    registrationLife: fc.oneof(fc.constantFrom(0, -1, 2 ** 31 - 1, -(2 ** 31)), fc.nat(1000)),
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

/** A store, and beside it what the element table knows of each element. */
class KnownAttributes {
  readonly #store: AttributeStore = new AttributeStore();
  readonly #known: Map<number, { address: number; length: number }> = new Map();

  put(slot: number, attributes: PoolElement): void {
    const length = this.#encode(attributes);
    const former = this.#known.get(slot);
    const address =
      former === undefined ? this.#store.add() : this.#store.replace(slot, former.address, former.length);
    this.#known.set(slot, { address, length });
  }

  /** As where the element is encoded and then refused. */
  refuse(attributes: PoolElement): void {
    this.#encode(attributes);
  }

  #encode(attributes: PoolElement): number {
    const usual = this.#store.encodeUsual(attributes, attributes.policy.type);
    const length = usual === -1 ? this.#store.encode(attributes, 65_536) : usual;
    if (length !== encodedPoolElementLength(attributes))
      throw new Error('the length is not what it should be');
    return length;
  }

  remove(slot: number): void {
    const { address, length } = this.#of(slot);
    this.#store.remove(slot, address, length);
    this.#known.delete(slot);
  }

  read(slot: number, homeRegistrar: number): PoolElement {
    const { address, length } = this.#of(slot);
    return this.#store.read(slot, address, length, homeRegistrar);
  }

  copy(slot: number, homeRegistrar: number): Uint8Array {
    const { address, length } = this.#of(slot);
    const bytes = new Uint8Array(length + 8).fill(0xee);
    this.#store.copy(address, length, homeRegistrar, new DataView(bytes.buffer), 4);
    if (bytes[3] !== 0xee || bytes[length + 4] !== 0xee) throw new Error('copied over the edge');
    return bytes.subarray(4, length + 4);
  }

  #of(slot: number): { address: number; length: number } {
    const known = this.#known.get(slot);
    if (known === undefined) throw new Error(`nothing was put at ${slot}`);
    return known;
  }
}

test('attributes come back as they were, whatever they are and whatever was there before', () => {
  const step = fc.tuple(fc.nat(3), fc.constantFrom('put', 'put', 'put', 'remove', 'refuse'), element);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const store = new KnownAttributes();
      const model = new Map<number, PoolElement>();
      for (const [slot, kind, attributes] of steps) {
        if (kind === 'remove') {
          if (model.delete(slot)) store.remove(slot);
        } else if (kind === 'refuse') {
          store.refuse(attributes);
        } else {
          store.put(slot, attributes);
          model.set(slot, attributes);
        }
        for (const [other, expected] of model) {
          const read = store.read(other, expected.homeRegistrar);
          expect(read).toStrictEqual(expected);
          expect(store.read(other, expected.homeRegistrar)).toBe(read);
        }
      }
    }),
    { seed: 3, numRuns: 300 },
  );
});

test('reading and copying show the home registrar that the element has today', () => {
  fc.assert(
    fc.property(element, fc.nat(0xffffffff), (attributes, homeRegistrar) => {
      const store = new KnownAttributes();
      store.put(5, attributes);
      const before = store.read(5, attributes.homeRegistrar);
      const expected = { ...attributes, homeRegistrar };
      expect(store.read(5, homeRegistrar)).toStrictEqual(expected);
      expect(before).toStrictEqual(attributes);
      const parameter = encodePoolElementParameter(expected);
      const copied = store.copy(5, homeRegistrar);
      expect(copied.subarray(0, parameter.length)).toEqual(parameter);
      expect(copied.subarray(parameter.length).every((byte) => byte === 0)).toBe(true);
    }),
    { seed: 4, numRuns: 300 },
  );
});

test('an element that cannot be encoded leaves the others as they are', () => {
  const given = (port: number): PoolElement => ({
    identifier: 5,
    homeRegistrar: 1,
    registrationLife: 30,
    userTransport: { protocol: 'tcp', port, address: Uint8Array.of(192, 0, 2, 1) },
    policy: { type: 'roundRobin' },
  });
  const store = new KnownAttributes();
  store.put(0, given(1));
  store.put(0, given(2));
  expect(() => store.put(0, given(65_536))).toThrow('port');
  store.put(1, given(3));
  expect([store.read(0, 1), store.read(1, 1)]).toStrictEqual([given(2), given(3)]);
});

import { ErrorCauseCode, poolHandleFromText, type PoolElement, type SelectionPolicy } from '@rserpool/wire';
import { expect, test } from 'vitest';
import type { Handlespace } from './handlespace.ts';
import {
  echo,
  identifiers,
  makeElement,
  makeHandlespace,
  registered,
  registrarB,
} from './testing/elements.fixture.ts';

function causeOf(handlespace: Handlespace, handle: Uint8Array, element: PoolElement): number | undefined {
  const before = [handlespace.elementCount, handlespace.poolCount];
  const result = handlespace.register(handle, element);
  if (result.ok) return undefined;
  expect([handlespace.elementCount, handlespace.poolCount]).toEqual(before);
  return result.causes[0]?.code;
}

function resolved(handlespace: Handlespace, count: number): number[] {
  return identifiers(handlespace, handlespace.resolve(echo, count)?.elements ?? []);
}

test('the same identifier again updates the element, also when it comes from another registrar', () => {
  const handlespace = makeHandlespace();
  const element = registered(handlespace, echo, makeElement(1));
  expect(
    registered(handlespace, echo, makeElement(1, { registrationLife: 7, homeRegistrar: registrarB })),
  ).toBe(element);
  expect(handlespace.elementCount).toBe(1);
  expect(handlespace.poolElement(element).registrationLife).toBe(7);
  expect([handlespace.countOf(makeElement(1).homeRegistrar), handlespace.countOf(registrarB)]).toEqual([
    0, 1,
  ]);
});

test('an element does not change policy type, transport type or Transport Use', () => {
  const handlespace = makeHandlespace();
  const address = Uint8Array.of(192, 0, 2, 1);
  const userTransport = { protocol: 'sctp', port: 7, transportUse: 0, addresses: [address] } as const;
  registered(handlespace, echo, makeElement(1, { userTransport }));
  const policy = { type: 'random' } as const;
  expect(causeOf(handlespace, echo, makeElement(1, { userTransport, policy }))).toBe(
    ErrorCauseCode.inconsistentPoolPolicy,
  );
  expect(causeOf(handlespace, echo, makeElement(1))).toBe(ErrorCauseCode.inconsistentTransportType);
  expect(
    causeOf(handlespace, echo, makeElement(1, { userTransport: { ...userTransport, transportUse: 1 } })),
  ).toBe(ErrorCauseCode.inconsistentDataControlConfiguration);
});

const weighted = ['weightedRoundRobin', 'weightedRandom'] as const;

test.for(weighted)('%s: the largest weights, and weights of zero everywhere', (type) => {
  for (const weight of [0xffffffff, 0]) {
    const handlespace = makeHandlespace();
    const count = 200;
    for (let identifier = 1; identifier <= count; identifier += 1) {
      registered(handlespace, echo, makeElement(identifier, { policy: { type, weight } }));
    }
    const chosen = resolved(handlespace, count);
    expect(new Set(chosen).size).toBe(count);
    expect(resolved(handlespace, 3).length).toBe(3);
  }
});

test('effective loads beyond 2^53 are ordered, and count on', () => {
  const handlespace = makeHandlespace();
  const policyOf = (distance: number): SelectionPolicy => ({
    type: 'leastUsedWithDegradationDistance',
    load: 0xffffffff,
    loadDegradation: 0xffffffff,
    loadDistanceFactor: 0xffffffff,
    distance,
  });
  registered(handlespace, echo, makeElement(1, { policy: policyOf(0xffffffff) }));
  registered(handlespace, echo, makeElement(2, { policy: policyOf(0xfffffff0) }));
  expect(resolved(handlespace, 2)).toEqual([2, 1]);
  // Fifteen returns of element 2 make up for the difference of its distance.
  for (let round = 0; round < 40; round += 1) expect(resolved(handlespace, 1).length).toBe(1);
  expect(
    new Set([...resolved(handlespace, 1), ...resolved(handlespace, 1), ...resolved(handlespace, 1)]),
  ).toEqual(new Set([1, 2]));
});

test('lifetimes of 0, -1 and 2^31 - 1 are valid, below -1 is not', () => {
  const handlespace = makeHandlespace();
  for (const registrationLife of [0, -1, 2 ** 31 - 1]) {
    const element = registered(handlespace, echo, makeElement(1, { registrationLife }));
    expect(handlespace.poolElement(element).registrationLife).toBe(registrationLife);
  }
  for (const registrationLife of [-2, -(2 ** 31)]) {
    expect(causeOf(handlespace, echo, makeElement(2, { registrationLife }))).toBe(
      ErrorCauseCode.invalidValues,
    );
  }
});

test('a pool handle has a byte at least, and as many as the limit allows', () => {
  const long = new Uint8Array(65_000).fill(0x61);
  expect(causeOf(makeHandlespace(), new Uint8Array(0), makeElement(1))).toBe(ErrorCauseCode.invalidValues);
  expect(causeOf(makeHandlespace(), long, makeElement(1))).toBe(ErrorCauseCode.lackOfResources);
  const handlespace = makeHandlespace({ maximumPoolHandleBytes: 65_531 });
  const element = registered(handlespace, long, makeElement(1));
  const other = long.slice();
  other[64_999] = 0x62;
  expect(handlespace.find(long, 1)).toBe(element);
  expect(handlespace.find(other, 1)).toBeUndefined();
});

test('more pools than the limit, and many pools up to it', () => {
  // A million handles that count up, as somebody might found them: what scans them, or takes a step more for each
  // pool that is there, would take minutes.
  const maximumPools = 1_000_000;
  const handlespace = makeHandlespace({ maximumPools, maximumPoolElements: maximumPools + 1 });
  const element = makeElement(1);
  const handle = new Uint8Array(3);
  const handleOf = (number: number): Uint8Array => {
    handle[0] = number;
    handle[1] = number >> 8;
    handle[2] = number >> 16;
    return handle;
  };
  for (let number = 0; number < maximumPools; number += 1) handlespace.register(handleOf(number), element);
  expect([handlespace.elementCount, handlespace.poolCount]).toEqual([maximumPools, maximumPools]);
  expect(causeOf(handlespace, poolHandleFromText('one more'), element)).toBe(ErrorCauseCode.lackOfResources);
  for (let number = 0; number < maximumPools; number += 1) {
    handlespace.remove(handlespace.find(handleOf(number), 1) ?? -1);
  }
  expect([handlespace.elementCount, handlespace.poolCount]).toEqual([0, 0]);
});

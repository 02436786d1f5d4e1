import { encodedPoolElementLength, encodePoolElementParameter, type PoolElement } from '@rserpool/wire';
import { expect, test } from 'vitest';
import { echo, makeElement, makeHandlespace, registered, registrarB } from './testing/elements.fixture.ts';

test('the length of several elements is that of their parameters, of as many as asked for', () => {
  const handlespace = makeHandlespace();
  const elements = [
    makeElement(1),
    makeElement(2, {
      userTransport: {
        protocol: 'tcp',
        port: 7,
        address: Uint8Array.of(32, 1, 13, 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
      },
    }),
    makeElement(3),
  ];
  const references = elements.map((element) => registered(handlespace, echo, element));
  const lengths = elements.map((element) => encodedPoolElementLength(element));
  for (let count = 0; count <= elements.length; count += 1) {
    const expected = lengths.slice(0, count).reduce((sum, length) => sum + length, 0);
    expect(handlespace.encodedLengths(references, count)).toBe(expected);
  }
  expect(handlespace.encodedLengths(references)).toBe(lengths.reduce((sum, length) => sum + length, 0));
});

test('an element is copied as a message carries it, with its home registrar of today, and nothing beside it', () => {
  const handlespace = makeHandlespace();
  const unknownParameters = [{ type: 0xc123, value: Uint8Array.of(1, 2, 3, 4), position: 2 }];
  const elements: PoolElement[] = [makeElement(1), makeElement(2, { unknownParameters })];
  for (const element of elements) {
    const reference = registered(handlespace, echo, element);
    handlespace.setHomeRegistrar(reference, registrarB);
    const expected = encodePoolElementParameter({ ...element, homeRegistrar: registrarB });
    const length = handlespace.encodedLength(reference);
    const into = new Uint8Array(length + 12).fill(0xee);
    expect(handlespace.copyEncoded(reference, into, new DataView(into.buffer), 8)).toBe(length);
    expect(into.subarray(8, 8 + expected.length)).toEqual(expected);
    expect([...into.subarray(0, 8), ...into.subarray(8 + length)]).toEqual(new Array(12).fill(0xee));
  }
});

test('the overall policy of a pool stays that of its first element', () => {
  const handlespace = makeHandlespace();
  const policyOf = (weight: number) => ({ type: 'weightedRandom', weight }) as const;
  const first = registered(handlespace, echo, makeElement(1, { policy: policyOf(3) }));
  const second = registered(handlespace, echo, makeElement(2, { policy: policyOf(9) }));
  registered(handlespace, echo, makeElement(1, { policy: policyOf(5) }));
  expect([handlespace.poolPolicy(first), handlespace.poolPolicy(second)]).toEqual([policyOf(3), policyOf(3)]);
});

test('references that are stale have neither length nor policy', () => {
  const handlespace = makeHandlespace();
  const gone = registered(handlespace, echo, makeElement(1));
  const there = registered(handlespace, echo, makeElement(2));
  handlespace.remove(gone);
  expect(() => handlespace.encodedLength(gone)).toThrow('ERR_RSERPOOL_STALE_REFERENCE');
  expect(() => handlespace.poolPolicy(gone)).toThrow('ERR_RSERPOOL_STALE_REFERENCE');
  expect(() => handlespace.encodedLengths([there, gone])).toThrow('ERR_RSERPOOL_STALE_REFERENCE');
  expect(() => handlespace.encodedLengths([there], 2)).toThrow('ERR_RSERPOOL_STALE_REFERENCE');
});

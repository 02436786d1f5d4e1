import { poolHandleFromText, seededRandom } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { Handlespace } from './handlespace.ts';
import { echo, identifiers, makeElement, makeHandlespace, registered } from './testing/elements.fixture.ts';

function answers(handlespace: Handlespace, items: number, requests: number): number[][] {
  return Array.from({ length: requests }, () =>
    identifiers(handlespace, handlespace.resolve(echo, items)?.elements ?? []),
  );
}

describe('handle resolution (RFC 5352 section 3.3)', () => {
  test('an unknown pool handle is told apart from a pool that nobody is taken from', () => {
    const handlespace = makeHandlespace();
    registered(handlespace, echo, makeElement(1));
    expect(handlespace.resolve(poolHandleFromText('ech'), 1)).toBeUndefined();
    expect(handlespace.resolve(echo, 0)).toEqual({ policy: { type: 'roundRobin' }, elements: [] });
    expect(handlespace.peek(poolHandleFromText('echo '))).toBeUndefined();
  });

  test('round robin: the head advances by one a request (RFC 5356 section 4.1.2)', () => {
    const handlespace = makeHandlespace();
    for (const identifier of [1, 2, 3]) registered(handlespace, echo, makeElement(identifier));
    expect(answers(handlespace, 2, 4)).toEqual([
      [1, 2],
      [2, 3],
      [3, 1],
      [1, 2],
    ]);
  });

  test('maximumIncrement reaches the selectors', () => {
    const handlespace = new Handlespace({ random: seededRandom(1), maximumIncrement: 2 });
    for (const identifier of [1, 2, 3]) registered(handlespace, echo, makeElement(identifier));
    expect(answers(handlespace, 2, 3)).toEqual([
      [1, 2],
      [3, 1],
      [2, 3],
    ]);
  });

  test('looking at a pool does not advance it, resolving does', () => {
    const handlespace = makeHandlespace();
    for (const identifier of [1, 2]) registered(handlespace, echo, makeElement(identifier));
    expect(identifiers(handlespace, handlespace.peek(echo)?.elements ?? [])).toEqual([1, 2]);
    expect(identifiers(handlespace, handlespace.peek(echo)?.elements ?? [])).toEqual([1, 2]);
    expect(answers(handlespace, 1, 2)).toEqual([[1], [2]]);
  });

  test('infinity means the whole pool', () => {
    const handlespace = makeHandlespace();
    for (const identifier of [1, 2, 3]) registered(handlespace, echo, makeElement(identifier));
    expect(answers(handlespace, Number.POSITIVE_INFINITY, 1)).toEqual([[1, 2, 3]]);
  });

  test('a number of items that is none is refused', () => {
    const handlespace = makeHandlespace();
    registered(handlespace, echo, makeElement(1));
    for (const items of [-1, 1.5, Number.NaN]) {
      expect(() => handlespace.resolve(echo, items)).toThrow(/ERR_RSERPOOL_INVALID_ARGUMENT/u);
    }
  });
});

describe('re-registration and the policy (RFC 5356)', () => {
  test('the degradation counter starts again, also without a change of the load (section 5.2.2)', () => {
    const handlespace = makeHandlespace();
    const policy = { type: 'leastUsedWithDegradation', load: 0, loadDegradation: 10 } as const;
    for (const identifier of [1, 2]) registered(handlespace, echo, makeElement(identifier, { policy }));
    expect(answers(handlespace, 1, 3)).toEqual([[1], [2], [1]]);
    registered(handlespace, echo, makeElement(1, { policy }));
    expect(answers(handlespace, 1, 1)).toEqual([[1]]);
  });

  test('the element keeps its turn', () => {
    const handlespace = makeHandlespace();
    for (const identifier of [1, 2, 3]) registered(handlespace, echo, makeElement(identifier));
    expect(answers(handlespace, 1, 1)).toEqual([[1]]);
    registered(handlespace, echo, makeElement(2, { registrationLife: 9 }));
    expect(answers(handlespace, 1, 3)).toEqual([[2], [3], [1]]);
  });

  test('a new load counts from the next request on', () => {
    const handlespace = makeHandlespace();
    const loaded = (identifier: number, load: number): void => {
      registered(handlespace, echo, makeElement(identifier, { policy: { type: 'leastUsed', load } }));
    };
    loaded(1, 10);
    loaded(2, 20);
    expect(answers(handlespace, 2, 1)).toEqual([[1, 2]]);
    loaded(1, 30);
    expect(answers(handlespace, 2, 1)).toEqual([[2, 1]]);
  });
});

import { poolHandleFromText, seededRandom } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { Handlespace } from './handlespace.ts';
import { defaultHandlespaceLimits, type HandlespaceLimits } from './handlespace-limits.ts';
import { echo, fractal, makeElement, makeHandlespace, registered } from './testing/elements.fixture.ts';
import type { RegistrationResult } from './registration-result.ts';

const lackOfResources = [{ code: 6, information: new Uint8Array(0) }];

function causes(result: RegistrationResult): unknown {
  return result.ok ? 'accepted' : result.causes;
}

describe('Lack of Resources (RFC 5354 section 3.12.7)', () => {
  test('maximumPools: no further pool, but further elements and, after a removal, another pool', () => {
    const handlespace = makeHandlespace({ maximumPools: 1 });
    const element = registered(handlespace, echo, makeElement(1));
    expect(causes(handlespace.register(fractal, makeElement(1)))).toEqual(lackOfResources);
    expect(causes(handlespace.learn(fractal, makeElement(1)))).toEqual(lackOfResources);
    const second = registered(handlespace, echo, makeElement(2));
    handlespace.remove(element);
    handlespace.remove(second);
    expect(causes(handlespace.register(fractal, makeElement(1)))).toBe('accepted');
  });

  test('maximumPoolElements: over all pools; updates still work', () => {
    const handlespace = makeHandlespace({ maximumPoolElements: 2 });
    registered(handlespace, echo, makeElement(1));
    const other = registered(handlespace, fractal, makeElement(1));
    expect(causes(handlespace.register(echo, makeElement(2)))).toEqual(lackOfResources);
    expect(causes(handlespace.register(poolHandleFromText('third'), makeElement(2)))).toEqual(
      lackOfResources,
    );
    expect(handlespace.poolCount).toBe(2);
    expect(causes(handlespace.register(echo, makeElement(1, { registrationLife: 5 })))).toBe('accepted');
    handlespace.remove(other);
    expect(causes(handlespace.register(echo, makeElement(2)))).toBe('accepted');
  });

  test('maximumElementsPerPool: of one pool only', () => {
    const handlespace = makeHandlespace({ maximumElementsPerPool: 1 });
    registered(handlespace, echo, makeElement(1));
    expect(causes(handlespace.register(echo, makeElement(2)))).toEqual(lackOfResources);
    expect(causes(handlespace.register(fractal, makeElement(2)))).toBe('accepted');
  });

  test('maximumPoolHandleBytes: the handle is not sent back', () => {
    const handlespace = makeHandlespace({ maximumPoolHandleBytes: 4 });
    expect(causes(handlespace.register(poolHandleFromText('echoe'), makeElement(1)))).toEqual(
      lackOfResources,
    );
    expect(causes(handlespace.register(echo, makeElement(1)))).toBe('accepted');
  });

  test('maximumPoolElementBytes: with all parameters inside', () => {
    // 4 + 12 + TCP transport 16 + policy 8 = 40 bytes.
    const userTransport = { protocol: 'opaque', data: new Uint8Array(13) } as const;
    const handlespace = makeHandlespace({ maximumPoolElementBytes: 40 });
    expect(causes(handlespace.register(echo, makeElement(1)))).toBe('accepted');
    expect(causes(handlespace.register(fractal, makeElement(1, { userTransport })))).toEqual(lackOfResources);
  });

  test('inconsistency is reported rather than the limit', () => {
    const handlespace = makeHandlespace({ maximumElementsPerPool: 1 });
    registered(handlespace, echo, makeElement(1));
    const result = handlespace.register(echo, makeElement(2, { policy: { type: 'random' } }));
    expect(result.ok ? [] : result.causes.map((cause) => cause.code)).toEqual([5]);
  });
});

test('the limits in force are the defaults with what was given', () => {
  expect(makeHandlespace({ maximumPools: 3 }).limits).toEqual({
    ...defaultHandlespaceLimits,
    maximumPools: 3,
  });
});

test('limits that are no integers of their range are refused', () => {
  const wrong: Partial<HandlespaceLimits>[] = [
    { maximumPools: 0 },
    { maximumPoolElements: 1.5 },
    { maximumElementsPerPool: 2 ** 21 + 1 },
    { maximumPoolHandleBytes: 65_532 },
    { maximumPoolElementBytes: Number.NaN },
  ];
  for (const limits of wrong) {
    expect(() => makeHandlespace(limits)).toThrow(/ERR_RSERPOOL_INVALID_ARGUMENT: The limit maximum/u);
  }
});

test('a wrong option of the selectors is refused at once, not by the first registration', () => {
  const random = seededRandom(1);
  expect(() => new Handlespace({ random, maximumIncrement: 0 })).toThrow(/ERR_RSERPOOL_INVALID_ARGUMENT/u);
  expect(new Handlespace({ random, maximumIncrement: 2 }).poolCount).toBe(0);
});

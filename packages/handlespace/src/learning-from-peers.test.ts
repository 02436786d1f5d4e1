import { parseIpAddress, type PoolElement } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import {
  echo,
  identifiers,
  makeElement,
  makeHandlespace,
  registered,
  registrarA,
  registrarB,
} from './testing/elements.fixture.ts';

const sctp: PoolElement['userTransport'] = {
  protocol: 'sctp',
  port: 1,
  transportUse: 1,
  addresses: [parseIpAddress('192.0.2.9')],
};

describe('RFC 5353 section 3.3.1: what a peer announces', () => {
  test('creates the pool, adds to it, and replaces all attributes', () => {
    const handlespace = makeHandlespace();
    const first = handlespace.learn(echo, makeElement(1));
    const second = handlespace.learn(echo, makeElement(2));
    const changed = makeElement(1, {
      homeRegistrar: registrarB,
      registrationLife: 7,
      userTransport: { protocol: 'tcp', port: 80, address: parseIpAddress('198.51.100.1') },
      asapTransport: { protocol: 'sctp', port: 9, transportUse: 0, addresses: [parseIpAddress('192.0.2.5')] },
    });
    const third = handlespace.learn(echo, changed);
    if (!first.ok || !second.ok || !third.ok) throw new Error('rejected');
    expect([first.outcome, second.outcome, third.outcome]).toEqual(['added', 'added', 'updated']);
    expect(third.element).toBe(first.element);
    expect(third.previousHomeRegistrar).toBe(registrarA);
    expect(handlespace.poolElement(first.element)).toEqual(changed);
    expect([handlespace.poolCount, handlespace.elementCount]).toEqual([1, 2]);
  });

  test('may turn a pool into another one where the element is alone in it', () => {
    const handlespace = makeHandlespace();
    const element = registered(handlespace, echo, makeElement(1));
    const changed = makeElement(1, { policy: { type: 'priority', priority: 5 }, userTransport: sctp });
    const result = handlespace.learn(echo, changed);
    expect(result).toEqual({ ok: true, outcome: 'updated', element });
    expect(handlespace.resolve(echo, 1)).toEqual({
      policy: { type: 'priority', priority: 5 },
      elements: [element],
    });
    const joins = makeElement(2, { policy: { type: 'priority', priority: 9 }, userTransport: sctp });
    const second = registered(handlespace, echo, joins);
    expect(handlespace.resolve(echo, 2)?.elements).toEqual([second, element]);
    expect(handlespace.register(echo, makeElement(3)).ok).toBe(false);
  });

  test('is rejected where it contradicts other elements, and the pool goes on as it was', () => {
    const handlespace = makeHandlespace();
    registered(handlespace, echo, makeElement(1));
    registered(handlespace, echo, makeElement(2));
    for (const identifier of [1, 3]) {
      const result = handlespace.learn(echo, makeElement(identifier, { policy: { type: 'random' } }));
      expect(result.ok ? [] : result.causes.map((cause) => cause.code)).toEqual([5]);
      const other = handlespace.learn(echo, makeElement(identifier, { userTransport: sctp }));
      expect(other.ok ? [] : other.causes.map((cause) => cause.code)).toEqual([7]);
    }
    const answers = [1, 2, 3, 4].map(() =>
      identifiers(handlespace, handlespace.resolve(echo, 1)?.elements ?? []),
    );
    expect(answers).toEqual([[1], [2], [1], [2]]);
  });

  test('needs an owner and a policy that can be selected by', () => {
    const handlespace = makeHandlespace();
    const unknown = { type: 'unknown', policyType: 77, data: new Uint8Array(0) } as const;
    const wrong = [makeElement(1, { homeRegistrar: 0 }), makeElement(0), makeElement(1, { policy: unknown })];
    for (const element of wrong) {
      const result = handlespace.learn(echo, element);
      expect(result.ok ? [] : result.causes.map((cause) => cause.code)).toEqual([3]);
    }
    expect(handlespace.poolCount).toBe(0);
  });

  test('may have a registration life and a Transport Use that a registration may not', () => {
    const handlespace = makeHandlespace();
    const element = makeElement(1, {
      registrationLife: -1_000_000,
      userTransport: { ...sctp, transportUse: 7 },
    });
    expect(handlespace.register(echo, element).ok).toBe(false);
    expect(handlespace.learn(echo, element).ok).toBe(true);
  });
});

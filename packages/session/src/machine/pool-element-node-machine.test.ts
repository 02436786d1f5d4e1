import {
  type AsapMessage,
  encodeUtf8,
  parseIpAddress,
  poolHandleFromText,
  seededRandom,
} from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PoolElementNodeMachine, type PoolElementNodeOptions } from './pool-element-node-machine.ts';
import type { PoolElementNodeInput, PoolElementNodeOutput } from './pool-element-node-types.ts';
import { elementOf, messageOf } from './testing/machine.fixture.ts';

const poolHandle = poolHandleFromText('TestPool');
const remote = { addresses: [parseIpAddress('192.0.2.200')], port: 5000 };

const keepAlive: AsapMessage = {
  type: 'ASAP_ENDPOINT_KEEP_ALIVE',
  home: true,
  serverIdentifier: 77,
  poolHandle,
  poolElementIdentifier: 1,
};

/** An element that is registered, with association 1 to its registrar; accepted ones have numbers from 100 on. */
function nodeOf(options: Partial<PoolElementNodeOptions> = {}) {
  let last = 0;
  const machine = new PoolElementNodeMachine({
    registrars: [{ addresses: [parseIpAddress('192.0.2.100')], port: 3863 }],
    random: seededRandom(1),
    allocateAssociation: () => ++last,
    ...options,
  });
  const give = (input: PoolElementNodeInput): PoolElementNodeOutput[] => {
    machine.handle(input, 0);
    const outputs: PoolElementNodeOutput[] = [];
    for (let output = machine.poll(); output !== undefined; output = machine.poll()) outputs.push(output);
    return outputs.filter(({ type }) => type !== 'event');
  };
  const accept = (association: number, controlChannel = true): PoolElementNodeOutput[] =>
    give({ type: 'associationUp', association, remote, inbound: true, controlChannel });
  const control = (association: number, message: AsapMessage): PoolElementNodeOutput[] =>
    give({ type: 'message', association, message, reports: [] });
  const { identifier, registrationLife, userTransport } = elementOf(1);
  give({
    type: 'register',
    poolHandle,
    poolElement: { identifier, registrationLife, userTransport, policy: { type: 'roundRobin' } },
  });
  give({ type: 'associationUp', association: 1, remote, inbound: false, controlChannel: true });
  control(1, {
    type: 'ASAP_REGISTRATION_RESPONSE',
    rejected: false,
    poolHandle,
    poolElementIdentifier: identifier,
  });
  return { machine, give, accept, control };
}

describe('RFC 5352 section 3.1 R1: registrars and users come to the same port', () => {
  test('a first message of a registrar makes the association one of a registrar', () => {
    const node = nodeOf();
    expect(node.accept(100)).toEqual([]);
    expect(node.control(100, keepAlive)).toMatchObject([
      { type: 'send', association: 100, message: { type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK' } },
    ]);
    expect(node.machine.sessionCount).toBe(0);
    expect(node.give({ type: 'data', association: 100, message: messageOf(1) })).toEqual([]);
  });

  test('a first message of data makes it a session without a state', () => {
    const node = nodeOf({ businessCard: false });
    node.accept(100);
    expect(node.give({ type: 'data', association: 100, message: messageOf(1) })).toEqual([
      { type: 'session', association: 100, output: { type: 'started', restoredState: undefined } },
      { type: 'session', association: 100, output: { type: 'message', message: messageOf(1) } },
    ]);
  });

  test('RFC 5352 section 3.8: a cookie echo makes it a session with a state, before any message', () => {
    const node = nodeOf({ businessCard: false });
    node.accept(100);
    const cookie = encodeUtf8('state');
    expect(node.control(100, { type: 'ASAP_COOKIE_ECHO', cookie })).toEqual([
      { type: 'session', association: 100, output: { type: 'started', restoredState: cookie } },
    ]);
    expect(node.control(100, { type: 'ASAP_COOKIE_ECHO', cookie })).toMatchObject([
      { output: { type: 'event', event: { type: 'lateCookieEcho' } } },
    ]);
  });

  test('RFC 5352 section 3.9: a card of a user that is an element itself comes before the decision on the state', () => {
    const node = nodeOf({ businessCard: false });
    node.accept(100);
    node.control(100, { type: 'ASAP_BUSINESS_CARD', poolHandle, poolElements: [elementOf(9)] });
    expect(node.machine.session(100)?.state).toBe('waiting');
    const outputs = node.control(100, { type: 'ASAP_COOKIE_ECHO', cookie: Uint8Array.of(1) });
    expect(outputs[0]).toMatchObject({ output: { type: 'started', restoredState: Uint8Array.of(1) } });
  });

  test('RFC 5352 section 3.9: the own card goes out first, with the pool and the element as it is registered', () => {
    const node = nodeOf();
    node.give({ type: 'updatePolicy', policy: { type: 'roundRobin' } });
    node.accept(100);
    const [first] = node.give({ type: 'data', association: 100, message: messageOf(1) });
    expect(first).toMatchObject({
      type: 'send',
      association: 100,
      message: { type: 'ASAP_BUSINESS_CARD', poolHandle, poolElements: [{ identifier: 1 }] },
    });
    node.accept(101, false);
    const outputs = node.give({ type: 'data', association: 101, message: messageOf(1) });
    expect(outputs.some(({ type }) => type === 'send')).toBe(false);
  });

  test('what is no message, and an error, decide nothing', () => {
    const node = nodeOf();
    node.accept(100);
    const cause = { code: 2, information: new Uint8Array(4) };
    const error = {
      code: 'unknown-message',
      offset: 0,
      type: 0x4f,
      messageType: 0x4f,
      action: 'report',
      reason: 'unknown',
      cause,
    } as const;
    expect(node.give({ type: 'malformed', association: 100, error })).toEqual([
      { type: 'send', association: 100, message: { type: 'ASAP_ERROR', error: { causes: [cause] } } },
    ]);
    expect(node.control(100, { type: 'ASAP_ERROR', error: { causes: [] } })).toEqual([]);
    node.control(100, { type: 'ASAP_COOKIE_ECHO', cookie: Uint8Array.of(1) });
    expect(node.machine.session(100)?.state).toBe('started');
  });
});

describe('RFC 5352 section 3.2: an element that accepts no more', () => {
  test('closes those that nobody has used yet and all that come, and keeps the sessions', () => {
    const node = nodeOf();
    node.accept(100);
    node.give({ type: 'data', association: 100, message: messageOf(1) });
    node.accept(101);
    expect(node.give({ type: 'stopAccepting' })).toEqual([
      { type: 'close', association: 101, abort: false },
      { type: 'sessionRefused', association: 101, reason: 'draining' },
    ]);
    expect(node.accept(102)).toContainEqual({ type: 'close', association: 102, abort: false });
    expect(node.machine.sessionCount).toBe(1);
  });
});

test('whatever comes in, nothing is thrown, and a session starts once and before its messages', () => {
  const association = fc.integer({ min: 100, max: 103 });
  const message = fc.constantFrom<AsapMessage>(
    keepAlive,
    { type: 'ASAP_COOKIE', cookie: Uint8Array.of(1) },
    { type: 'ASAP_COOKIE_ECHO', cookie: Uint8Array.of(1) },
    { type: 'ASAP_BUSINESS_CARD', poolHandle, poolElements: [elementOf(2)] },
    { type: 'ASAP_ERROR', error: { causes: [] } },
    { type: 'ASAP_DEREGISTRATION', poolHandle, poolElementIdentifier: 1 },
    { type: 'ASAP_REGISTRATION', poolHandle, poolElement: elementOf(3) },
  );
  const input: fc.Arbitrary<PoolElementNodeInput> = fc.oneof(
    fc.tuple(association, fc.boolean()).map(([number, controlChannel]) => ({
      type: 'associationUp' as const,
      association: number,
      remote,
      inbound: true,
      controlChannel,
    })),
    association.map((number) => ({ type: 'associationLost' as const, association: number, reason: 'reset' })),
    fc
      .tuple(association, message)
      .map(([number, one]) => ({ type: 'message' as const, association: number, message: one, reports: [] })),
    association.map((number) => ({ type: 'data' as const, association: number, message: messageOf(1) })),
    association.map((number) => ({
      type: 'session' as const,
      association: number,
      input: { type: 'setCookie' as const, cookie: Uint8Array.of(2) },
    })),
    association.map((number) => ({
      type: 'session' as const,
      association: number,
      input: { type: 'close' as const, abort: false },
    })),
  );
  fc.assert(
    fc.property(fc.array(input, { maxLength: 80 }), (inputs) => {
      const node = nodeOf({ maximumSessions: 2 });
      const started = new Set<number>();
      for (const one of inputs) {
        for (const output of node.give(one)) {
          if (output.type !== 'session') continue;
          if (output.output.type === 'started') {
            expect(started.has(output.association)).toBe(false);
            started.add(output.association);
          }
          if (output.output.type === 'message') expect(started.has(output.association)).toBe(true);
          if (output.output.type === 'event' && output.output.event.type === 'ended') {
            started.delete(output.association);
          }
        }
        expect(node.machine.sessionCount).toBeLessThanOrEqual(2);
      }
    }),
    { numRuns: 500, seed: 5352 },
  );
});

describe('users that cannot be trusted', () => {
  test('RFC 5352 section 3.9 BC1: card after card makes the element tell of one pool only', () => {
    const node = nodeOf();
    node.accept(100);
    const pools = Array.from({ length: 100 }, (_none, index) => poolHandleFromText(`Pool${index}`));
    const told = pools.flatMap((pool) =>
      node.control(100, { type: 'ASAP_BUSINESS_CARD', poolHandle: pool, poolElements: [elementOf(7)] }),
    );
    expect(told.filter(({ type }) => type === 'userBusinessCard')).toMatchObject([
      { association: 100, card: { poolHandle: pools[0] } },
    ]);
    expect(node.machine.session(100)?.userCard?.poolHandle).toEqual(pools[99]);
  });

  test('RFC 5352 section 3.8: whatever cookie they make up, no session begins, and each is counted', () => {
    const node = nodeOf({
      cookieSeal: { authenticate: [() => new Uint8Array(32).fill(1)], currentTime: () => 1000 },
    });
    let association = 100;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (cookie) => {
        association += 1;
        node.accept(association);
        const outputs = node.control(association, { type: 'ASAP_COOKIE_ECHO', cookie });
        expect(outputs.map(({ type }) => type)).toContain('cookieRefused');
        expect(outputs).toContainEqual({ type: 'close', association, abort: false });
        expect(outputs.some((output) => output.type === 'session' && output.output.type === 'started')).toBe(
          false,
        );
        expect(node.machine.sessionCount).toBe(0);
        expect(node.machine.cookiesRefused).toBe(association - 100);
      }),
    );
  });
});

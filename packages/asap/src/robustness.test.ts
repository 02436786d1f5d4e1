import { Handlespace } from '@rserpool/handlespace';
import type { AsapMessage, NetworkInput, PoolElement, SelectionPolicy, UserTransport } from '@rserpool/wire';
import { encodeAsapMessage } from '@rserpool/wire';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PoolElementMachine } from './pool-element/pool-element-machine.ts';
import { PoolUserMachine } from './pool-user/pool-user-machine.ts';
import { AsapRegistrarMachine } from './registrar/asap-registrar-machine.ts';
import { echo, endpoint, middle, other, registrationOf, seeded } from './testing/samples.fixture.ts';

// Few values each, so that random messages often concern what is there.
const poolHandle = fc.constantFrom(echo, other);
const identifier = fc.integer({ min: 0, max: 5 });
const association = fc.integer({ min: 1, max: 8 });
const address = fc.integer({ min: 1, max: 4 }).map((host) => new Uint8Array([10, 1, 0, host]));
const word = fc.constantFrom(0, 1, 0x7fffffff, 0xffffffff);
const policy: fc.Arbitrary<SelectionPolicy> = fc.oneof(
  fc.constant({ type: 'roundRobin' } as const),
  fc.record({ type: fc.constant('weightedRandom' as const), weight: word }),
  fc.record({ type: fc.constant('leastUsed' as const), load: word }),
);
const userTransport: fc.Arbitrary<UserTransport> = fc.oneof(
  fc.record({ protocol: fc.constant('tcp' as const), port: fc.constant(7), address }),
  fc.record({
    protocol: fc.constant('sctp' as const),
    port: fc.constant(7),
    transportUse: fc.integer({ min: 0, max: 2 }),
    addresses: fc.array(address, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ protocol: fc.constant('opaque' as const), data: fc.uint8Array({ maxLength: 9 }) }),
);
const poolElement: fc.Arbitrary<PoolElement> = fc.record({
  identifier,
  homeRegistrar: identifier,
  registrationLife: fc.constantFrom(-0x80000000, -1, 0, 1, 300, 0x7fffffff),
  userTransport,
  policy,
});
const causes = fc.array(
  fc.record({ code: fc.integer({ min: 0, max: 12 }), information: fc.uint8Array({ maxLength: 8 }) }),
  {
    maxLength: 2,
  },
);
const error = causes.map((list) => ({ causes: list }));
const maybeError = fc.option(error, { nil: undefined });

function withError<Message extends object>(
  message: fc.Arbitrary<Message>,
): fc.Arbitrary<Message & { error?: { causes: readonly { code: number; information: Uint8Array }[] } }> {
  return fc
    .tuple(message, maybeError)
    .map(([plain, added]) => (added === undefined ? plain : { ...plain, error: added }));
}

const is = <Type extends AsapMessage['type']>(type: Type): fc.Arbitrary<Type> => fc.constant(type);
const message: fc.Arbitrary<AsapMessage> = fc.oneof(
  fc.record({ type: is('ASAP_REGISTRATION'), poolHandle, poolElement }),
  fc.record({ type: is('ASAP_DEREGISTRATION'), poolHandle, poolElementIdentifier: identifier }),
  withError(
    fc.record({
      type: is('ASAP_REGISTRATION_RESPONSE'),
      rejected: fc.boolean(),
      poolHandle,
      poolElementIdentifier: identifier,
    }),
  ),
  withError(
    fc.record({ type: is('ASAP_DEREGISTRATION_RESPONSE'), poolHandle, poolElementIdentifier: identifier }),
  ),
  fc.record({ type: is('ASAP_HANDLE_RESOLUTION'), subscribe: fc.boolean(), poolHandle, items: word }),
  withError(
    fc.record({
      type: is('ASAP_HANDLE_RESOLUTION_RESPONSE'),
      subscribed: fc.boolean(),
      poolHandle,
      poolElements: fc.array(poolElement, { maxLength: 3 }),
    }),
  ),
  fc.record({
    type: is('ASAP_ENDPOINT_KEEP_ALIVE'),
    home: fc.boolean(),
    serverIdentifier: identifier,
    poolHandle,
    poolElementIdentifier: identifier,
  }),
  fc.record({ type: is('ASAP_ENDPOINT_KEEP_ALIVE_ACK'), poolHandle, poolElementIdentifier: identifier }),
  fc.record({ type: is('ASAP_ENDPOINT_UNREACHABLE'), poolHandle, poolElementIdentifier: identifier }),
  fc.record({
    type: is('ASAP_SERVER_ANNOUNCE'),
    serverIdentifier: identifier,
    transports: fc.array(
      fc.record({ protocol: fc.constant('tcp' as const), port: word.map((n) => n & 0xffff), address }),
      {
        maxLength: 2,
      },
    ),
  }),
  fc.record({ type: is('ASAP_COOKIE'), cookie: fc.uint8Array({ maxLength: 4 }) }),
  fc.record({ type: is('ASAP_ERROR'), error }),
);
const remote = address.map((host) => ({ addresses: [host], port: 4000 }));
const network: fc.Arbitrary<NetworkInput<AsapMessage>> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ type: fc.constant('message' as const), association, message, reports: causes }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('associationUp' as const),
      association,
      remote,
      inbound: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('associationLost' as const),
      association,
      reason: fc.constant('x'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('groupMessage' as const), message, source: remote }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('malformed' as const),
      association,
      error: fc.record({
        code: fc.constant('unknown-message' as const),
        offset: fc.constant(0),
        type: fc.integer({ min: 0, max: 255 }),
        messageType: fc.integer({ min: -1, max: 255 }),
        action: fc.constant('report' as const),
        reason: fc.constant('unknown'),
        cause: fc.constant({ code: 2, information: new Uint8Array(4) }),
      }),
    }),
  },
);
interface Wait {
  readonly type: 'wait';
  readonly milliseconds: number;
}
const wait: fc.Arbitrary<Wait> = fc.record({
  type: fc.constant('wait' as const),
  milliseconds: fc.constantFrom(1, 400, 5_000, 30_000, 400_000),
});

interface Driven<Input> {
  handle(input: Input, now: number): void;
  handleTimeout(now: number): void;
  nextTimeout(): number | undefined;
  poll(): { readonly type: string } | undefined;
}

/** Runs inputs against a machine; checks that it can always be drained, encoded, and comes to rest. */
function drive<Input extends { readonly type: string }>(
  machine: Driven<Input>,
  inputs: readonly (Input | Wait)[],
): void {
  let now = 0;
  const drain = (): number => {
    let outputs = 0;
    for (let output = machine.poll(); output !== undefined; output = machine.poll()) {
      outputs += 1;
      if (output.type === 'send' || output.type === 'sendGroup') {
        encodeAsapMessage((output as unknown as { message: AsapMessage }).message);
      }
    }
    return outputs;
  };
  for (const input of inputs) {
    if (input.type !== 'wait') {
      machine.handle(input as Input, now);
      expect(drain()).toBeLessThan(200);
      continue;
    }
    const end = now + (input as Wait).milliseconds;
    for (let step = 0; ; step++) {
      const next = machine.nextTimeout();
      if (next === undefined || next > end) break;
      now = Math.max(now, next);
      machine.handleTimeout(now);
      expect(drain()).toBeLessThan(500);
      // Updates of several pools go to one subscriber one by one, with the same time.
      expect(machine.nextTimeout() ?? Infinity).toBeGreaterThanOrEqual(now);
      // Nothing happens more often than every few hundred milliseconds, whatever the peers did.
      expect(step).toBeLessThan(20 + (input as Wait).milliseconds / 50);
    }
    now = end;
  }
}

function numbersFrom(first: number, size: number): () => number {
  let last = 0;
  // Few numbers, so that random inputs often mean associations that the machine opened.
  return () => first + (last++ % size);
}

describe('whatever arrives, no machine throws, stalls or floods', () => {
  const registrars = [endpoint('10.0.0.1:3863'), endpoint('10.0.0.2:3863')];

  test('the registrar', () => {
    const congestion = fc.record({
      type: fc.constant('congestion' as const),
      association,
      isCongested: fc.boolean(),
    });
    const shell = fc.oneof(fc.constant({ type: 'offerService' } as const), congestion);
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 6, arbitrary: network }, wait, shell), { maxLength: 120 }),
        fc.nat(),
        (inputs, seed) => {
          const handlespace = new Handlespace({ random: middle });
          let last = 100;
          const machine = new AsapRegistrarMachine({
            handlespace,
            serverIdentifier: 1,
            random: seeded(seed),
            allocateAssociation: () => ++last,
            announce: { transports: [] },
            limits: { maximumOutstandingProbes: 2, maximumAssociations: 4, maximumSubscriptions: 3 },
          });
          drive(machine, inputs);
          for (const element of handlespace.elementsOf(1)) {
            expect(handlespace.poolElement(element).asapTransport).toBeDefined();
          }
          expect(machine.subscriptionCount).toBeLessThanOrEqual(3);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('the pool element', () => {
    const application = fc.constantFrom(
      { type: 'register', poolHandle: echo, poolElement: registrationOf('10.1.0.1', 3) } as const,
      { type: 'deregister' } as const,
      { type: 'reportUnreachable', poolHandle: other, poolElementIdentifier: 2 } as const,
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 6, arbitrary: network }, wait, application), { maxLength: 120 }),
        fc.nat(),
        (inputs, seed) => {
          const machine = new PoolElementMachine({
            random: seeded(seed),
            allocateAssociation: numbersFrom(1, 8),
            registrars,
          });
          let isLeaving = false;
          // A registration during a deregistration is misuse, and refused with an error.
          const allowed = inputs.filter((input) => {
            if (input.type === 'deregister') isLeaving = true;
            return !(isLeaving && input.type === 'register');
          });
          drive(machine, allowed);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('the pool user, whose requests all end', () => {
    const requests = fc.record({
      type: fc.constant('resolve' as const),
      poolHandle,
      items: fc.constantFrom(1, 2),
      bypassCache: fc.boolean(),
    });
    const others = fc.oneof(
      fc.record({
        type: fc.constant('reportUnreachable' as const),
        poolHandle,
        poolElementIdentifier: identifier,
      }),
      fc.record({ type: fc.constant('purge' as const), poolHandle }),
      fc.record({ type: fc.constant('watch' as const), poolHandle }),
      fc.record({ type: fc.constant('unwatch' as const), watch: fc.integer({ min: 0, max: 120 }) }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 6, arbitrary: network }, wait, requests, others), { maxLength: 120 }),
        fc.nat(),
        (inputs, seed) => {
          const machine = new PoolUserMachine({
            random: seeded(seed),
            allocateAssociation: numbersFrom(1, 8),
            registrars,
            staleCacheValueMs: 1_000,
            answerWhileUpdating: seed % 2 === 0,
          });
          const open = new Set<number>();
          const watches = new Set<number>();
          const watched: Driven<Parameters<PoolUserMachine['handle']>[0]> = {
            handle: (input, now) => {
              if (input.type === 'watch') watches.add(input.watch);
              if (input.type === 'unwatch') watches.delete(input.watch);
              machine.handle(input, now);
            },
            handleTimeout: (now) => machine.handleTimeout(now),
            nextTimeout: () => machine.nextTimeout(),
            poll: () => {
              const output = machine.poll();
              if (output?.type === 'resolved' || output?.type === 'resolutionFailed') {
                expect(open.delete(output.request)).toBe(true);
              }
              // Who has ended a watch is told nothing of it, and a failure is told once.
              if (output?.type === 'poolChanged') expect(watches.has(output.watch)).toBe(true);
              if (output?.type === 'watchFailed') expect(watches.delete(output.watch)).toBe(true);
              return output;
            },
          };
          const numbered = inputs.map((input, number) => {
            if (input.type === 'watch') return { ...input, watch: number };
            if (input.type !== 'resolve') return input;
            open.add(number);
            return { ...input, request: number };
          });
          drive(watched, [...numbered, { type: 'wait', milliseconds: 400_000 }]);
          expect([...open]).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});

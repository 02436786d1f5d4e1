import {
  type AsapMessage,
  parseIpAddress,
  poolHandleFromText,
  rejectedDueToSecurityCause,
  seededRandom,
} from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ElementLossReason } from '../attempt-failure.ts';
import { PoolSelectors } from '../pool-selectors.ts';
import { elementOf, messageOf, poolOf } from '../testing/machine.fixture.ts';
import { DeliveryMachine, type DeliveryMachineOptions } from './delivery-machine.ts';
import type { DeliveryInput, DeliveryOptions, DeliveryOutput, Destination } from './delivery-types.ts';

const poolHandle = poolHandleFromText('TestPool');
const toPool: Destination = { type: 'pool', poolHandle };
const toElement = (identifier: number): Destination => ({
  type: 'poolElement',
  poolHandle,
  poolElement: elementOf(identifier),
});
const toAddress: Destination = {
  type: 'transportAddress',
  transport: { protocol: 'sctp', port: 7000, transportUse: 1, addresses: [parseIpAddress('192.0.2.1')] },
};

/** A machine whose registrar answers with `pool`, and whose elements in `dead` refuse associations. */
class Bench {
  readonly machine: DeliveryMachine;
  readonly outputs: DeliveryOutput[] = [];
  readonly dead: Set<number> = new Set();
  readonly silent: Set<number> = new Set();
  /** The elements by association; 0 for a transport address. */
  readonly elements: Map<number, number> = new Map();
  pool: readonly number[] | undefined;
  now = 0;
  #last = 0;
  #deliveries = 0;

  constructor(pool: readonly number[] | undefined, options: Partial<DeliveryMachineOptions> = {}) {
    this.pool = pool;
    this.machine = new DeliveryMachine({
      protocols: ['sctp'],
      allocateAssociation: () => ++this.#last,
      selectors: new PoolSelectors(seededRandom(1)),
      ...options,
    });
  }

  give(input: DeliveryInput): DeliveryOutput[] {
    const from = this.outputs.length;
    this.machine.handle(input, this.now);
    this.#drain();
    return this.outputs.slice(from);
  }

  deliver(destination: Destination, byte: number, options: DeliveryOptions = {}): number {
    const delivery = ++this.#deliveries;
    this.give({ type: 'deliver', delivery, destination, message: messageOf(byte), options });
    return delivery;
  }

  /** The association to an element. */
  association(identifier: number): number {
    return [...this.elements].findLast(([, element]) => element === identifier)?.[0] ?? 0;
  }

  lose(identifier: number, reason: ElementLossReason = 'reset'): DeliveryOutput[] {
    return this.give({ type: 'associationLost', association: this.association(identifier), reason });
  }

  /** Runs the next timer. */
  expire(): void {
    this.now = this.machine.nextTimeout() ?? this.now;
    this.machine.handleTimeout(this.now);
    this.#drain();
  }

  /** What each element was sent, in order: bytes of data and types of control messages. */
  sent(identifier: number): (number | string | undefined)[] {
    return this.outputs.flatMap((output): (number | string | undefined)[] => {
      if (output.type !== 'sendData' && output.type !== 'sendControl') return [];
      if (this.elements.get(output.association) !== identifier) return [];
      return [output.type === 'sendData' ? output.message.data[0] : output.message.type];
    });
  }

  of<Type extends DeliveryOutput['type']>(type: Type): Extract<DeliveryOutput, { type: Type }>[] {
    return this.outputs.filter(
      (output): output is Extract<DeliveryOutput, { type: Type }> => output.type === type,
    );
  }

  events(type: string): object[] {
    return this.of('event').flatMap(({ event }) => (event.type === type ? [event] : []));
  }

  #drain(): void {
    for (let output = this.machine.poll(); output !== undefined; output = this.machine.poll()) {
      this.outputs.push(output);
      this.#react(output);
    }
  }

  #react(output: DeliveryOutput): void {
    if (output.type === 'resolve') {
      const { request } = output;
      if (this.pool === undefined) {
        this.give({ type: 'resolutionFailed', request, reason: 'unknownPoolHandle', causes: [] });
      } else if (!this.pool.includes(-1)) {
        this.give({ type: 'resolved', request, pool: poolOf(this.pool, !output.bypassCache) });
      }
    } else if (output.type === 'open') {
      const { association, transport } = output;
      const identifier = transport.protocol === 'sctp' ? (transport.addresses[0]?.at(-1) ?? 0) : 0;
      this.elements.set(association, identifier);
      if (this.silent.has(identifier)) return;
      if (this.dead.has(identifier)) {
        this.give({ type: 'associationLost', association, reason: 'connection-refused' });
      } else this.give({ type: 'associationUp', association, controlChannel: true, heartbeats: true });
    }
  }
}

describe('RFC 5352 section 6.5.1: sending to a pool handle', () => {
  test('resolves it, selects an element for each message, and tells which one', () => {
    const bench = new Bench([1, 2, 3]);
    for (const byte of [1, 2, 3, 4]) bench.deliver(toPool, byte);
    expect([bench.sent(1), bench.sent(2), bench.sent(3)]).toEqual([[1, 4], [2], [3]]);
    expect(bench.of('delivered').map(({ targets }) => targets[0]?.element?.poolElement.identifier)).toEqual([
      1, 2, 3, 1,
    ]);
    expect(bench.of('open')).toHaveLength(3);
  });

  test('fails when the pool is not known, with the message', () => {
    const bench = new Bench(undefined);
    const delivery = bench.deliver(toPool, 7);
    const failure = { reason: 'resolution', resolution: 'unknownPoolHandle', causes: [] };
    expect(bench.of('notDelivered')).toEqual([{ type: 'notDelivered', delivery, failure }]);
    expect(bench.events('deliveryFailed')).toEqual([
      { type: 'deliveryFailed', delivery, message: messageOf(7), failure, mayHaveArrived: false },
    ]);
    expect(bench.machine.nextTimeout()).toBeUndefined();
  });
});

describe('RFC 5352 section 6.5.5: delivery options of one message', () => {
  test('ASAP_SEND_FAILOVER: another element gets it where the first is unreachable, and that is reported', () => {
    const bench = new Bench([1, 2, 3]);
    bench.dead.add(1);
    bench.deliver(toPool, 7);
    expect(bench.sent(2)).toEqual([7]);
    expect(bench.of('reportUnreachable')).toMatchObject([{ poolElementIdentifier: 1 }]);
    expect(bench.events('deliveryAttemptFailed')).toMatchObject([{ loss: 'connection-refused', attempt: 1 }]);
    expect(bench.of('delivered')).toHaveLength(1);
  });

  test('each element is tried once, then the message comes back', () => {
    const bench = new Bench([1, 2, 3]);
    for (const identifier of [1, 2, 3]) bench.dead.add(identifier);
    const delivery = bench.deliver(toPool, 7);
    expect(bench.of('open')).toHaveLength(3);
    expect(bench.of('notDelivered')).toEqual([
      { type: 'notDelivered', delivery, failure: { reason: 'noElement', last: 'connection-refused' } },
    ]);
    expect(bench.events('deliveryFailed')).toMatchObject([{ message: messageOf(7) }]);
  });

  test('a registrar that always names new elements is not followed for ever', () => {
    const bench = new Bench([1]);
    for (let identifier = 1; identifier < 200; identifier += 1) bench.dead.add(identifier);
    let next = 0;
    Object.defineProperty(bench, 'pool', { get: () => [1 + (next++ % 199)] });
    bench.deliver(toPool, 7);
    expect(bench.of('open')).toHaveLength(32);
    expect(bench.of('notDelivered')).toHaveLength(1);
  });

  test('ASAP_SEND_NO_FAILOVER: no other element gets it, and it comes back', () => {
    const bench = new Bench([1, 2]);
    bench.dead.add(1);
    const delivery = bench.deliver(toPool, 7, { failover: false });
    expect(bench.sent(2)).toEqual([]);
    expect(bench.of('notDelivered')).toMatchObject([
      {
        delivery,
        failure: {
          reason: 'unreachable',
          loss: 'connection-refused',
          target: { element: { poolElement: { identifier: 1 } } },
        },
      },
    ]);
    expect(bench.events('deliveryFailed')).toMatchObject([{ message: messageOf(7), mayHaveArrived: false }]);
  });

  test('a message that the transport gives back goes to another element, or is told of without failover', () => {
    const bench = new Bench([1, 2]);
    bench.deliver(toPool, 7);
    bench.give({ type: 'sendFailed', association: bench.association(1), message: messageOf(7) });
    bench.lose(1);
    expect(bench.sent(2)).toEqual([7]);
    expect(bench.of('delivered')).toHaveLength(1);
    expect(bench.events('messageSent')).toHaveLength(2);

    const other = new Bench([1, 2]);
    const delivery = other.deliver(toElement(1), 7, { failover: false });
    other.give({ type: 'sendFailed', association: other.association(1), message: messageOf(7) });
    other.lose(1);
    expect(other.sent(2)).toEqual([]);
    expect(other.events('deliveryFailed')).toMatchObject([
      { delivery, message: messageOf(7), mayHaveArrived: true, failure: { loss: 'send-failed' } },
    ]);
    expect(other.of('notDelivered')).toEqual([]);
  });

  test('ASAP_SEND_TO_LAST: the element that got the last message gets this one, while it lives', () => {
    const bench = new Bench([1, 2, 3]);
    bench.deliver(toPool, 1, { toLast: true });
    bench.deliver(toPool, 2, { toLast: true });
    bench.deliver(toPool, 3);
    bench.deliver(toPool, 4, { toLast: true });
    expect([bench.sent(1), bench.sent(2)]).toEqual([
      [1, 2],
      [3, 4],
    ]);
    bench.lose(2);
    bench.dead.add(2);
    bench.deliver(toPool, 5, { toLast: true });
    expect(bench.sent(3)).toEqual([5]);
  });

  test('ASAP_SEND_TO_ALL: every element gets a copy, and failures are told one by one', () => {
    const bench = new Bench([1, 2, 3]);
    bench.dead.add(2);
    const delivery = bench.deliver(toPool, 7, { toAll: true });
    expect([bench.sent(1), bench.sent(2), bench.sent(3)]).toEqual([[7], [], [7]]);
    const [answer] = bench.of('delivered');
    expect(answer?.targets.map(({ element }) => element?.poolElement.identifier)).toEqual([1, 3]);
    expect(answer?.failures).toMatchObject([{ reason: 'unreachable', loss: 'connection-refused' }]);
    expect(bench.events('deliveryFailed')).toMatchObject([{ delivery, message: messageOf(7) }]);
  });

  test('ASAP_SEND_TO_ALL leaves the policy where it was', () => {
    const bench = new Bench([1, 2, 3]);
    bench.deliver(toPool, 1);
    bench.deliver(toPool, 2, { toAll: true });
    bench.deliver(toPool, 3);
    expect(bench.sent(2)).toEqual([2, 3]);
  });

  test('ASAP_SEND_TO_SELF: the sender gets a copy only when it wants one', () => {
    const ownCard = () => ({ poolHandle, poolElements: [elementOf(2)] });
    const bench = new Bench([1, 2], { ownCard });
    bench.deliver(toPool, 7, { toAll: true });
    expect([bench.sent(1), bench.sent(2)]).toEqual([['ASAP_BUSINESS_CARD', 7], []]);
    bench.deliver(toPool, 8, { toAll: true, toSelf: true });
    expect([bench.sent(1), bench.sent(2)]).toEqual([
      ['ASAP_BUSINESS_CARD', 7, 8],
      ['ASAP_BUSINESS_CARD', 8],
    ]);
    const elsewhere = new Bench([1, 2], {
      ownCard: () => ({ poolHandle: poolHandleFromText('OtherPool'), poolElements: [elementOf(2)] }),
    });
    elsewhere.deliver(toPool, 7, { toAll: true });
    expect(elsewhere.sent(2)).toEqual(['ASAP_BUSINESS_CARD', 7]);
  });

  test('a copy for all of a pool that has nobody else is delivered to nobody', () => {
    const bench = new Bench([2], { ownCard: () => ({ poolHandle, poolElements: [elementOf(2)] }) });
    const delivery = bench.deliver(toPool, 7, { toAll: true });
    expect(bench.of('delivered')).toEqual([{ type: 'delivered', delivery, targets: [], failures: [] }]);
  });
});

describe('RFC 5352 section 6.5.3: sending to a pool element handle', () => {
  test('sends there, and has the pool handle resolved into the cache', () => {
    const bench = new Bench([1, 2]);
    bench.deliver(toElement(2), 7);
    expect(bench.sent(2)).toEqual([7]);
    expect(bench.of('populateCache')).toMatchObject([{ poolHandle }]);
    expect(bench.of('resolve')).toEqual([]);
  });

  test('another element gets it where that one is unreachable', () => {
    const bench = new Bench([1, 2]);
    bench.dead.add(2);
    bench.deliver(toElement(2), 7);
    expect(bench.sent(1)).toEqual([7]);
  });
});

describe('RFC 5352 section 6.5.4: sending to a transport address', () => {
  test('sends there: nothing is resolved, reported or sent elsewhere', () => {
    const bench = new Bench([1, 2]);
    bench.deliver(toAddress, 7);
    expect(bench.sent(1)).toEqual([7]);
    bench.lose(1);
    bench.dead.add(1);
    const delivery = bench.deliver(toAddress, 8, { failover: true });
    expect(bench.of('notDelivered')).toMatchObject([{ delivery, failure: { reason: 'unreachable' } }]);
    for (const type of ['resolve', 'populateCache', 'reportUnreachable'] as const) {
      expect(bench.of(type)).toEqual([]);
    }
  });

  test('its control channel is not used', () => {
    const ownCard = () => ({ poolHandle, poolElements: [elementOf(2)] });
    const bench = new Bench([1], { ownCard });
    bench.deliver(toAddress, 7);
    bench.give(control(bench, 1, { type: 'ASAP_COOKIE', cookie: Uint8Array.of(1) }));
    expect(bench.sent(1)).toEqual([7]);
  });
});

function control(bench: Bench, identifier: number, message: AsapMessage): DeliveryInput {
  return { type: 'control', association: bench.association(identifier), message, reports: [] };
}

describe('RFC 5352 sections 3.8 and 3.9: what a lost element leaves behind', () => {
  test('its cookie goes to its successor first, and its card says who that is', () => {
    const bench = new Bench([1, 2, 3]);
    bench.deliver(toElement(1), 7);
    bench.give(control(bench, 1, { type: 'ASAP_COOKIE', cookie: Uint8Array.of(9) }));
    const poolElements = [elementOf(3)];
    bench.give(control(bench, 1, { type: 'ASAP_BUSINESS_CARD', poolHandle, poolElements }));
    bench.give({ type: 'sendFailed', association: bench.association(1), message: messageOf(7) });
    bench.lose(1);
    expect(bench.sent(3)).toEqual(['ASAP_COOKIE_ECHO', 7]);
    expect(bench.of('sendControl')).toMatchObject([{ message: { cookie: Uint8Array.of(9) } }]);
  });

  test('an element that refuses the cookie has served nothing: the message goes on', () => {
    const bench = new Bench([1, 2]);
    bench.deliver(toElement(1), 7);
    bench.give(control(bench, 1, { type: 'ASAP_COOKIE', cookie: Uint8Array.of(9) }));
    bench.give({ type: 'notSent', association: bench.association(1), message: messageOf(7) });
    bench.lose(1);
    expect(bench.sent(2)).toEqual(['ASAP_COOKIE_ECHO', 7]);
    bench.pool = [1, 2, 3];
    bench.give(control(bench, 2, { type: 'ASAP_ERROR', error: { causes: [rejectedDueToSecurityCause()] } }));
    expect(bench.sent(3)).toEqual(['ASAP_COOKIE_ECHO', 7]);
    expect(bench.of('close')).toEqual([{ type: 'close', association: 2, abort: false }]);
  });

  test('an element that has served cannot have its messages sent again by refusing the cookie afterwards', () => {
    const bench = new Bench([1, 2]);
    bench.deliver(toElement(1), 7);
    bench.give(control(bench, 1, { type: 'ASAP_COOKIE', cookie: Uint8Array.of(9) }));
    bench.give({ type: 'sendFailed', association: bench.association(1), message: messageOf(7) });
    bench.lose(1);
    bench.give({ type: 'data', association: bench.association(2), message: messageOf(8) });
    bench.give(control(bench, 2, { type: 'ASAP_ERROR', error: { causes: [rejectedDueToSecurityCause()] } }));
    expect(bench.of('close')).toEqual([]);
    expect(bench.events('deliveryControlError')).toMatchObject([{ messageType: 'ASAP_ERROR' }]);
    expect(bench.of('sendData')).toHaveLength(2);
  });
});

describe('single messages are bounded', () => {
  test('a message that gets nowhere fails when its time is over', () => {
    const bench = new Bench([1, 2]);
    bench.deliver(toElement(1), 1);
    bench.give({ type: 'congested', association: bench.association(1) });
    const delivery = bench.deliver(toElement(1), 2);
    bench.expire();
    expect(bench.now).toBe(30_000);
    expect(bench.of('notDelivered')).toEqual([
      { type: 'notDelivered', delivery, failure: { reason: 'timeout' } },
    ]);
    expect(bench.events('deliveryFailed')).toMatchObject([{ message: messageOf(2) }]);
    bench.give({ type: 'writable', association: bench.association(1) });
    expect(bench.sent(1)).toEqual([1]);
  });

  test('an element that does not answer is left for another one after elementConnectTimeoutMs', () => {
    const bench = new Bench([1, 2]);
    bench.silent.add(1);
    bench.deliver(toPool, 7);
    bench.expire();
    expect(bench.now).toBe(2000);
    expect(bench.sent(2)).toEqual([7]);
    expect(bench.of('close')).toEqual([{ type: 'close', association: 1, abort: true }]);
    expect(bench.of('reportUnreachable')).toMatchObject([{ poolElementIdentifier: 1 }]);
  });

  test('an association that nothing goes over is closed', () => {
    const bench = new Bench([1]);
    bench.deliver(toPool, 7);
    bench.now = 9_000;
    bench.give({ type: 'data', association: bench.association(1), message: messageOf(8) });
    bench.expire();
    expect(bench.now).toBe(19_000);
    expect(bench.of('close')).toEqual([{ type: 'close', association: 1, abort: false }]);
    expect(bench.machine.nextTimeout()).toBeUndefined();
    bench.deliver(toPool, 9);
    expect(bench.of('open')).toHaveLength(2);
  });

  test('where there are too many associations the idlest one goes, and none that is busy', () => {
    const bench = new Bench([1], { limits: { maximumAssociations: 2 } });
    for (const identifier of [1, 2]) bench.deliver(toElement(identifier), identifier);
    bench.deliver(toElement(1), 3);
    bench.deliver(toElement(3), 4);
    expect(bench.of('close')).toEqual([{ type: 'close', association: 2, abort: false }]);
    bench.silent.add(4);
    bench.silent.add(5);
    bench.deliver(toElement(4), 5);
    bench.deliver(toElement(5), 6);
    expect(bench.of('notDelivered')).toEqual([]);
    const delivery = bench.deliver(toElement(6), 7, { failover: false });
    expect(bench.of('notDelivered')).toEqual([
      { type: 'notDelivered', delivery, failure: { reason: 'limit' } },
    ]);
  });

  test('too many messages or bytes are refused', () => {
    const bench = new Bench([-1], { limits: { maximumWaitingMessages: 2, maximumWaitingBytes: 100 } });
    bench.deliver(toPool, 1);
    bench.deliver(toPool, 2);
    bench.deliver(toPool, 3);
    expect(bench.of('notDelivered')).toMatchObject([{ delivery: 3, failure: { reason: 'limit' } }]);
    bench.give({ type: 'cancelDelivery', delivery: 1 });
    expect(bench.of('cancelResolution')).toHaveLength(1);
    const message = { ...messageOf(0), data: new Uint8Array(100) };
    bench.give({ type: 'deliver', delivery: 9, destination: toPool, message });
    expect(bench.of('notDelivered').at(-1)).toMatchObject({ delivery: 9, failure: { reason: 'limit' } });
    bench.give({ type: 'cancelDelivery', delivery: 2 });
    bench.give({ type: 'deliver', delivery: 10, destination: toPool, message });
    expect(bench.of('notDelivered')).toHaveLength(2);
  });

  test('a number that is in use is refused, one that was answered is free again', () => {
    const bench = new Bench([-1]);
    bench.deliver(toPool, 1);
    const again = { type: 'deliver', delivery: 1, destination: toPool, message: messageOf(1) } as const;
    expect(() => bench.give(again)).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
    bench.give({ type: 'cancelDelivery', delivery: 1 });
    bench.give(again);
    expect(bench.of('resolve')).toHaveLength(2);
  });

  test('shutdown fails what waits, closes all, and nothing is taken afterwards', () => {
    const bench = new Bench([1]);
    bench.deliver(toPool, 1);
    bench.pool = [-1];
    bench.deliver(toPool, 2);
    bench.give({ type: 'shutdown' });
    bench.deliver(toPool, 3);
    expect(bench.of('notDelivered').map(({ failure }) => failure.reason)).toEqual(['closed', 'closed']);
    expect(bench.of('close')).toHaveLength(1);
    expect(bench.machine.nextTimeout()).toBeUndefined();
  });

  test('whatever the network does, each message gets exactly one answer, and nothing is left', () => {
    const step = fc.oneof(
      fc.record({
        type: fc.constant('deliver' as const),
        element: fc.integer({ min: 0, max: 5 }),
        options: fc.record({ failover: fc.boolean(), toLast: fc.boolean(), toAll: fc.boolean() }),
      }),
      fc.record({
        type: fc.constantFrom(
          'lose',
          'congested',
          'writable',
          'sendFailed',
          'notSent',
          'cookie',
          'refuse',
          'expire',
        ),
        element: fc.integer({ min: 1, max: 5 }),
      }),
      fc.record({ type: fc.constantFrom('die', 'hang', 'live'), element: fc.integer({ min: 1, max: 5 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const bench = new Bench([1, 2, 3, 4, 5]);
        let count = 0;
        for (const one of steps) {
          const { element } = one;
          const association = bench.association(element);
          if ('options' in one) {
            count += 1;
            const { toAll, toLast, failover } = one.options;
            if (element === 0) bench.deliver(toPool, count, { failover, toLast, toAll });
            else bench.deliver(toElement(element), count, { failover });
          } else if (one.type === 'die') bench.dead.add(element);
          else if (one.type === 'hang') bench.silent.add(element);
          else if (one.type === 'live') {
            bench.dead.delete(element);
            bench.silent.delete(element);
          } else if (one.type === 'expire') bench.expire();
          else if (one.type === 'lose') bench.lose(element);
          else if (one.type === 'congested' || one.type === 'writable')
            bench.give({ type: one.type, association });
          else if (one.type === 'sendFailed' || one.type === 'notSent') {
            const last = bench.of('sendData').findLast((output) => output.association === association);
            if (last !== undefined) bench.give({ type: one.type, association, message: last.message });
          } else if (one.type === 'cookie') {
            bench.give(control(bench, element, { type: 'ASAP_COOKIE', cookie: Uint8Array.of(element) }));
          } else {
            const error = { causes: [rejectedDueToSecurityCause()] };
            bench.give(control(bench, element, { type: 'ASAP_ERROR', error }));
          }
        }
        for (let round = 0; round < 1000 && bench.machine.nextTimeout() !== undefined; round += 1)
          bench.expire();
        expect(bench.machine.nextTimeout()).toBeUndefined();
        const answers = [...bench.of('delivered'), ...bench.of('notDelivered')].map(
          ({ delivery }) => delivery,
        );
        expect(answers.toSorted((left, right) => left - right)).toEqual(
          Array.from({ length: count }, (_none, index) => index + 1),
        );
      }),
    );
  });
});

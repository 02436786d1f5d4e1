import type { AsapMessage } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { RegistrarHand } from '../testing/registrar-hand.fixture.ts';
import { echo, endpoint, knownElement, other } from '../testing/samples.fixture.ts';
import type { AsapRegistrarOptions } from './asap-registrar-options.ts';

type Response = Extract<AsapMessage, { type: 'ASAP_HANDLE_RESOLUTION_RESPONSE' }>;

/** A registrar whose pool `echo` has the elements 1 .. count of another registrar, and users at associations 50 to 59. */
function withPool(count: number, options: Partial<AsapRegistrarOptions> = {}): RegistrarHand {
  const registrar = new RegistrarHand(options);
  for (let identifier = 1; identifier <= count; identifier++) add(registrar, identifier);
  for (let user = 50; user < 60; user++) registrar.hand.accept(user, endpoint(`10.2.0.${String(user)}:5000`));
  registrar.hand.pass(0);
  return registrar;
}

function add(registrar: RegistrarHand, identifier: number, poolHandle: Uint8Array = echo): void {
  registrar.handlespace.register(poolHandle, knownElement('10.1.0.1', identifier, 99));
}

function remove(registrar: RegistrarHand, identifier: number, poolHandle: Uint8Array = echo): void {
  registrar.handlespace.remove(registrar.handlespace.find(poolHandle, identifier) ?? -1);
}

function ask(
  registrar: RegistrarHand,
  association: number,
  subscribe: boolean = true,
  poolHandle: Uint8Array = echo,
): Response {
  const step = registrar.hand.message(association, { type: 'ASAP_HANDLE_RESOLUTION', subscribe, poolHandle });
  return step.messages[0] as Response;
}

/** What was sent within a time: to whom, with which elements. */
function updates(registrar: RegistrarHand, durationMs: number = 0): [number, number[]][] {
  return registrar.hand.pass(durationMs).sends.map(({ association, message }) => {
    const { poolElements } = message as Response;
    return [association, poolElements.map((element) => element.identifier)];
  });
}

describe('RFC 5352 section 2.2.5: dynamic updates at the registrar', () => {
  test('who asked with the S flag is told of every change, with the A flag, for as long as the association lives', () => {
    const registrar = withPool(1);
    expect(ask(registrar, 50)).toMatchObject({ subscribed: true, poolElements: [{ identifier: 1 }] });
    add(registrar, 2);
    const [update] = registrar.hand.pass(0).sends;
    expect(update).toMatchObject({
      association: 50,
      message: {
        type: 'ASAP_HANDLE_RESOLUTION_RESPONSE',
        subscribed: true,
        policy: { type: 'roundRobin' },
        poolElements: [{ identifier: 1 }, { identifier: 2 }],
      },
    });
    remove(registrar, 1);
    expect(updates(registrar, 10_000)).toEqual([[50, [2]]]);
    registrar.hand.lose(50);
    add(registrar, 3);
    expect(updates(registrar, 10_000)).toEqual([]);
    expect(registrar.machine.subscriptionCount).toBe(0);
  });

  test('who asked without it is told nothing', () => {
    const registrar = withPool(1);
    ask(registrar, 50, false);
    add(registrar, 2);
    expect(updates(registrar, 10_000)).toEqual([]);
  });

  test('an own element that registers, dies or leaves is a change, as is one that a peer tells of', () => {
    const registrar = withPool(1, { timing: { keepAliveIntervalMs: 1e9, poolUpdateIntervalMs: 0 } });
    ask(registrar, 50);
    const toUser = (step: { sends: readonly { association: number; message: AsapMessage }[] }): number[][] =>
      step.sends
        .filter((send) => send.association === 50)
        .map((send) => (send.message as Response).poolElements.map((element) => element.identifier));
    expect(toUser(registrar.register(7))).toEqual([[1, 7]]);
    expect(toUser(registrar.register(8, { registrationLife: 5 }))).toEqual([[1, 7, 8]]);
    expect(toUser(registrar.hand.pass(5_000))).toEqual([[1, 7]]);
    registrar.handlespace.takeOver(99, 1);
    const [takenOver] = registrar.hand.pass(0).sends;
    expect(takenOver).toMatchObject({
      association: 50,
      message: { poolElements: [{ homeRegistrar: 1 }, {}] },
    });
    const message = { type: 'ASAP_DEREGISTRATION', poolHandle: echo, poolElementIdentifier: 7 } as const;
    expect(toUser(registrar.hand.message(7, message))).toEqual([[1]]);
  });

  test('a change of other pools is nobody’s business, and neither is a re-registration that changes nothing', () => {
    const registrar = withPool(2);
    ask(registrar, 50);
    add(registrar, 9, other);
    add(registrar, 1);
    expect(updates(registrar, 10_000)).toEqual([]);
    registrar.handlespace.register(echo, knownElement('10.1.0.1', 1, 99, { registrationLife: 77 }));
    expect(updates(registrar, 10_000)).toEqual([[50, [1, 2]]]);
  });

  test('the first change is sent at once, those within the pause after it together, and only if they amount to something', () => {
    const registrar = withPool(1, { timing: { poolUpdateIntervalMs: 1_000 } });
    ask(registrar, 50);
    add(registrar, 2);
    expect(updates(registrar)).toEqual([[50, [1, 2]]]);
    for (let identifier = 3; identifier <= 9; identifier++) {
      add(registrar, identifier);
      expect(updates(registrar, 100)).toEqual([]);
    }
    expect(updates(registrar, 299)).toEqual([]);
    expect(updates(registrar, 1)).toEqual([[50, [1, 2, 3, 4, 5, 6, 7, 8, 9]]]);
    add(registrar, 10);
    remove(registrar, 10);
    expect(updates(registrar, 5_000)).toEqual([]);
  });

  test('a takeover of its elements is a change of a pool, and of others it is not', () => {
    const registrar = withPool(2);
    ask(registrar, 50);
    registrar.handlespace.register(other, knownElement('10.1.0.1', 9, 98));
    registrar.handlespace.takeOver(98, 97);
    expect(updates(registrar, 10_000)).toEqual([]);
    registrar.handlespace.takeOver(99, 97);
    expect(registrar.hand.pass(10_000).messages).toMatchObject([
      { poolElements: [{ homeRegistrar: 97 }, { homeRegistrar: 97 }] },
    ]);
  });

  test('updates count for nothing in the policy of the pool', () => {
    const answered = [true, false].map((subscribe) => {
      const registrar = withPool(3, { timing: { poolUpdateIntervalMs: 0 } });
      ask(registrar, 50, subscribe);
      for (let identifier = 4; identifier <= 5; identifier++) {
        add(registrar, identifier);
        expect(updates(registrar)).toHaveLength(subscribe ? 1 : 0);
      }
      return ask(registrar, 51, false).poolElements.map((element) => element.identifier);
    });
    expect(answered[0]).toEqual(answered[1]);
  });

  test('a pool that disappears is told of by a negative answer, and no updates follow when it is there again', () => {
    const registrar = withPool(1);
    ask(registrar, 50);
    remove(registrar, 1);
    const step = registrar.hand.pass(0);
    expect(step.messages).toMatchObject([
      { subscribed: false, poolElements: [], error: { causes: [{ code: 9 }] } },
    ]);
    expect(step.events('poolUpdated')).toMatchObject([{ elements: 0, subscribers: 1 }]);
    add(registrar, 2);
    expect(updates(registrar, 10_000)).toEqual([]);
    expect(registrar.machine.subscriptionCount).toBe(0);
    expect(ask(registrar, 50).subscribed).toBe(true);
    add(registrar, 3);
    expect(updates(registrar, 10_000)).toEqual([[50, [2, 3]]]);
  });

  test('no updates follow a negative answer', () => {
    const registrar = withPool(0);
    expect(ask(registrar, 50)).toMatchObject({ subscribed: false, error: { causes: [{ code: 9 }] } });
    add(registrar, 1);
    expect(updates(registrar, 10_000)).toEqual([]);
  });

  test('a list that does not fit is cut, and counted', () => {
    const registrar = withPool(3, { limits: { maximumResolutionItems: 3 } });
    ask(registrar, 50);
    remove(registrar, 1);
    add(registrar, 4);
    add(registrar, 5);
    expect(updates(registrar)).toEqual([[50, [2, 3, 4]]]);
    expect(registrar.machine.counters.updatesTruncated).toBe(1);
  });

  test('asking again does not make two subscriptions', () => {
    const registrar = withPool(1);
    ask(registrar, 50);
    ask(registrar, 50);
    expect(registrar.machine.subscriptionCount).toBe(1);
    add(registrar, 2);
    expect(updates(registrar, 10_000)).toEqual([[50, [1, 2]]]);
  });

  test('who subscribes while a change waits is told of what it was answered and of what it was not', () => {
    const registrar = withPool(1);
    ask(registrar, 50);
    add(registrar, 2);
    updates(registrar);
    add(registrar, 3);
    expect(ask(registrar, 51).poolElements).toHaveLength(3);
    remove(registrar, 3);
    // To 50 nothing has changed; 51 still thinks that there is a third one.
    expect(updates(registrar, 10_000)).toContainEqual([51, [1, 2]]);
  });
});

describe('an association that does not take its updates', () => {
  const hold = (registrar: RegistrarHand): void => {
    registrar.hand.give({ type: 'congestion', association: 50, isCongested: true });
  };

  test('gets only the newest state once it does, and holds up nobody', () => {
    const registrar = withPool(1, { timing: { poolUpdateIntervalMs: 0 } });
    ask(registrar, 50);
    ask(registrar, 51);
    hold(registrar);
    for (let identifier = 2; identifier <= 5; identifier++) {
      add(registrar, identifier);
      expect(updates(registrar).map(([association]) => association)).toEqual([51]);
    }
    expect(registrar.machine.counters.updatesSuperseded).toBe(3);
    const step = registrar.hand.give({ type: 'congestion', association: 50, isCongested: false });
    expect(step.sends).toMatchObject([
      { association: 50, message: { poolElements: [1, 2, 3, 4, 5].map((identifier) => ({ identifier })) } },
    ]);
    expect(updates(registrar, 10_000)).toEqual([]);
  });

  test('is told that a pool is gone, also when it has come back meanwhile', () => {
    const registrar = withPool(1);
    ask(registrar, 50);
    hold(registrar);
    remove(registrar, 1);
    updates(registrar);
    add(registrar, 1);
    const step = registrar.hand.give({ type: 'congestion', association: 50, isCongested: false });
    expect(step.messages).toMatchObject([{ error: { causes: [{ code: 9 }] } }]);
  });

  test('is not sent what is older than an answer that it got', () => {
    const registrar = withPool(1, { timing: { poolUpdateIntervalMs: 0 } });
    ask(registrar, 50);
    hold(registrar);
    add(registrar, 2);
    updates(registrar);
    expect(ask(registrar, 50).poolElements).toHaveLength(2);
    expect(registrar.hand.give({ type: 'congestion', association: 50, isCongested: false }).sends).toEqual(
      [],
    );
  });

  test('takes one update at a time, so that it can say that it is full before the next', () => {
    const registrar = withPool(1);
    add(registrar, 1, other);
    registrar.hand.pass(0);
    ask(registrar, 50);
    ask(registrar, 50, true, other);
    add(registrar, 2);
    add(registrar, 2, other);
    registrar.machine.handleTimeout(registrar.hand.now);
    const first = registrar.hand.give({ type: 'congestion', association: 50, isCongested: true });
    expect(first.sends).toHaveLength(1);
    expect(updates(registrar, 10_000)).toEqual([]);
    expect(
      registrar.hand.give({ type: 'congestion', association: 50, isCongested: false }).sends,
    ).toHaveLength(1);
  });

  test('leaves nothing behind when it is lost', () => {
    const registrar = withPool(1);
    ask(registrar, 50);
    hold(registrar);
    add(registrar, 2);
    updates(registrar);
    registrar.hand.lose(50);
    expect(registrar.machine.subscriptionCount).toBe(0);
    expect(registrar.machine.nextTimeout()).toBeUndefined();
  });
});

describe('limits of subscriptions', () => {
  test('one association subscribes to a limited number of pools; the answer has the elements all the same', () => {
    const registrar = withPool(1, { limits: { maximumSubscriptionsPerAssociation: 1 } });
    add(registrar, 1, other);
    ask(registrar, 50);
    const step = registrar.hand.message(50, {
      type: 'ASAP_HANDLE_RESOLUTION',
      subscribe: true,
      poolHandle: other,
    });
    expect(step.messages).toMatchObject([{ subscribed: false, poolElements: [{ identifier: 1 }] }]);
    expect(step.events()).toMatchObject([
      { type: 'subscriptionRefused', limit: 'maximumSubscriptionsPerAssociation', association: 50 },
    ]);
    expect(ask(registrar, 51, true, other).subscribed).toBe(true);
    expect(registrar.machine.counters).toMatchObject({ subscriptions: 2, subscriptionsRefused: 1 });
  });

  test('there is a limited number altogether, and one that ends makes room', () => {
    const registrar = withPool(1, { limits: { maximumSubscriptions: 2 } });
    expect([50, 51, 52].map((user) => ask(registrar, user).subscribed)).toEqual([true, true, false]);
    registrar.hand.lose(50);
    expect(ask(registrar, 52).subscribed).toBe(true);
  });

  test('a pool with many subscribers is told to some at a time, and to all', () => {
    const registrar = withPool(1);
    for (let user = 1_000; user < 2_000; user++) {
      registrar.hand.accept(user, endpoint(`10.${String(user >> 8)}.${String(user & 255)}.1:5000`));
      ask(registrar, user);
    }
    add(registrar, 2);
    registrar.machine.handleTimeout(registrar.hand.now);
    let first = 0;
    for (let output = registrar.machine.poll(); output !== undefined; output = registrar.machine.poll()) {
      if (output.type === 'send') first += 1;
    }
    expect(first).toBe(256);
    expect(registrar.machine.nextTimeout()).toBe(registrar.hand.now);
    expect(updates(registrar)).toHaveLength(744);
  });
});

import { ErrorCauseCode } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { me, RegistrarHand } from '../testing/registrar-hand.fixture.ts';
import { echo, endpoint, knownElement, seeded } from '../testing/samples.fixture.ts';
import { asapRegistrarTimingProfiles } from '../timing/asap-timing-profiles.ts';

const keepAlive = {
  type: 'ASAP_ENDPOINT_KEEP_ALIVE',
  home: false,
  serverIdentifier: me,
  poolHandle: echo,
  poolElementIdentifier: 7,
};

describe('RFC 5352 section 3.5: periodic keep-alives to own elements', () => {
  test('each own element gets one per interval over its association, with the H flag 0', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    const step = registrar.hand.pass(5_001);
    expect(step.sends).toEqual([{ type: 'send', association: 7, message: keepAlive }]);
  });

  test('the time between two varies by plus or minus 50 percent', () => {
    const times = Array.from({ length: 200 }, (_, seed) => {
      const registrar = new RegistrarHand({ random: seeded(seed) });
      registrar.register(7, { registrationLife: -1 });
      return registrar.machine.nextTimeout() ?? 0;
    });
    expect(Math.min(...times)).toBeGreaterThanOrEqual(2_500);
    expect(Math.min(...times)).toBeLessThan(2_700);
    expect(Math.max(...times)).toBeLessThanOrEqual(7_500);
    expect(Math.max(...times)).toBeGreaterThan(7_300);
  });

  test('in the profile rsplib the time between two is always the same', () => {
    const registrar = new RegistrarHand({ random: seeded(1), timing: asapRegistrarTimingProfiles.rsplib });
    registrar.register(7, { registrationLife: -1 });
    expect(registrar.machine.nextTimeout()).toBe(5_000);
  });

  test('a registration begins the time to the next one anew, and answers an outstanding one', () => {
    const registrar = new RegistrarHand();
    registrar.register(7, { registrationLife: -1 });
    registrar.hand.pass(4_000);
    registrar.registerAgain(7, { registrationLife: -1 });
    expect(registrar.hand.pass(4_000).messages).toEqual([]);
    expect(registrar.hand.pass(1_001).messages).toEqual([keepAlive]);
    registrar.registerAgain(7, { registrationLife: -1 });
    expect(registrar.hand.pass(5_001).messages).toEqual([keepAlive]);
    expect(registrar.find(7)).toBeDefined();
  });

  test('with registrationRestartsKeepAlive false a registration changes nothing about them', () => {
    const registrar = new RegistrarHand({ timing: { registrationRestartsKeepAlive: false } });
    registrar.register(7, { registrationLife: -1 });
    registrar.hand.pass(4_000);
    registrar.registerAgain(7, { registrationLife: -1 });
    expect(registrar.hand.pass(1_001).messages).toEqual([keepAlive]);
    registrar.registerAgain(7, { registrationLife: -1 });
    const step = registrar.hand.pass(5_000);
    expect(step.events('elementRemoved')).toMatchObject([{ reason: 'keepAliveTimeout' }]);
  });

  test('an element that acknowledges stays', () => {
    const registrar = new RegistrarHand();
    registrar.register(7, { registrationLife: -1 });
    for (let round = 0; round < 20; round++) {
      expect(registrar.hand.pass(5_001).messages).toHaveLength(1);
      expect(registrar.acknowledge(7).outputs).toEqual([]);
    }
    expect(registrar.machine.counters).toMatchObject({ keepAlivesSent: 20, keepAlivesAcknowledged: 20 });
  });

  test('an element that does not is removed, the peers are told, and the association is aborted', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    registrar.hand.pass(5_001);
    expect(registrar.hand.pass(4_999).outputs).toEqual([]);
    const step = registrar.hand.pass(2);
    expect(step.events('elementRemoved')).toMatchObject([{ reason: 'keepAliveTimeout', own: true }]);
    expect(step.of('handleUpdate')).toMatchObject([{ action: 'delete', poolElement: { identifier: 7 } }]);
    expect(step.closes).toEqual([{ type: 'close', association: 7, abort: true }]);
    expect(registrar.find(7)).toBeUndefined();
    expect(registrar.machine.nextTimeout()).toBeUndefined();
  });

  test('in the profile lan a hung element is gone in less than a second', () => {
    const registrar = new RegistrarHand({
      random: seeded(3),
      timing: { keepAliveIntervalMs: 250, keepAliveTimeoutMs: 400 },
    });
    registrar.register(7);
    expect(registrar.hand.pass(999).events('elementRemoved')).toHaveLength(1);
  });

  test('an association that other elements use is left open', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    const { userTransport, policy, registrationLife } = knownElement('10.1.0.7', 8, 0);
    registrar.hand.message(7, {
      type: 'ASAP_REGISTRATION',
      poolHandle: echo,
      poolElement: { identifier: 8, homeRegistrar: 0, registrationLife, userTransport, policy },
    });
    registrar.hand.pass(5_001);
    registrar.acknowledge(7, 8);
    const step = registrar.hand.pass(4_999.5);
    expect(step.events('elementRemoved')).toHaveLength(1);
    expect(step.closes).toEqual([]);
  });

  test('only the acknowledgement over the association that was asked counts', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    registrar.hand.accept(66, endpoint('10.6.6.6:66'));
    registrar.hand.pass(5_001);
    registrar.acknowledge(66, 7);
    registrar.acknowledge(7, 8);
    expect(registrar.machine.counters.keepAlivesUnexpected).toBe(2);
    expect(registrar.hand.pass(5_000).events('elementRemoved')).toHaveLength(1);
  });

  test('a registration is a sign of life: the keep-alive that is outstanding needs no answer', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    registrar.hand.pass(5_001);
    registrar.registerAgain(7);
    expect(registrar.hand.pass(4_999).outputs).toEqual([]);
    expect(registrar.find(7)).toBeDefined();
  });

  test('elements of other registrars are not watched', () => {
    const registrar = new RegistrarHand();
    registrar.handlespace.register(echo, knownElement('10.1.0.7', 7, 99));
    expect(registrar.hand.pass(1_000_000).outputs).toEqual([]);
  });
});

describe('the association to an own element breaks', () => {
  test('the element is probed at once over a new association to its ASAP transport', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    const step = registrar.hand.lose(7);
    expect(step.eventTypes).toEqual(['elementAssociationLost', 'elementProbed']);
    expect(step.opens).toEqual([{ type: 'open', association: 1_001, remote: endpoint('10.1.0.7:4000') }]);
    expect(registrar.hand.up(1_001, endpoint('10.1.0.7:4000')).sends).toEqual([
      { type: 'send', association: 1_001, message: keepAlive },
    ]);
    const alive = registrar.acknowledge(1_001, 7);
    expect(alive.events('elementAlive')).toMatchObject([{ reason: 'associationLost' }]);
    expect(registrar.hand.pass(5_001).sends).toMatchObject([{ association: 1_001 }]);
  });

  test('an element that was killed is removed as soon as the new association is refused', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    registrar.hand.lose(7);
    const step = registrar.hand.lose(1_001, 'refused');
    expect(step.events('elementRemoved')).toMatchObject([{ reason: 'unreachable', own: true }]);
    expect(step.of('handleUpdate')).toMatchObject([{ action: 'delete' }]);
  });

  test('an element whose host does not answer is removed when the keep-alive times out', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    registrar.hand.lose(7);
    const step = registrar.hand.pass(5_000);
    expect(step.events('elementRemoved')).toMatchObject([{ reason: 'keepAliveTimeout' }]);
    expect(step.closes).toEqual([{ type: 'close', association: 1_001, abort: true }]);
  });

  test('elements of one endpoint share one new association', () => {
    const registrar = new RegistrarHand();
    registrar.hand.accept(1, endpoint('10.1.0.1:4000'));
    for (const identifier of [1, 2, 3]) {
      const { userTransport, policy, registrationLife } = knownElement('10.1.0.1', identifier, 0);
      registrar.hand.message(1, {
        type: 'ASAP_REGISTRATION',
        poolHandle: echo,
        poolElement: { identifier, homeRegistrar: 0, registrationLife, userTransport, policy },
      });
    }
    expect(registrar.hand.lose(1).opens).toHaveLength(1);
    expect(registrar.hand.up(1_001).messages).toHaveLength(3);
    expect(registrar.hand.lose(1_001).events('elementRemoved')).toHaveLength(3);
  });

  test('an element that accepts associations only to break them is not chased', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    registrar.hand.lose(7);
    let opened = 0;
    for (let round = 0; round < 4_000; round++) {
      registrar.hand.up(1_001 + opened, endpoint('10.1.0.7:4000'));
      registrar.acknowledge(1_001 + opened, 7);
      opened += registrar.hand.lose(1_001 + opened).opens.length;
      opened += registrar.hand.pass(5).opens.length;
    }
    expect(opened).toBeGreaterThan(0);
    expect(opened).toBeLessThan(10);
  });

  test('when the association breaks under a keep-alive the element gets another chance', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    registrar.hand.pass(5_001);
    expect(registrar.hand.lose(7).opens).toHaveLength(1);
    registrar.hand.up(1_001);
    registrar.acknowledge(1_001, 7);
    expect(registrar.find(7)).toBeDefined();
  });
});

describe('RFC 5353 section 3.5: adoption of elements after a takeover', () => {
  function takenOver(count: number, limits: { maximumOutstandingProbes?: number } = {}) {
    const registrar = new RegistrarHand({ limits });
    for (let number = 1; number <= count; number++) {
      registrar.handlespace.register(
        echo,
        knownElement(`10.1.${String(number >> 8)}.${String(number & 0xff)}`, number, 99),
      );
    }
    const elements = registrar.handlespace.takeOver(99, me);
    return { registrar, step: registrar.hand.give({ type: 'adopt', elements }) };
  }

  test('each element gets a keep-alive with the H flag over a new association', () => {
    const { registrar, step } = takenOver(1);
    expect(step.opens).toHaveLength(1);
    const up = registrar.hand.up(1_001, endpoint('10.1.0.1:4000'));
    expect(up.messages).toEqual([{ ...keepAlive, home: true, poolElementIdentifier: 1 }]);
    expect(registrar.acknowledge(1_001, 1).events('elementAlive')).toMatchObject([{ reason: 'adoption' }]);
  });

  test('afterwards it is watched like any own element, with the H flag 0', () => {
    const { registrar } = takenOver(1);
    registrar.hand.up(1_001, endpoint('10.1.0.1:4000'));
    registrar.acknowledge(1_001, 1);
    expect(registrar.hand.pass(5_001).messages).toMatchObject([{ home: false }]);
    expect(registrar.hand.pass(5_001).events('elementRemoved')).toHaveLength(1);
  });

  test('an element that does not answer is removed', () => {
    const { registrar } = takenOver(3);
    expect(registrar.hand.pass(5_000).events('elementRemoved')).toHaveLength(3);
    expect(registrar.handlespace.elementCount).toBe(0);
    expect(registrar.machine.associationCount).toBe(0);
  });

  test('no more than the configured number is probed at once, and all get their turn', () => {
    const { registrar, step } = takenOver(1_000, { maximumOutstandingProbes: 10 });
    expect(step.opens).toHaveLength(10);
    let opens = [...step.opens];
    let adopted = 0;
    while (opens.length > 0) {
      expect(registrar.machine.associationCount - adopted).toBeLessThanOrEqual(10);
      const [next, ...rest] = opens;
      const [message] = registrar.hand.up(next?.association ?? 0, next?.remote).messages;
      expect(message).toMatchObject({ home: true });
      const number = message?.type === 'ASAP_ENDPOINT_KEEP_ALIVE' ? message.poolElementIdentifier : undefined;
      const answered = registrar.acknowledge(next?.association ?? 0, number ?? 0);
      adopted += 1;
      opens = [...rest, ...answered.opens, ...registrar.hand.pass(0).opens];
    }
    expect(adopted).toBe(1_000);
  });

  test('the registration life starts when the element is adopted', () => {
    const registrar = new RegistrarHand({ timing: { keepAliveIntervalMs: 1e9, keepAliveTimeoutMs: 1e9 } });
    registrar.handlespace.register(echo, knownElement('10.1.0.1', 1, 99, { registrationLife: 60 }));
    registrar.hand.pass(100_000);
    const elements = registrar.handlespace.takeOver(99, me);
    registrar.hand.give({ type: 'adopt', elements });
    expect(registrar.hand.pass(59_999).eventTypes).toEqual([]);
    expect(registrar.hand.pass(1).eventTypes).toEqual(['elementExpired']);
  });

  test('elements that are gone, or belong to others meanwhile, are passed over', () => {
    const registrar = new RegistrarHand();
    registrar.handlespace.register(echo, knownElement('10.1.0.1', 1, 99));
    registrar.handlespace.register(echo, knownElement('10.1.0.2', 2, 99));
    const elements = registrar.handlespace.takeOver(99, me);
    registrar.handlespace.remove(elements[0] ?? -1);
    registrar.handlespace.setHomeRegistrar(elements[1] ?? -1, 77);
    expect(registrar.hand.give({ type: 'adopt', elements }).opens).toEqual([]);
  });
});

describe('elements change their owner by ENRP', () => {
  test('the machine wants to run at once, and then watches what it owns', () => {
    const registrar = new RegistrarHand();
    registrar.hand.pass(1_000);
    registrar.handlespace.register(echo, knownElement('10.1.0.7', 7, me));
    expect(registrar.machine.nextTimeout()).toBeLessThanOrEqual(1_000);
    registrar.machine.handleTimeout(1_000);
    expect(registrar.machine.nextTimeout()).toBeCloseTo(6_000, 3);
  });

  test('an element that goes to another registrar is watched and expires no more', () => {
    const registrar = new RegistrarHand();
    registrar.register(7, { registrationLife: 60 });
    const element = registrar.find(7) ?? -1;
    registrar.handlespace.setHomeRegistrar(element, 99);
    registrar.hand.pass(0);
    expect(registrar.handlespace.expiry(element)).toBeUndefined();
    expect(registrar.machine.nextTimeout()).toBeUndefined();
    expect(registrar.find(7)).toBe(element);
  });

  test('an element that goes to another registrar is told while it is reached: it may know better', () => {
    const registrar = new RegistrarHand();
    for (const number of [7, 8]) registrar.register(number);
    registrar.hand.lose(8);
    for (const number of [7, 8]) registrar.handlespace.setHomeRegistrar(registrar.find(number) ?? -1, 99);
    const step = registrar.hand.pass(0);
    expect(step.sends).toMatchObject([
      { association: 7, message: { type: 'ASAP_DEREGISTRATION_RESPONSE', poolElementIdentifier: 7 } },
    ]);
    expect(step.of('handleUpdate')).toEqual([]);
  });

  test('an element that went to a peer, and that the peer removes, is told while its association is still up here', () => {
    const registrar = new RegistrarHand();
    for (const number of [7, 8]) {
      registrar.register(number);
      registrar.handlespace.setHomeRegistrar(registrar.find(number) ?? -1, 99);
    }
    registrar.hand.pass(0);
    registrar.hand.lose(8);
    for (const number of [7, 8]) registrar.handlespace.remove(registrar.find(number) ?? -1);
    const step = registrar.hand.pass(0);
    expect(step.sends).toMatchObject([
      { association: 7, message: { type: 'ASAP_DEREGISTRATION_RESPONSE', poolElementIdentifier: 7 } },
    ]);
    expect(step.events('elementRemovedByPeer')).toMatchObject([{ poolElementIdentifier: 7 }]);
  });

  test('an own element whose pool has another policy since is told why it was removed', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    registrar.handlespace.remove(registrar.find(7) ?? -1);
    registrar.handlespace.learn(echo, knownElement('10.1.0.9', 9, 99, { policy: { type: 'random' } }));
    const causes = [{ code: ErrorCauseCode.inconsistentPoolPolicy }];
    const step = registrar.hand.pass(0);
    expect(step.messages).toMatchObject([{ type: 'ASAP_DEREGISTRATION_RESPONSE', error: { causes } }]);
    expect(step.events('elementRemovedByPeer')).toMatchObject([{ causes }]);
  });

  test('an own element that a peer removes is told, so that a living one registers again', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    registrar.handlespace.remove(registrar.find(7) ?? -1);
    const step = registrar.hand.pass(0);
    expect(step.eventTypes).toEqual(['elementRemovedByPeer']);
    expect(step.sends).toMatchObject([{ association: 7, message: { type: 'ASAP_DEREGISTRATION_RESPONSE' } }]);
    expect(step.of('handleUpdate')).toEqual([]);
    expect(registrar.machine.nextTimeout()).toBeUndefined();
  });

  test('what the handlespace held before the machine was created is watched as well', () => {
    const first = new RegistrarHand();
    first.register(7);
    const second = new RegistrarHand({ handlespace: first.handlespace });
    expect(second.hand.pass(6_000).opens).toHaveLength(1);
  });
});

import { describe, expect, test } from 'vitest';
import { me, RegistrarHand } from '../testing/registrar-hand.fixture.ts';
import { echo, endpoint, knownElement, registrationOf } from '../testing/samples.fixture.ts';
import { elementsPerSlice } from './element-backlog.ts';

const many = 1_000;
const quiet = { keepAliveIntervalMs: 1e9, keepAliveTimeoutMs: 1e9 };

/** A registrar with many elements that registered over association 5. */
function filled(registrationLife = -1): RegistrarHand {
  const registrar = new RegistrarHand({ timing: quiet });
  registrar.hand.accept(5, endpoint('10.1.0.5:4000'));
  for (let identifier = 1; identifier <= many; identifier += 1) {
    const poolElement = { ...registrationOf('10.1.0.5', identifier, { registrationLife }), homeRegistrar: 0 };
    registrar.hand.message(5, { type: 'ASAP_REGISTRATION', poolHandle: echo, poolElement });
  }
  return registrar;
}

/** How many events of a type come with each call, as long as the machine wants to run at once. */
function perCall({ machine, hand }: RegistrarHand, type: string): number[] {
  const counts: number[] = [];
  for (
    let next = machine.nextTimeout();
    next !== undefined && next <= hand.now;
    next = machine.nextTimeout()
  ) {
    machine.handleTimeout(hand.now);
    let count = 0;
    for (let output = machine.poll(); output !== undefined; output = machine.poll()) {
      if (output.type === 'event' && output.event.type === type) count += 1;
    }
    counts.push(count);
  }
  return counts;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

describe('what happens to many elements at once is done in slices', () => {
  test('expiry', () => {
    const registrar = filled(10);
    registrar.hand.now += 10_000;
    const counts = perCall(registrar, 'elementExpired');
    expect(sum(counts)).toBe(many);
    expect(Math.max(...counts)).toBeLessThanOrEqual(elementsPerSlice);
    expect(registrar.handlespace.elementCount).toBe(0);
  });

  test('a broken association', () => {
    const registrar = filled();
    const first = registrar.hand.lose(5).eventTypes.filter((type) => type === 'elementAssociationLost');
    const counts = perCall(registrar, 'elementAssociationLost');
    expect(first.length + sum(counts)).toBe(many);
    expect(Math.max(first.length, ...counts)).toBeLessThanOrEqual(elementsPerSlice);
    expect(registrar.machine.counters.elementsRemoved).toBe(0);
  });

  test('an element whose turn has not come is not reached over the broken association', () => {
    const registrar = filled();
    const last = registrar.find(many) ?? -1;
    expect(registrar.machine.isAssociated(last)).toBe(true);
    registrar.hand.lose(5);
    expect(registrar.machine.isAssociated(last)).toBe(false);
  });

  test('an element that registers over another association before its turn has lost nothing', () => {
    const registrar = filled();
    registrar.hand.lose(5);
    registrar.hand.accept(6, endpoint('10.1.0.5:4001'));
    const poolElement = { ...registrationOf('10.1.0.5', many, {}), homeRegistrar: 0 };
    registrar.hand.message(6, { type: 'ASAP_REGISTRATION', poolHandle: echo, poolElement });
    expect(sum(perCall(registrar, 'elementAssociationLost'))).toBe(many - 1 - elementsPerSlice);
    expect(registrar.machine.isAssociated(registrar.find(many) ?? -1)).toBe(true);
  });

  test('adoption', () => {
    const registrar = new RegistrarHand({ timing: quiet });
    for (let number = 1; number <= many; number += 1) {
      const host = `10.${String(number >> 8)}.${String(number & 0xff)}.1`;
      registrar.handlespace.register(echo, knownElement(host, number, 99));
    }
    const elements = registrar.handlespace.takeOver(99, me);
    const step = registrar.hand.give({ type: 'adopt', elements });
    const first = step.eventTypes.filter((type) => type === 'elementProbed').length;
    const counts = perCall(registrar, 'elementProbed');
    expect(first + sum(counts)).toBe(many);
    expect(Math.max(first, ...counts)).toBeLessThanOrEqual(elementsPerSlice);
  });

  test('elements that are gone before their turn are passed over, and the others watched', () => {
    const registrar = new RegistrarHand({ timing: quiet });
    for (let number = 1; number <= many; number += 1) {
      registrar.handlespace.register(echo, knownElement('10.1.0.1', number, 99, { registrationLife: 60 }));
    }
    const elements = registrar.handlespace.takeOver(99, me);
    registrar.hand.give({ type: 'adopt', elements });
    for (const element of elements.slice(-10)) registrar.handlespace.remove(element);
    const first = elementsPerSlice;
    expect(sum(perCall(registrar, 'elementProbed'))).toBe(many - first - 10);
    registrar.hand.now += 60_000;
    expect(sum(perCall(registrar, 'elementExpired'))).toBe(many - 10);
  });
});

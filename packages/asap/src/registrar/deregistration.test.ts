import type { AsapMessage } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { RegistrarHand } from '../testing/registrar-hand.fixture.ts';
import { echo, endpoint, knownElement } from '../testing/samples.fixture.ts';

const quiet = { timing: { keepAliveIntervalMs: 1e9 } };

function deregistration(poolElementIdentifier: number): AsapMessage {
  return { type: 'ASAP_DEREGISTRATION', poolHandle: echo, poolElementIdentifier };
}

function granted(poolElementIdentifier: number): AsapMessage {
  return { type: 'ASAP_DEREGISTRATION_RESPONSE', poolHandle: echo, poolElementIdentifier };
}

describe('RFC 5352 section 3.2: deregistration at the registrar', () => {
  test('the element is removed, with its pool if it was the last one, and the peers are told', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    const step = registrar.hand.message(7, deregistration(7));
    expect(step.messages).toEqual([granted(7)]);
    expect(step.of('handleUpdate')).toMatchObject([{ action: 'delete', poolElement: { identifier: 7 } }]);
    expect(registrar.handlespace.poolCount).toBe(0);
    expect(registrar.machine.nextTimeout()).toBeUndefined();
  });

  test('an element that is not known counts as deregistered, and the peers are not told', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    const step = registrar.hand.message(7, deregistration(8));
    expect(step.messages).toEqual([granted(8)]);
    expect(step.of('handleUpdate')).toEqual([]);
  });

  test('any registrar may be asked, also for an element that another one owns', () => {
    const registrar = new RegistrarHand();
    registrar.handlespace.register(echo, knownElement('10.1.0.7', 7, 99));
    registrar.hand.accept(50, endpoint('10.1.0.7:4000'));
    const step = registrar.hand.message(50, deregistration(7));
    expect(step.messages).toEqual([granted(7)]);
    expect(step.of('handleUpdate')).toHaveLength(1);
  });

  test('section 2.2.2: nobody deregisters for another element', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    registrar.register(8);
    const step = registrar.hand.message(8, deregistration(7));
    expect(step.messages).toMatchObject([{ error: { causes: [{ code: 0xa }] } }]);
    expect(step.of('handleUpdate')).toEqual([]);
    expect(registrar.find(7)).toBeDefined();
  });

  test('an element with a new association from the same transport address is itself', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    registrar.hand.accept(70, endpoint('10.1.0.7:4000'));
    expect(registrar.hand.message(70, deregistration(7)).messages).toEqual([granted(7)]);
  });

  test('without verification anybody may', () => {
    const registrar = new RegistrarHand({ addressVerification: 'off' });
    registrar.register(7);
    registrar.register(8);
    expect(registrar.hand.message(8, deregistration(7)).messages).toEqual([granted(7)]);
  });
});

describe('RFC 5352 section 3.2: expiry of the registration life', () => {
  test('the element is removed when its life runs out, and is told; so are the peers', () => {
    const registrar = new RegistrarHand(quiet);
    registrar.register(7, { registrationLife: 60 });
    expect(registrar.hand.pass(59_999).outputs).toEqual([]);
    const step = registrar.hand.pass(1);
    expect(step.sends).toEqual([{ type: 'send', association: 7, message: granted(7) }]);
    expect(step.of('handleUpdate')).toMatchObject([{ action: 'delete' }]);
    expect(step.eventTypes).toEqual(['elementExpired']);
    expect(registrar.handlespace.elementCount).toBe(0);
  });

  test('a re-registration starts the life anew', () => {
    const registrar = new RegistrarHand(quiet);
    registrar.register(7, { registrationLife: 60 });
    registrar.hand.pass(50_000);
    registrar.registerAgain(7, { registrationLife: 60 });
    expect(registrar.hand.pass(59_999).outputs).toEqual([]);
    expect(registrar.hand.pass(1).eventTypes).toEqual(['elementExpired']);
  });

  test('a life of -1 does not end', () => {
    const registrar = new RegistrarHand(quiet);
    registrar.register(7, { registrationLife: -1 });
    expect(registrar.hand.pass(1e8).events('elementExpired')).toEqual([]);
  });

  test('the profile rsplib counts the life in milliseconds', () => {
    const registrar = new RegistrarHand({
      timing: { ...quiet.timing, registrationLifeUnit: 'milliseconds' },
    });
    registrar.register(7, { registrationLife: 60_000 });
    expect(registrar.hand.pass(59_999).eventTypes).toEqual([]);
    expect(registrar.hand.pass(1).eventTypes).toEqual(['elementExpired']);
  });

  test('elements of other registrars do not expire here', () => {
    const registrar = new RegistrarHand(quiet);
    registrar.handlespace.register(echo, knownElement('10.1.0.7', 7, 99, { registrationLife: 1 }));
    expect(registrar.hand.pass(1e6).outputs).toEqual([]);
  });
});

import type { AsapMessage, DecodeError } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { RegistrarHand } from '../testing/registrar-hand.fixture.ts';
import { echo, endpoint, other } from '../testing/samples.fixture.ts';

const cause = { code: 1, information: new Uint8Array([0xc0, 1, 0, 4]) };
const identity = { poolHandle: echo, poolElementIdentifier: 7 };

describe('RFC 5352 section 2.2.14: errors at the registrar', () => {
  test('unknown parameters that the type wants reported are reported, and the message is served', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    const message: AsapMessage = { type: 'ASAP_HANDLE_RESOLUTION', subscribe: false, poolHandle: echo };
    const step = registrar.hand.message(7, message, [cause]);
    expect(step.messageTypes).toEqual(['ASAP_ERROR', 'ASAP_HANDLE_RESOLUTION_RESPONSE']);
    expect(step.events('errorSent')).toMatchObject([{ association: 7, causes: [cause] }]);
  });

  test.each([
    ['report', ['ASAP_ERROR']],
    ['discard', []],
  ] as const)('what cannot be decoded is answered by its action: %s', (action, expected) => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    const base = {
      code: 'unknown-message',
      offset: 0,
      type: 0x41,
      messageType: 0x41,
      reason: 'unknown',
    } as const;
    const error: DecodeError = action === 'report' ? { ...base, action, cause } : { ...base, action };
    expect(registrar.hand.network({ type: 'malformed', association: 7, error }).messageTypes).toEqual(
      expected,
    );
    expect(registrar.machine.counters.malformed).toBe(1);
  });

  test('an ASAP_ERROR is never answered with another one', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    const message: AsapMessage = { type: 'ASAP_ERROR', error: { causes: [cause] } };
    expect(registrar.hand.message(7, message, [cause]).messages).toEqual([]);
    const error: DecodeError = {
      code: 'missing-parameter',
      offset: 0,
      type: 12,
      messageType: 0x0e,
      action: 'report',
      reason: 'no operation error',
      cause,
    };
    expect(registrar.hand.network({ type: 'malformed', association: 7, error }).messages).toEqual([]);
  });

  test.each<AsapMessage>([
    { type: 'ASAP_REGISTRATION_RESPONSE', rejected: false, ...identity },
    { type: 'ASAP_DEREGISTRATION_RESPONSE', ...identity },
    { type: 'ASAP_HANDLE_RESOLUTION_RESPONSE', subscribed: false, poolHandle: echo, poolElements: [] },
    { type: 'ASAP_ENDPOINT_KEEP_ALIVE', home: true, serverIdentifier: 2, poolHandle: echo },
    { type: 'ASAP_COOKIE', cookie: new Uint8Array(4) },
    { type: 'ASAP_COOKIE_ECHO', cookie: new Uint8Array(4) },
    { type: 'ASAP_BUSINESS_CARD', poolHandle: other, poolElements: [] },
  ])('section 4: $type is for other roles, and is ignored and counted', (message) => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    expect(registrar.hand.message(7, message).outputs).toEqual([]);
    expect(registrar.machine.counters.messagesIgnored).toBe(1);
  });
});

describe('limits of the registrar', () => {
  test('associations beyond the limit are aborted, and what comes over them is ignored', () => {
    const registrar = new RegistrarHand({ limits: { maximumAssociations: 2 } });
    registrar.register(1);
    registrar.register(2);
    const step = registrar.hand.accept(3, endpoint('10.1.0.3:4000'));
    expect(step.closes).toEqual([{ type: 'close', association: 3, abort: true }]);
    expect(step.eventTypes).toEqual(['associationRefused']);
    expect(registrar.registerAgain(3).outputs).toEqual([]);
    registrar.hand.lose(1);
    expect(registrar.machine.counters.associationsRefused).toBe(1);
  });

  test('a full table does not keep the registrar from reaching its elements', () => {
    const registrar = new RegistrarHand({ limits: { maximumAssociations: 2 } });
    registrar.register(1);
    registrar.register(2);
    registrar.hand.lose(1);
    registrar.hand.accept(4, endpoint('10.1.0.4:4000'));
    expect(registrar.find(1)).toBeDefined();
  });

  test('shutdown closes all associations and leaves the handlespace as it is', () => {
    const registrar = new RegistrarHand({ announce: { transports: [] } });
    registrar.register(1);
    registrar.register(2);
    registrar.hand.give({ type: 'offerService' });
    const step = registrar.hand.give({ type: 'shutdown' });
    expect(step.closes.map((close) => close.association)).toEqual([1, 2]);
    expect(registrar.machine.nextTimeout()).toBeUndefined();
    expect(registrar.handlespace.elementCount).toBe(2);
    registrar.handlespace.remove(registrar.find(1) ?? -1);
    expect(registrar.machine.nextTimeout()).toBeUndefined();
    expect(registrar.hand.accept(9).outputs).toEqual([]);
  });

  test('an association that comes up when nobody wants it any more is closed', () => {
    const registrar = new RegistrarHand();
    expect(registrar.hand.up(1_234).closes).toEqual([{ type: 'close', association: 1_234, abort: true }]);
  });
});

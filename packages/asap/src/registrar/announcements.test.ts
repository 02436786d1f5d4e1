import { describe, expect, test } from 'vitest';
import { me, RegistrarHand } from '../testing/registrar-hand.fixture.ts';
import { endpoint } from '../testing/samples.fixture.ts';
import { asapRegistrarTimingProfiles } from '../timing/asap-timing-profiles.ts';

const transports = [
  { protocol: 'sctp', port: 3863, transportUse: 0, addresses: endpoint('10.0.0.1:1').addresses },
] as const;

function hear(registrar: RegistrarHand, serverIdentifier: number) {
  return registrar.hand.network({
    type: 'groupMessage',
    source: endpoint('10.0.0.2:3863'),
    message: { type: 'ASAP_SERVER_ANNOUNCE', serverIdentifier, transports: [] },
  });
}

describe('RFC 5352 section 3.6: server announcements', () => {
  test('they begin when the service is offered, and not before', () => {
    const registrar = new RegistrarHand({ announce: { transports } });
    expect(registrar.hand.pass(10_000).outputs).toEqual([]);
    registrar.hand.give({ type: 'offerService' });
    expect(registrar.hand.pass(1_000).of('sendGroup')).toEqual([
      { type: 'sendGroup', message: { type: 'ASAP_SERVER_ANNOUNCE', serverIdentifier: me, transports } },
    ]);
  });

  test('a single registrar announces itself every T6', () => {
    const registrar = new RegistrarHand({ announce: { transports } });
    registrar.hand.give({ type: 'offerService' });
    expect(registrar.hand.pass(60_000).of('sendGroup').length).toBe(60);
  });

  test('with N others heard it is every (N+1) * T6', () => {
    const registrar = new RegistrarHand({ announce: { transports }, timing: { registrarOutdateMs: 1e9 } });
    for (const other of [2, 3, 4]) hear(registrar, other);
    registrar.hand.give({ type: 'offerService' });
    expect(registrar.hand.pass(60_000).of('sendGroup').length).toBe(15);
  });

  test('in the profile rsplib it is every T6 however many there are', () => {
    const timing = asapRegistrarTimingProfiles.rsplib;
    const registrar = new RegistrarHand({ announce: { transports }, timing });
    for (const other of [2, 3, 4, 5, 6]) hear(registrar, other);
    registrar.hand.give({ type: 'offerService' });
    expect(registrar.hand.pass(60_000).of('sendGroup').length).toBe(60);
  });

  test('its own announcement does not count', () => {
    expect(hear(new RegistrarHand(), me).outputs).toEqual([]);
  });

  test('a registrar that falls silent counts no more', () => {
    const registrar = new RegistrarHand();
    expect(hear(registrar, 2).eventTypes).toEqual(['registrarAppeared']);
    expect(hear(registrar, 2).eventTypes).toEqual([]);
    expect(registrar.hand.pass(5_999).eventTypes).toEqual([]);
    expect(registrar.hand.pass(1).eventTypes).toEqual(['registrarDisappeared']);
  });

  test('a flood of announcements is bounded', () => {
    const registrar = new RegistrarHand();
    let appeared = 0;
    for (let other = 2; other < 1_000; other++) appeared += hear(registrar, other).eventTypes.length;
    expect(appeared).toBe(256);
  });

  test('without transports to announce there is nothing to announce', () => {
    const registrar = new RegistrarHand();
    expect(registrar.hand.give({ type: 'offerService' }).eventTypes).toEqual(['serviceOffered']);
    expect(registrar.hand.pass(60_000).outputs).toEqual([]);
  });
});

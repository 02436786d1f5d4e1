import type { AsapMessage, PoolElement } from '@rserpool/wire';
import { encodeTransportParameter, parseIpAddress } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { me, RegistrarHand } from '../testing/registrar-hand.fixture.ts';
import { echo, endpoint, knownElement, registrationOf } from '../testing/samples.fixture.ts';

const identity = { poolHandle: echo, poolElementIdentifier: 7 };

describe('RFC 5352 section 3.1: registration at the registrar', () => {
  test('rule 1: the first element founds the pool', () => {
    const registrar = new RegistrarHand();
    const step = registrar.register(7);
    expect(step.messages).toEqual([{ type: 'ASAP_REGISTRATION_RESPONSE', rejected: false, ...identity }]);
    expect(registrar.handlespace.poolCount).toBe(1);
    expect(step.events('elementRegistered')).toMatchObject([{ ...identity, reregistration: false }]);
  });

  test('rule 2: an element that is consistent with the pool is added, the others are rejected with the cause', () => {
    const registrar = new RegistrarHand();
    registrar.register(7);
    expect(registrar.register(8).messages).toMatchObject([{ rejected: false }]);
    const policy = registrar.register(9, { policy: { type: 'random' } });
    expect(policy.messages).toMatchObject([{ rejected: true, error: { causes: [{ code: 5 }] } }]);
    const address = parseIpAddress('10.1.0.10');
    const transport = registrar.register(10, { userTransport: { protocol: 'udp', port: 7, address } });
    expect(transport.messages).toMatchObject([{ rejected: true, error: { causes: [{ code: 7 }] } }]);
    expect(policy.of('handleUpdate')).toEqual([]);
    expect(registrar.handlespace.elementCount).toBe(2);
  });

  test('rule 2: the data/control channel configuration has to be that of the pool', () => {
    const registrar = new RegistrarHand();
    const sctp = (number: number, transportUse: number) => ({
      userTransport: {
        protocol: 'sctp' as const,
        port: 7,
        transportUse,
        addresses: [parseIpAddress(`10.1.0.${String(number)}`)],
      },
    });
    registrar.register(7, sctp(7, 0));
    expect(registrar.register(8, sctp(8, 1)).messages).toMatchObject([{ error: { causes: [{ code: 8 }] } }]);
  });

  test('rule 3: a known element is updated with the same tests', () => {
    const registrar = new RegistrarHand();
    registrar.register(7, { policy: { type: 'weightedRandom', weight: 1 } });
    const step = registrar.registerAgain(7, { policy: { type: 'weightedRandom', weight: 2 } });
    expect(step.events('elementRegistered')).toMatchObject([{ reregistration: true }]);
    expect(registrar.handlespace.poolElement(registrar.find(7) ?? -1).policy).toMatchObject({ weight: 2 });
    const rejected = registrar.registerAgain(7, { policy: { type: 'random' } });
    expect(rejected.messages).toMatchObject([{ rejected: true }]);
    expect(registrar.handlespace.poolElement(registrar.find(7) ?? -1).policy).toMatchObject({ weight: 2 });
  });

  test('rule 4: the registrar becomes the owner, also of an element that another registrar owned', () => {
    const registrar = new RegistrarHand();
    registrar.handlespace.register(echo, knownElement('10.1.0.7', 7, 99));
    const step = registrar.register(7);
    expect(step.events('elementRegistered')).toMatchObject([
      { reregistration: true, previousHomeRegistrar: 99 },
    ]);
    expect(registrar.handlespace.homeRegistrar(registrar.find(7) ?? -1)).toBe(me);
  });

  test('rule 4: the ASAP transport is where the registration came from, whatever the element says', () => {
    const registrar = new RegistrarHand();
    const remote = { addresses: [parseIpAddress('10.1.0.7'), parseIpAddress('10.2.0.7')], port: 4711 };
    registrar.hand.accept(7, remote);
    const poolElement: PoolElement = {
      ...registrationOf('10.1.0.7', 7),
      homeRegistrar: 55,
      asapTransport: { protocol: 'sctp', port: 1, transportUse: 1, addresses: [parseIpAddress('1.2.3.4')] },
    };
    registrar.hand.message(7, { type: 'ASAP_REGISTRATION', poolHandle: echo, poolElement });
    const { asapTransport, homeRegistrar } = registrar.handlespace.poolElement(registrar.find(7) ?? -1);
    expect(asapTransport).toEqual({ protocol: 'sctp', transportUse: 0, ...remote });
    expect(homeRegistrar).toBe(me);
  });

  test('a granted registration goes to the peers with all that was filled in, a rejected one does not', () => {
    const registrar = new RegistrarHand();
    const [update] = registrar.register(7).of('handleUpdate');
    expect(update).toMatchObject({
      action: 'add',
      poolHandle: echo,
      poolElement: { identifier: 7, homeRegistrar: me, asapTransport: { port: 4000 } },
    });
    expect(registrar.register(8, { policy: { type: 'random' } }).of('handleUpdate')).toEqual([]);
  });

  test('rule 5: one association may register a limited number of elements', () => {
    const registrar = new RegistrarHand({ limits: { maximumRegistrationsPerAssociation: 2 } });
    registrar.hand.accept(1, endpoint('10.1.0.1:4000'));
    const answers = [1, 2, 3, 2].map((identifier) => {
      const poolElement = { ...registrationOf('10.1.0.1', identifier), homeRegistrar: 0 };
      return registrar.hand.message(1, { type: 'ASAP_REGISTRATION', poolHandle: echo, poolElement })
        .messages[0];
    });
    expect(answers).toMatchObject([
      { rejected: false },
      { rejected: false },
      { rejected: true, error: { causes: [{ code: 6 }] } },
      { rejected: false },
    ]);
  });
});

describe('RFC 5352 section 2.2.1: the addresses of an element', () => {
  const multihomed = { addresses: [parseIpAddress('10.1.0.7'), parseIpAddress('10.2.0.7')], port: 4000 };

  function registerSctp(
    registrar: RegistrarHand,
    ...addresses: string[]
  ): ReturnType<RegistrarHand['register']> {
    registrar.hand.accept(7, multihomed);
    const transport = addresses.map((address) => parseIpAddress(address));
    const userTransport = { protocol: 'sctp', port: 7, transportUse: 0, addresses: transport } as const;
    const poolElement = { ...registrationOf('10.1.0.7', 7, { userTransport }), homeRegistrar: 0 };
    return registrar.hand.message(7, { type: 'ASAP_REGISTRATION', poolHandle: echo, poolElement });
  }

  test('a subset of the addresses of the association is accepted as it is', () => {
    const step = registerSctp(new RegistrarHand(), '10.2.0.7');
    expect(step.messages[0]).toEqual({ type: 'ASAP_REGISTRATION_RESPONSE', rejected: false, ...identity });
  });

  test('others are taken away, with a warning that has the transport that was sent', () => {
    const registrar = new RegistrarHand();
    const [answer] = registerSctp(registrar, '10.2.0.7', '192.0.2.1').messages as [
      Extract<AsapMessage, { type: 'ASAP_REGISTRATION_RESPONSE' }>,
    ];
    expect(answer.rejected).toBe(false);
    const addresses = [parseIpAddress('10.2.0.7'), parseIpAddress('192.0.2.1')];
    const sent = encodeTransportParameter({ protocol: 'sctp', port: 7, transportUse: 0, addresses });
    expect(answer.error?.causes).toEqual([{ code: 3, information: sent }]);
    expect(registrar.handlespace.poolElement(registrar.find(7) ?? -1).userTransport).toMatchObject({
      addresses: [parseIpAddress('10.2.0.7')],
    });
  });

  test('where none is left the registration is rejected for security reasons', () => {
    const step = registerSctp(new RegistrarHand(), '192.0.2.1');
    expect(step.messages).toMatchObject([{ rejected: true, error: { causes: [{ code: 0xa }] } }]);
  });

  test.each(['tcp', 'udp', 'udp-lite'] as const)('the rule holds for %s as well', (protocol) => {
    const address = parseIpAddress('192.0.2.1');
    const step = new RegistrarHand().register(7, { userTransport: { protocol, port: 7, address } });
    expect(step.messages).toMatchObject([{ rejected: true, error: { causes: [{ code: 0xa }] } }]);
  });

  test('a transport without addresses is none of the rule’s business', () => {
    const userTransport = { protocol: 'opaque', data: new Uint8Array([1, 2]) } as const;
    expect(new RegistrarHand().register(7, { userTransport }).messages).toMatchObject([{ rejected: false }]);
  });

  test('the verification can be switched off', () => {
    const registrar = new RegistrarHand({ addressVerification: 'off' });
    expect(registerSctp(registrar, '192.0.2.1').messages).toEqual([
      { type: 'ASAP_REGISTRATION_RESPONSE', rejected: false, ...identity },
    ]);
  });
});

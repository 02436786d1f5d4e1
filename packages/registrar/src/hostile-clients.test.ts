import {
  type AsapMessage,
  AsapPayloadProtocolIdentifier,
  EnrpPayloadProtocolIdentifier,
  ErrorCauseCode,
  encodeAsapMessage,
  parseIpAddress,
  type PoolElement,
  poolHandleFromText,
  seededRandom,
} from '@rserpool/wire';
import { beforeEach, describe, expect, it } from 'vitest';
import { elementAt, pool, Scene, type Speaker } from './testing/hostile.fixture.ts';

const honest = ['EchoPool/77@4369 roundRobin sctp'];

let scene: Scene;
let speaker: Speaker;

beforeEach(async () => {
  scene = await Scene.start();
  await scene.element('10.0.1.1', 77);
  speaker = await scene.connect('10.0.9.9', scene.registrar.asapEndpoint);
});

/** The registrar still serves over that very association. */
async function stillServes(): Promise<void> {
  speaker.received.length = 0;
  speaker.asap({ type: 'ASAP_HANDLE_RESOLUTION', subscribe: false, poolHandle: pool });
  await scene.clock.advance(10);
  expect(speaker.heardAsap()).toMatchObject([
    { type: 'ASAP_HANDLE_RESOLUTION_RESPONSE', poolElements: [{ identifier: 77 }] },
  ]);
  expect(speaker.lost).toBeUndefined();
  expect(scene.handlespace).toEqual(honest);
}

describe('a client that sends rubbish', () => {
  it('changes nothing, and is answered at most once a message', async () => {
    const random = seededRandom(5);
    for (let count = 0; count < 500; count += 1) {
      const bytes = Uint8Array.from({ length: random() % 80 }, () => random() & 0xff);
      // Half of them begin as a message of the right length does.
      if (count % 2 === 0 && bytes.length >= 4) bytes.set([1 + (random() % 14), 0, 0, bytes.length]);
      speaker.bytes(bytes, AsapPayloadProtocolIdentifier);
    }
    await scene.clock.advance(100);
    const answers = speaker.heardAsap();
    expect(answers.length).toBeLessThanOrEqual(500);
    expect(new Set(answers.map(({ type }) => type))).toEqual(new Set(['ASAP_ERROR']));
    expect(scene.registrar.counters.asap.malformed).toBeGreaterThan(400);
    await stillServes();
  });

  it('is not heard under another payload protocol identifier', async () => {
    const registration = { poolHandle: pool, poolElement: elementAt('10.0.9.9', 5) };
    for (const ppid of [0, EnrpPayloadProtocolIdentifier, 32, 0xffffffff]) {
      speaker.bytes(encodeAsapMessage({ type: 'ASAP_REGISTRATION', ...registration }), ppid);
    }
    await scene.clock.advance(10);
    expect(speaker.received).toEqual([]);
    await stillServes();
  });
});

describe('a client that speaks out of turn', () => {
  const identity = { poolHandle: pool, poolElementIdentifier: 77 };
  const error = { causes: [{ code: ErrorCauseCode.unspecified, information: new Uint8Array(0) }] };
  const transports = [{ protocol: 'tcp', port: 1, address: parseIpAddress('10.0.9.9') }] as const;
  const cookie = Uint8Array.of(1);
  it.each<AsapMessage>([
    { type: 'ASAP_REGISTRATION_RESPONSE', rejected: true, ...identity, error },
    { type: 'ASAP_DEREGISTRATION_RESPONSE', ...identity },
    {
      type: 'ASAP_HANDLE_RESOLUTION_RESPONSE',
      subscribed: true,
      poolHandle: pool,
      poolElements: [elementAt('10.0.9.9', 5)],
    },
    { type: 'ASAP_ENDPOINT_KEEP_ALIVE', home: true, serverIdentifier: 9, ...identity },
    { type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK', ...identity },
    { type: 'ASAP_SERVER_ANNOUNCE', serverIdentifier: 9, transports },
    { type: 'ASAP_COOKIE', cookie },
    { type: 'ASAP_COOKIE_ECHO', cookie },
    { type: 'ASAP_BUSINESS_CARD', poolHandle: pool, poolElements: [elementAt('10.0.9.9', 5)] },
    { type: 'ASAP_ERROR', error },
  ])('is not answered: $type', async (message) => {
    for (let count = 0; count < 100; count += 1) speaker.asap(message);
    await scene.clock.advance(20);
    expect(speaker.received).toEqual([]);
    await stillServes();
  });

  it('is not answered by an error for an error, whatever is wrong with it', async () => {
    const unknown = { type: 0xc0ff, value: Uint8Array.of(1, 2, 3, 4), position: 0 };
    speaker.asap({ type: 'ASAP_ERROR', error, unknownParameters: [unknown] });
    for (const body of [[], [0xc0, 0xff, 0, 4], [0, 0x0c, 0, 3], [0x40, 0, 0, 4]]) {
      speaker.bytes(Uint8Array.from([0x0e, 0, 0, 4 + body.length, ...body]), AsapPayloadProtocolIdentifier);
    }
    await scene.clock.advance(20);
    expect(speaker.received).toEqual([]);
    await stillServes();
  });
});

describe('a client that contradicts the handlespace', () => {
  const own = '10.0.9.9';
  const addresses = [parseIpAddress(own)];
  const cases: [string, number, Uint8Array, PoolElement][] = [
    ['identifier 0', ErrorCauseCode.invalidValues, pool, elementAt(own, 0)],
    ['a life below -1', ErrorCauseCode.invalidValues, pool, elementAt(own, 5, { registrationLife: -2 })],
    ['no pool handle', ErrorCauseCode.invalidValues, new Uint8Array(0), elementAt(own, 5)],
    [
      'port 0',
      ErrorCauseCode.invalidValues,
      pool,
      elementAt(own, 5, { userTransport: { protocol: 'sctp', port: 0, transportUse: 1, addresses } }),
    ],
    [
      'another policy',
      ErrorCauseCode.inconsistentPoolPolicy,
      pool,
      elementAt(own, 5, { policy: { type: 'random' } }),
    ],
    [
      'an unknown policy',
      ErrorCauseCode.invalidValues,
      pool,
      elementAt(own, 5, { policy: { type: 'unknown', policyType: 99, data: new Uint8Array(4) } }),
    ],
    [
      'another transport',
      ErrorCauseCode.inconsistentTransportType,
      pool,
      elementAt(own, 5, { userTransport: { protocol: 'tcp', port: 7, address: parseIpAddress(own) } }),
    ],
    [
      'another use of the transport',
      ErrorCauseCode.inconsistentDataControlConfiguration,
      pool,
      elementAt(own, 5, { userTransport: { protocol: 'sctp', port: 7, transportUse: 0, addresses } }),
    ],
    ['the address of another host', ErrorCauseCode.rejectedDueToSecurity, pool, elementAt('10.0.1.1', 5)],
    ['the element of another host', ErrorCauseCode.rejectedDueToSecurity, pool, elementAt('10.0.1.1', 77)],
  ];
  it.each(cases)('is rejected with its cause: %s', async (_, code, poolHandle, poolElement) => {
    speaker.asap({ type: 'ASAP_REGISTRATION', poolHandle, poolElement });
    await scene.clock.advance(10);
    const [answer] = speaker.heardAsap();
    expect(answer).toMatchObject({ type: 'ASAP_REGISTRATION_RESPONSE', rejected: true });
    expect(
      answer?.type === 'ASAP_REGISTRATION_RESPONSE' ? answer.error?.causes.map((cause) => cause.code) : [],
    ).toContain(code);
    await stillServes();
  });

  it('deregisters nobody else', async () => {
    speaker.asap({ type: 'ASAP_DEREGISTRATION', poolHandle: pool, poolElementIdentifier: 77 });
    await scene.clock.advance(10);
    expect(scene.events.filter(({ type }) => type === 'elementDeregistered')).toEqual([]);
    await stillServes();
  });

  it('is out again at once with a life of 0, and told so', async () => {
    const poolElement = elementAt(own, 5, { registrationLife: 0 });
    speaker.asap({ type: 'ASAP_REGISTRATION', poolHandle: pool, poolElement });
    await scene.clock.advance(10);
    expect(speaker.heardAsap().map(({ type }) => type)).toEqual([
      'ASAP_REGISTRATION_RESPONSE',
      'ASAP_DEREGISTRATION_RESPONSE',
    ]);
    await stillServes();
  });

  it('has the same element in two pools where it wants that', async () => {
    const other = poolHandleFromText('OtherPool');
    for (const poolHandle of [pool, other]) {
      speaker.asap({ type: 'ASAP_REGISTRATION', poolHandle, poolElement: elementAt(own, 5) });
    }
    await scene.clock.advance(10);
    expect(scene.handlespace).toEqual([
      'EchoPool/5@4369 roundRobin sctp',
      ...honest,
      'OtherPool/5@4369 roundRobin sctp',
    ]);
  });

  it('that reports a living element has it probed, not removed', async () => {
    for (let count = 0; count < 3; count += 1) {
      speaker.asap({ type: 'ASAP_ENDPOINT_UNREACHABLE', poolHandle: pool, poolElementIdentifier: 77 });
    }
    await scene.clock.advance(1000);
    expect(scene.registrar.counters.asap.unreachableReports).toBe(3);
    await stillServes();
  });
});

describe('many clients', () => {
  it('find limits on associations, pools and elements', async () => {
    const limited = await Scene.start({
      limits: {
        asap: { maximumAssociations: 20, maximumRegistrationsPerAssociation: 8 },
        handlespace: { maximumPools: 30, maximumPoolElements: 50 },
      },
    });
    const speakers: Speaker[] = [];
    for (let host = 1; host <= 40; host += 1) {
      speakers.push(await limited.connect(`10.1.0.${host}`, limited.registrar.asapEndpoint));
    }
    await limited.clock.advance(10);
    expect(limited.registrar.counters.asap.associationsRefused).toBe(20);
    for (const [index, client] of speakers.slice(0, 20).entries()) {
      for (let identifier = 1; identifier <= 20; identifier += 1) {
        client.asap({
          type: 'ASAP_REGISTRATION',
          poolHandle: poolHandleFromText(`pool ${identifier % 2 === 0 ? index * 20 + identifier : 1}`),
          poolElement: elementAt(`10.1.0.${index + 1}`, index * 20 + identifier),
        });
      }
    }
    await limited.clock.advance(20);
    expect(limited.registrar.poolCount).toBeLessThanOrEqual(30);
    expect(limited.registrar.elementCount).toBe(50);
    expect(limited.registrar.counters.asap.registrationsRejected).toBe(20 * 20 - 50);
  });
});

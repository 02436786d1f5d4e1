import {
  AsapPayloadProtocolIdentifier,
  type EnrpMessage,
  EnrpPayloadProtocolIdentifier,
  encodeEnrpMessage,
  parseIpAddress,
  type ServerInformation,
  seededRandom,
  UpdateAction,
} from '@rserpool/wire';
import { beforeEach, describe, expect, it } from 'vitest';
import { elementAt, pool, Scene, type Speaker } from './testing/hostile.fixture.ts';

const self = 0x1111;
const attacker = 0x9999;
const header = { senderIdentifier: attacker, receiverIdentifier: 0 };
/** The message type of ENRP_HANDLE_TABLE_REQUEST (RFC 5353 section 2.2). */
const handleTableRequest = 0x02;
const honest = ['EchoPool/77@4369 roundRobin sctp'];

let scene: Scene;
let speaker: Speaker;

function serverAt(address: string, identifier: number, port = 9901): ServerInformation {
  return {
    identifier,
    transport: { protocol: 'sctp', port, transportUse: 0, addresses: [parseIpAddress(address)] },
  };
}

function presence(identifier = attacker, address = '10.0.9.9'): EnrpMessage {
  return {
    type: 'ENRP_PRESENCE',
    ...header,
    senderIdentifier: identifier,
    replyRequired: false,
    checksum: 0xffff,
    serverInformation: serverAt(address, identifier),
  };
}

/** The table of an attacker that claims the honest element. */
function table(identifiers: readonly number[], moreToSend: boolean): EnrpMessage {
  const poolElements = identifiers.map((identifier) =>
    elementAt('10.0.9.9', identifier, { homeRegistrar: attacker }),
  );
  const poolEntries = identifiers.length === 0 ? [] : [{ poolHandle: pool, poolElements }];
  return { type: 'ENRP_HANDLE_TABLE_RESPONSE', ...header, rejected: false, moreToSend, poolEntries };
}

beforeEach(async () => {
  scene = await Scene.start();
  await scene.element('10.0.1.1', 77);
  speaker = await scene.connect('10.0.9.9', scene.registrar.enrpEndpoint, 9901);
});

/** The registrar still answers its peers over that very association, and its handlespace is what it was. */
async function stillServes(): Promise<void> {
  speaker.received.length = 0;
  speaker.enrp({ type: 'ENRP_HANDLE_TABLE_REQUEST', ...header, ownChildrenOnly: true });
  await scene.clock.advance(5);
  const answer = speaker.heardEnrp().find(({ type }) => type === 'ENRP_HANDLE_TABLE_RESPONSE');
  expect(answer).toMatchObject({ rejected: false, poolEntries: [{ poolElements: [{ identifier: 77 }] }] });
  expect(speaker.lost).toBeUndefined();
  expect(scene.handlespace).toEqual(honest);
}

describe('a peer that sends rubbish', () => {
  it('changes nothing, and is answered at most once a message', async () => {
    const random = seededRandom(5);
    for (let count = 0; count < 500; count += 1) {
      const bytes = Uint8Array.from({ length: random() % 80 }, () => random() & 0xff);
      if (count % 2 === 0 && bytes.length >= 4) bytes.set([1 + (random() % 10), 0, 0, bytes.length]);
      // What remains would be too often a message of some registrar.
      if (bytes.length >= 12) bytes.set([0x40 | (bytes[0] ?? 0)], 0);
      speaker.bytes(bytes, EnrpPayloadProtocolIdentifier);
    }
    await scene.clock.advance(50);
    const errors = speaker.heardEnrp().filter(({ type }) => type === 'ENRP_ERROR');
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThanOrEqual(500);
    expect(scene.registrar.peers).toEqual([]);
    await stillServes();
  });

  it('is not heard under another payload protocol identifier', async () => {
    for (const ppid of [0, AsapPayloadProtocolIdentifier, 0xffffffff]) {
      speaker.bytes(encodeEnrpMessage(presence()), ppid);
    }
    await scene.clock.advance(5);
    expect(scene.registrar.peers).toEqual([]);
    await stillServes();
  });

  it('is not answered by an error for an error', async () => {
    speaker.enrp(presence());
    await scene.clock.advance(5);
    speaker.received.length = 0;
    const causes = [{ code: 0, information: new Uint8Array(0) }];
    const unknown = { type: 0xc0ff, value: Uint8Array.of(1, 2, 3, 4), position: 0 };
    for (let count = 0; count < 100; count += 1) {
      speaker.enrp({ type: 'ENRP_ERROR', ...header, error: { causes }, unknownParameters: [unknown] });
      speaker.bytes(Uint8Array.of(0x0a, 0, 0, 5, 1), EnrpPayloadProtocolIdentifier);
    }
    await scene.clock.advance(20);
    expect(speaker.received).toEqual([]);
    await stillServes();
  });
});

describe('a peer that is none', () => {
  it.each([0, self])('is not listed under the identifier %i', async (senderIdentifier) => {
    speaker.enrp({ type: 'ENRP_LIST_REQUEST', senderIdentifier, receiverIdentifier: 0 });
    speaker.enrp(presence(senderIdentifier));
    speaker.enrp({
      type: 'ENRP_HANDLE_UPDATE',
      ...header,
      senderIdentifier,
      takeoverSuggested: false,
      action: UpdateAction.deletePoolElement,
      poolHandle: pool,
      poolElement: elementAt('10.0.1.1', 77, { homeRegistrar: self }),
    });
    await scene.clock.advance(5);
    expect(scene.registrar.peers).toEqual([]);
    expect(speaker.received).toEqual([]);
    await stillServes();
  });

  it('fills neither the peer list nor anything else under thousands of names', async () => {
    for (let identifier = 1; identifier <= 3000; identifier += 1) {
      if (identifier !== self)
        speaker.enrp(presence(identifier, `10.2.${identifier >> 8}.${identifier & 0xff}`));
    }
    await scene.clock.advance(20);
    expect(scene.registrar.peers.length).toBeLessThanOrEqual(256);
    await scene.clock.advance(5000);
    expect(scene.registrar.peers.length).toBeLessThanOrEqual(1);
    expect(scene.handlespace).toEqual(honest);
  });
});

describe('a peer that answers what nobody asked', () => {
  const servers = [serverAt('10.0.8.8', 0x8888), serverAt('10.0.0.1', self), serverAt('10.0.9.9', attacker)];
  it.each<[string, EnrpMessage]>([
    ['a table', table([77, 78], false)],
    ['a part of a table', table([77, 78], true)],
    ['a list', { type: 'ENRP_LIST_RESPONSE', ...header, rejected: false, servers }],
    ['an acknowledgement', { type: 'ENRP_INIT_TAKEOVER_ACK', ...header, targetIdentifier: self }],
  ])('changes nothing by %s', async (_, message) => {
    speaker.enrp(presence());
    await scene.clock.advance(5);
    const before = scene.registrar.counters.enrp.unexpectedResponses;
    for (let count = 0; count < 10; count += 1) speaker.enrp(message);
    await scene.clock.advance(5);
    expect(scene.registrar.counters.enrp.unexpectedResponses).toBe(before + 10);
    expect(scene.registrar.peers.map(({ identifier }) => identifier)).toEqual([attacker]);
    expect(scene.attempts).toBe(0);
    await stillServes();
  });
});

describe('a peer that wants what is not its own', () => {
  it('does not delete the elements of others', async () => {
    speaker.enrp(presence());
    for (const homeRegistrar of [self, attacker, 0x7777]) {
      speaker.enrp({
        type: 'ENRP_HANDLE_UPDATE',
        ...header,
        takeoverSuggested: true,
        action: UpdateAction.deletePoolElement,
        poolHandle: pool,
        poolElement: elementAt('10.0.1.1', 77, { homeRegistrar }),
      });
    }
    await scene.clock.advance(5);
    expect(scene.registrar.counters.enrp.updatesRejected).toBe(3);
    await stillServes();
  });

  it.each([
    ['nobody', 0],
    ['itself', attacker],
    ['somebody unknown', 0x7777],
    ['this registrar', self],
  ])('gains nothing by taking over %s', async (_, targetIdentifier) => {
    speaker.enrp(presence());
    for (let count = 0; count < 10; count += 1) {
      speaker.enrp({ type: 'ENRP_INIT_TAKEOVER', ...header, targetIdentifier });
      speaker.enrp({ type: 'ENRP_TAKEOVER_SERVER', ...header, targetIdentifier });
    }
    await scene.clock.advance(5);
    // Where this registrar was named, it asks what the peer claims; and the peer claims nothing.
    speaker.enrp(table([], false));
    await scene.clock.advance(5);
    expect(scene.registrar.peers.map(({ identifier }) => identifier)).toEqual([attacker]);
    await stillServes();
  });

  it('does not keep this registrar asking for a table without an end', async () => {
    let requests = 0;
    speaker.react = ({ data: [type] }) => {
      if (type !== handleTableRequest) return;
      requests += 1;
      speaker.enrp(table([], true));
    };
    for (let cycle = 0; cycle < 10; cycle += 1) {
      // Its checksum is never right.
      speaker.enrp({ type: 'ENRP_PRESENCE', ...header, replyRequired: false, checksum: cycle });
      await scene.clock.advance(300);
    }
    expect(requests).toBeGreaterThan(0);
    expect(requests).toBeLessThanOrEqual(10);
    expect(scene.handlespace).toEqual(honest);
  });
});

describe('a peer that says to be elsewhere', () => {
  it('sends this registrar nowhere', async () => {
    for (let host = 1; host <= 1000; host += 1) {
      speaker.enrp(presence(attacker, `10.3.${host >> 8}.${host & 0xff}`));
    }
    await scene.clock.advance(200);
    expect(scene.attempts).toBe(0);
    await stillServes();
  });

  it('sends it to one place, a bounded number of times, when it is gone', async () => {
    speaker.enrp(presence(attacker, '10.3.0.1'));
    for (let host = 2; host <= 100; host += 1) speaker.enrp(presence(attacker, `10.3.0.${host}`));
    await scene.clock.advance(5);
    speaker.association.abort();
    await scene.clock.advance(900_000);
    const tried = scene.events.flatMap((event) => (event.type === 'associationAttempt' ? [event] : []));
    expect(new Set(tried.map(({ remote }) => remote.addresses[0]?.at(3)))).toEqual(new Set([1]));
    expect(tried.length).toBeLessThanOrEqual(41);
    expect(scene.events.filter(({ type }) => type === 'reconnectionAbandoned')).toHaveLength(1);
    expect(scene.registrar.peers).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { EnrpMessageBody } from '../core/enrp-core.ts';
import { elementOf, endpointOf, transportOf } from '../testing/cluster.fixture.ts';
import { Solo } from '../testing/solo.fixture.ts';

const everyMessage: EnrpMessageBody[] = [
  { type: 'ENRP_PRESENCE', replyRequired: false },
  { type: 'ENRP_HANDLE_TABLE_REQUEST', ownChildrenOnly: false },
  { type: 'ENRP_HANDLE_TABLE_RESPONSE', rejected: false, moreToSend: false, poolEntries: [] },
  {
    type: 'ENRP_HANDLE_UPDATE',
    takeoverSuggested: false,
    action: 0,
    poolHandle: Uint8Array.of(1),
    poolElement: elementOf(1, 9),
  },
  { type: 'ENRP_LIST_REQUEST' },
  { type: 'ENRP_LIST_RESPONSE', rejected: false, servers: [] },
  { type: 'ENRP_INIT_TAKEOVER', targetIdentifier: 77 },
  { type: 'ENRP_INIT_TAKEOVER_ACK', targetIdentifier: 77 },
  { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 77 },
  { type: 'ENRP_ERROR', error: { causes: [{ code: 0, information: new Uint8Array() }] } },
];

describe('RFC 5353 section 3.4.1: discovering new peer', () => {
  it.each(everyMessage)('adds the sender of an $type to the peer list and probes it', (body) => {
    const solo = new Solo().start();
    solo.connect(9);
    solo.receive(9, body);
    expect(solo.machine.peers()).toMatchObject([{ identifier: 9, status: 'active', heard: true }]);
    expect(solo.sent()[0]).toMatchObject({
      type: 'ENRP_PRESENCE',
      replyRequired: true,
      senderIdentifier: 5,
      receiverIdentifier: 9,
      to: 9,
      serverInformation: { identifier: 5 },
    });
  });

  it('sends no second probe to a peer that is known', () => {
    const solo = new Solo().start();
    solo.peer(9);
    solo.sent();
    solo.presence(9);
    expect(solo.sent()).toEqual([]);
  });

  it('answers a reply-required presence with its server information and checksum', () => {
    const solo = new Solo().start();
    solo.peer(9);
    solo.sent();
    solo.presence(9, { replyRequired: true });
    expect(solo.sent()).toMatchObject([
      {
        type: 'ENRP_PRESENCE',
        replyRequired: false,
        checksum: 0xffff,
        serverInformation: { identifier: 5, transport: transportOf(5) },
      },
    ]);
  });

  it('opens an association to a registrar that was heard on the group, and probes it there', () => {
    const solo = new Solo({ useGroup: true, timing: { mentorDiscoveryMs: 0 } }).start();
    const message = {
      type: 'ENRP_PRESENCE',
      senderIdentifier: 9,
      receiverIdentifier: 0,
      replyRequired: false,
    } as const;
    solo.input({ type: 'groupMessage', message, source: endpointOf(9) });
    const [open] = solo.take('open');
    expect(open?.remote).toEqual(endpointOf(9));
    const association = open?.association ?? 0;
    solo.input({ type: 'associationUp', association, remote: endpointOf(9), inbound: false });
    expect(solo.sent()).toMatchObject([{ type: 'ENRP_PRESENCE', replyRequired: true, to: association }]);
  });

  it('copies what it keeps of a message, whose buffer the caller may reuse', () => {
    const solo = new Solo().start();
    solo.connect(9);
    const address = Uint8Array.of(10, 0, 0, 9);
    const transport = { protocol: 'sctp', port: 9901, transportUse: 0, addresses: [address] } as const;
    const serverInformation = { identifier: 9, transport };
    solo.receive(9, { type: 'ENRP_PRESENCE', replyRequired: false, serverInformation });
    address.fill(0);
    expect(solo.machine.peers()[0]?.endpoint).toEqual(endpointOf(9));
  });

  it('discards messages of sender 0 and counts them', () => {
    const solo = new Solo().start();
    solo.connect(9);
    solo.receive(0, { type: 'ENRP_LIST_REQUEST' }, { association: 9 });
    expect(solo.machine.peers()).toEqual([]);
    expect(solo.sent()).toEqual([]);
    expect(solo.machine.counters.senderIdentifierZero).toBe(1);
  });

  it('discards messages with its own identifier and tells the conflict once', () => {
    const solo = new Solo().start();
    solo.connect(9);
    solo.receive(5, { type: 'ENRP_LIST_REQUEST' }, { association: 9 });
    solo.receive(5, { type: 'ENRP_LIST_REQUEST' }, { association: 9 });
    expect(solo.machine.peers()).toEqual([]);
    expect(solo.machine.counters.senderIdentifierOwn).toBe(2);
    const conflicts = solo.events().filter((event) => event.type === 'identifierConflict');
    expect(conflicts).toEqual([{ type: 'identifierConflict', identifier: 5, remote: endpointOf(9) }]);
  });

  it('takes its own datagrams from the group for no conflict, but those of another host', () => {
    const solo = new Solo({ useGroup: true }).start();
    const message = {
      type: 'ENRP_PRESENCE',
      senderIdentifier: 5,
      receiverIdentifier: 0,
      replyRequired: false,
    } as const;
    solo.input({ type: 'groupMessage', message, source: endpointOf(5) });
    expect(solo.machine.counters.senderIdentifierOwn).toBe(0);
    solo.input({ type: 'groupMessage', message, source: endpointOf(6) });
    expect(solo.machine.counters.senderIdentifierOwn).toBe(1);
    expect(solo.events().filter((event) => event.type === 'identifierConflict')).toHaveLength(1);
  });

  it('discards messages of a known peer on the association of another one', () => {
    const solo = new Solo().start();
    solo.peer(9);
    solo.peer(8);
    solo.sent();
    solo.receive(8, { type: 'ENRP_LIST_REQUEST' }, { association: 9 });
    expect(solo.sent()).toEqual([]);
    expect(solo.machine.counters.senderIdentifierMismatch).toBe(1);
  });

  it('tells who looks for a former registrar who is here now, and does nothing else', () => {
    const solo = new Solo().start();
    solo.peer(9);
    solo.sent();
    solo.receive(9, { type: 'ENRP_PRESENCE', replyRequired: true }, { receiver: 4 });
    solo.receive(9, { type: 'ENRP_LIST_REQUEST' }, { receiver: 4 });
    expect(solo.sent()).toMatchObject([{ type: 'ENRP_PRESENCE', replyRequired: false }]);
    expect(solo.machine.counters.misaddressed).toBe(2);
  });

  it('keeps the peer list bounded', () => {
    const solo = new Solo({ limits: { maximumPeers: 3 } }).start();
    for (let identifier = 10; identifier < 20; identifier += 1) solo.peer(identifier);
    expect(solo.machine.peers()).toHaveLength(3);
    expect(solo.machine.counters.peersRefused).toBe(7);
    const refused = solo.events().filter((event) => event.type === 'peerRefused');
    expect(refused).toHaveLength(7);
  });

  it('learns in each cycle from a peer whom else it knows', () => {
    const solo = new Solo().start();
    solo.peer(9);
    solo.sent();
    solo.advance(31_000);
    expect(solo.sent().map((message) => message.type)).toContain('ENRP_LIST_REQUEST');
    const servers = [8, 5, 9].map((identifier) => ({ identifier, transport: transportOf(identifier) }));
    solo.receive(9, { type: 'ENRP_LIST_RESPONSE', rejected: false, servers });
    expect(solo.machine.peers().map((peer) => peer.identifier)).toEqual([9, 8]);
    expect(solo.take('open').map((open) => open.remote)).toEqual([endpointOf(8)]);
  });

  it('dials nobody because of a list that it has not asked for, nor for a second one', () => {
    const solo = new Solo().start();
    solo.peer(9);
    const list = (identifier: number): void =>
      solo.receive(9, {
        type: 'ENRP_LIST_RESPONSE',
        rejected: false,
        servers: [{ identifier, transport: transportOf(identifier) }],
      });
    list(7);
    expect(solo.take('open')).toEqual([]);
    solo.advance(31_000);
    list(8);
    list(10);
    expect(solo.take('open').map((open) => open.remote)).toEqual([endpointOf(8)]);
    expect(solo.machine.peers().map((peer) => peer.identifier)).toEqual([9, 8]);
    expect(solo.machine.counters.unexpectedResponses).toBe(2);
  });

  it('has room for the endpoint of a new peer, however often another one says to be elsewhere', () => {
    const solo = new Solo({ limits: { maximumReconnectEndpoints: 2 } }).start();
    solo.peer(9);
    for (let other = 20; other < 30; other += 1) {
      solo.receive(9, {
        type: 'ENRP_PRESENCE',
        replyRequired: false,
        serverInformation: { identifier: 9, transport: transportOf(other) },
      });
    }
    solo.peer(8);
    solo.input({ type: 'associationLost', association: 8, reason: 'reset' });
    expect(solo.take('open').map((open) => open.remote)).toEqual([endpointOf(8)]);
  });

  it('lists peers that it has heard itself, without the requester', () => {
    const solo = new Solo().start();
    solo.peer(9);
    solo.advance(31_000);
    const servers = [{ identifier: 7, transport: transportOf(7) }];
    solo.receive(9, { type: 'ENRP_LIST_RESPONSE', rejected: false, servers });
    expect(solo.machine.peers().map((peer) => peer.identifier)).toEqual([9, 7]);
    solo.peer(8);
    solo.sent();
    solo.receive(9, { type: 'ENRP_LIST_REQUEST' });
    expect(solo.sent()).toMatchObject([
      { type: 'ENRP_LIST_RESPONSE', rejected: false, servers: [{ identifier: 8 }] },
    ]);
  });

  it('bounds its list to what fits one message', () => {
    const solo = new Solo({ limits: { maximumMessageBytes: 100 } }).start();
    for (let identifier = 10; identifier < 20; identifier += 1) solo.peer(identifier);
    solo.sent();
    solo.receive(10, { type: 'ENRP_LIST_REQUEST' });
    const [list] = solo.sent();
    expect(list?.type === 'ENRP_LIST_RESPONSE' ? list.servers.length : 0).toBe(3);
  });
});

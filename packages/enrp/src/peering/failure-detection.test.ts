import { describe, expect, it } from 'vitest';
import { Cluster, endpointOf, eventsOf } from '../testing/cluster.fixture.ts';
import { Solo } from '../testing/solo.fixture.ts';

/** A registrar with two peers, which have just been heard. */
function withPeers(): Solo {
  const solo = new Solo().start();
  solo.peer(8);
  solo.peer(9);
  solo.sent();
  solo.events();
  return solo;
}

/** Lets time pass while peer 9 says something every second. */
function advanceHearing(solo: Solo, milliseconds: number): void {
  for (let passed = 0; passed < milliseconds; passed += 1000) {
    solo.advance(Math.min(1000, milliseconds - passed));
    solo.presence(9);
  }
}

describe('RFC 5353 section 3.4.2: server sending heartbeat', () => {
  it('announces its presence to all peers every PEER-HEARTBEAT-CYCLE, without requiring a reply', () => {
    const solo = withPeers();
    const sentAt: number[] = [];
    for (let step = 0; step < 1250; step += 1) {
      solo.advance(100);
      const presences = solo.sent().filter((message) => message.type === 'ENRP_PRESENCE');
      for (const identifier of [8, 9]) solo.presence(identifier);
      if (presences.length === 0) continue;
      sentAt.push(solo.now);
      expect(
        presences.map((message) => [message.to, message.receiverIdentifier, message.replyRequired]),
      ).toEqual([
        [8, 0, false],
        [9, 0, false],
      ]);
    }
    const pauses = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0));
    expect(sentAt).toHaveLength(4);
    for (const pause of pauses) expect(Math.abs(pause - 30_000)).toBeLessThanOrEqual(400);
  });

  it('goes to the group as well, where there is one', () => {
    const solo = new Solo({ useGroup: true, timing: { mentorDiscoveryMs: 0 } }).start();
    solo.take('sendGroup');
    solo.advance(31_000);
    expect(solo.take('sendGroup')).toMatchObject([
      {
        message: { type: 'ENRP_PRESENCE', senderIdentifier: 5, receiverIdentifier: 0, replyRequired: false },
      },
    ]);
  });
});

describe('RFC 5353 section 3.4.3: detecting peer server failure', () => {
  it('probes a peer that was not heard for MAX-TIME-LAST-HEARD, not before', () => {
    const solo = withPeers();
    advanceHearing(solo, 60_999);
    expect(solo.events().filter((event) => event.type === 'peerSuspected')).toEqual([]);
    solo.sent();
    advanceHearing(solo, 1);
    expect(solo.events()).toContainEqual({ type: 'peerSuspected', peer: 8, reason: 'silent' });
    expect(solo.sent()).toMatchObject([
      { type: 'ENRP_PRESENCE', receiverIdentifier: 8, replyRequired: true, to: 8 },
    ]);
  });

  it('counts from the last message of any type', () => {
    const solo = withPeers();
    advanceHearing(solo, 50_000);
    solo.receive(8, { type: 'ENRP_LIST_REQUEST' });
    advanceHearing(solo, 60_999);
    expect(solo.events().filter((event) => event.type === 'peerSuspected')).toEqual([]);
    advanceHearing(solo, 1);
    expect(solo.events()).toContainEqual({ type: 'peerSuspected', peer: 8, reason: 'silent' });
  });

  it('considers a peer dead that does not reply within MAX-TIME-NO-RESPONSE', () => {
    const solo = withPeers();
    advanceHearing(solo, 61_000 + 4_999);
    expect(solo.events().filter((event) => event.type === 'peerLost')).toEqual([]);
    advanceHearing(solo, 1);
    expect(solo.events()).toContainEqual({ type: 'peerLost', peer: 8, reason: 'noResponse' });
    expect(solo.machine.counters.peersLost).toBe(1);
  });

  it('goes on with a peer that replies', () => {
    const solo = withPeers();
    advanceHearing(solo, 62_000);
    solo.presence(8);
    advanceHearing(solo, 10_000);
    expect(solo.events().map((event) => event.type)).toEqual(['peerSuspected', 'peerActive']);
  });

  it('probes at once when the association is lost, over a new one', () => {
    const solo = withPeers();
    solo.input({ type: 'associationLost', association: 8, reason: 'reset' });
    expect(solo.events()).toContainEqual({ type: 'peerSuspected', peer: 8, reason: 'associationLost' });
    const [open] = solo.take('open');
    expect(open?.remote).toEqual(endpointOf(8));
    const association = open?.association ?? 0;
    solo.input({ type: 'associationUp', association, remote: endpointOf(8), inbound: false });
    expect(solo.sent()).toMatchObject([{ type: 'ENRP_PRESENCE', replyRequired: true, to: association }]);
    solo.receive(8, { type: 'ENRP_PRESENCE', replyRequired: false }, { association });
    expect(solo.events()).toContainEqual({ type: 'peerActive', peer: 8 });
  });

  it('considers a peer dead at once when the association cannot be opened again: the send has failed', () => {
    const solo = withPeers();
    solo.input({ type: 'associationLost', association: 8, reason: 'reset' });
    const [open] = solo.take('open');
    solo.input({ type: 'associationLost', association: open?.association ?? 0, reason: 'refused' });
    expect(solo.events()).toContainEqual({ type: 'peerLost', peer: 8, reason: 'unreachable' });
  });

  it('keeps dialling a silent peer until MAX-TIME-NO-RESPONSE is over', () => {
    const solo = new Solo({ timing: { associationAttemptMs: 1_000, reconnectInitialMs: 500 } }).start();
    solo.peer(8);
    solo.input({ type: 'associationLost', association: 8, reason: 'reset' });
    solo.events();
    solo.advance(4_999);
    expect(solo.take('open').length).toBeGreaterThan(1);
    expect(solo.events().filter((event) => event.type === 'peerLost')).toEqual([]);
    solo.advance(1);
    expect(solo.events()).toContainEqual({ type: 'peerLost', peer: 8, reason: 'noResponse' });
  });

  it('notes that another registrar answers where a peer was', () => {
    const cluster = new Cluster();
    const [watcher] = cluster.startAll(1, 2);
    cluster.kill(2);
    const reborn = cluster.start(3, { host: 2 });
    cluster.advance(50);
    if (watcher === undefined) throw new Error('no registrar');
    expect(eventsOf(watcher, 'peerLost')).toMatchObject([{ peer: 2, reason: 'replaced' }]);
    expect(reborn.machine.peers().map((peer) => peer.identifier)).toEqual([1]);
    expect(watcher.machine.peers().map((peer) => peer.identifier)).toEqual([3]);
  });

  it('gives an endpoint of a former peer up after the attempts that its limit admits', () => {
    const cluster = new Cluster();
    cluster.start(1);
    const watcher = cluster.start(2, { peers: [], limits: { maximumReconnectAttempts: 4 } });
    const visitor = cluster.start(3, { peers: [2] });
    cluster.advance(500);
    cluster.kill(visitor.identifier);
    cluster.advance(5000);
    expect(eventsOf(watcher, 'associationAttempt')).toHaveLength(4);
    expect(eventsOf(watcher, 'reconnectionAbandoned')).toMatchObject([{ attempts: 4 }]);
  });

  it('drops a registrar that is known from a list alone, never answers and owns nothing', () => {
    const cluster = new Cluster();
    const [first, second] = cluster.startAll(1, 2);
    if (first === undefined || second === undefined) throw new Error('no registrars');
    cluster.partition([
      [1, 2],
      [1, 3],
    ]);
    const third = cluster.start(3, { peers: [1] });
    cluster.advance(4000);
    expect(eventsOf(third, 'peerLost')).toContainEqual(expect.objectContaining({ peer: 2 }));
    expect(eventsOf(third, 'takeoverStarted')).toEqual([]);
  });

  it('looks after elements of a registrar that failed before anybody introduced it', () => {
    const cluster = new Cluster();
    const [first] = cluster.startAll(1);
    if (first === undefined) throw new Error('no registrar');
    cluster.register(first, 'echo', 11);
    const [element] = first.handlespace.elementsOf(1);
    if (element === undefined) throw new Error('no element');
    first.handlespace.setHomeRegistrar(element, 99);
    cluster.advance(2000);
    expect(first.takenOver).toMatchObject([{ target: 99, elements: [element] }]);
    expect(cluster.agrees()).toBe(true);
  });
});

import { poolHandleFromText } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import type { EnrpMachineOptions } from '../enrp-machine-options.ts';
import { elementOf, endpointOf } from '../testing/cluster.fixture.ts';
import { Solo } from '../testing/solo.fixture.ts';

/** A registrar (5) that knows the peers 3, 8 and 9; each of them owns an element with ten times its identifier. */
function withPeers(options: Partial<EnrpMachineOptions> = {}): Solo {
  const solo = new Solo(options).start();
  for (const peer of [3, 8, 9]) {
    solo.peer(peer);
    solo.update(peer, 0, peer * 10);
  }
  solo.sent();
  solo.events();
  return solo;
}

/** Peer 9 dies: its association is lost and cannot be opened again. */
function killNine(solo: Solo): void {
  solo.input({ type: 'associationLost', association: 9, reason: 'reset' });
  const [open] = solo.take('open');
  solo.input({ type: 'associationLost', association: open?.association ?? 0, reason: 'refused' });
}

function ack(solo: Solo, peer: number, targetIdentifier = 9): void {
  solo.receive(peer, { type: 'ENRP_INIT_TAKEOVER_ACK', targetIdentifier });
}

function initiate(solo: Solo, peer: number, targetIdentifier = 9): void {
  solo.receive(peer, { type: 'ENRP_INIT_TAKEOVER', targetIdentifier });
}

/** Lets time pass while peers say something often enough to live. */
function advanceWith(solo: Solo, milliseconds: number, peers: readonly number[]): void {
  for (let passed = 0; passed < milliseconds; passed += 1000) {
    solo.advance(Math.min(1000, milliseconds - passed));
    for (const peer of peers) solo.receive(peer, { type: 'ENRP_LIST_REQUEST' });
  }
}

describe('RFC 5353 section 3.5.1: initiating server take-over arbitration', () => {
  it('announces the takeover of a dead peer to all peers and waits for their acknowledgements', () => {
    const solo = withPeers();
    killNine(solo);
    expect(solo.sent()).toMatchObject(
      [3, 8].map((to) => ({
        to,
        type: 'ENRP_INIT_TAKEOVER',
        senderIdentifier: 5,
        receiverIdentifier: 0,
        targetIdentifier: 9,
      })),
    );
    expect(solo.events()).toContainEqual({ type: 'takeoverStarted', target: 9, awaited: [3, 8] });
    expect(solo.take('takenOver')).toEqual([]);
  });

  it('sends the announcement to the target as well, which may live', () => {
    const solo = withPeers();
    advanceWith(solo, 66_000, [3, 8]);
    const targets = solo.sent().filter((message) => message.type === 'ENRP_INIT_TAKEOVER');
    expect(targets.map((message) => message.to)).toEqual([3, 8, 9]);
  });

  it('has won when all peers except the target have acknowledged', () => {
    const solo = withPeers();
    killNine(solo);
    ack(solo, 3);
    expect(solo.take('takenOver')).toEqual([]);
    ack(solo, 8);
    expect(solo.take('takenOver')).toMatchObject([{ target: 9, elements: [expect.any(Number)] }]);
  });

  it('has won at once where there is no other peer', () => {
    const solo = new Solo().start();
    solo.peer(9);
    solo.update(9, 0, 90);
    killNine(solo);
    expect(solo.take('takenOver')).toMatchObject([{ target: 9 }]);
    expect(solo.homeOf(90)).toBe(5);
  });

  it('counts neither the acknowledgement of a stranger nor one that came already', () => {
    const solo = withPeers();
    killNine(solo);
    ack(solo, 3);
    ack(solo, 3);
    ack(solo, 8, 77);
    expect(solo.take('takenOver')).toEqual([]);
    expect(solo.machine.counters.unexpectedResponses).toBe(2);
  });

  it('item 1: announces its presence to all peers at once when it is the target itself', () => {
    const solo = withPeers();
    initiate(solo, 8, 5);
    expect(solo.sent()).toMatchObject(
      [3, 8, 9].map((to) => ({ to, type: 'ENRP_PRESENCE', replyRequired: false })),
    );
    expect(solo.events()).toContainEqual({ type: 'takeoverContested', initiator: 8 });
  });

  it('item 2A: aborts its own attempt for the same target when its identifier is smaller', () => {
    const solo = withPeers();
    killNine(solo);
    solo.sent();
    initiate(solo, 8);
    expect(solo.sent()).toMatchObject([{ to: 8, type: 'ENRP_INIT_TAKEOVER_ACK', targetIdentifier: 9 }]);
    expect(solo.events()).toContainEqual({
      type: 'takeoverCancelled',
      target: 9,
      reason: 'lostArbitration',
      peer: 8,
    });
    ack(solo, 3);
    ack(solo, 8);
    expect(solo.take('takenOver')).toEqual([]);
    expect(solo.machine.peers()).toContainEqual(
      expect.objectContaining({ identifier: 9, status: 'notActive' }),
    );
  });

  it('item 2B: ignores the message when its identifier is larger', () => {
    const solo = withPeers();
    killNine(solo);
    solo.sent();
    initiate(solo, 3);
    expect(solo.sent()).toEqual([]);
    expect(solo.events()).toContainEqual({ type: 'takeoverDisputed', target: 9, initiator: 3 });
  });

  it('the option rsplib lets the smaller identifier win', () => {
    const solo = withPeers({ takeoverArbitration: 'rsplib' });
    killNine(solo);
    solo.sent();
    initiate(solo, 8);
    expect(solo.sent()).toEqual([]);
    initiate(solo, 3);
    expect(solo.sent()).toMatchObject([{ to: 3, type: 'ENRP_INIT_TAKEOVER_ACK' }]);
  });

  it('item 3: stops to monitor the target and acknowledges', () => {
    const solo = withPeers({ timing: { takeoverExpiryMs: 500_000 } });
    initiate(solo, 8);
    expect(solo.sent()).toMatchObject([{ to: 8, receiverIdentifier: 8, type: 'ENRP_INIT_TAKEOVER_ACK' }]);
    expect(solo.events()).toContainEqual({ type: 'takeoverAcknowledged', target: 9, initiator: 8 });
    advanceWith(solo, 100_000, [3, 8]);
    expect(solo.events().filter((event) => event.type === 'peerSuspected')).toEqual([]);
  });

  it('acknowledges the takeover of a registrar that it does not know', () => {
    const solo = withPeers();
    initiate(solo, 8, 77);
    expect(solo.sent()).toMatchObject([{ type: 'ENRP_INIT_TAKEOVER_ACK', targetIdentifier: 77 }]);
  });

  it('stops its takeover when a presence of the target arrives, and marks it active', () => {
    const solo = withPeers();
    advanceWith(solo, 66_000, [3, 8]);
    solo.events();
    solo.presence(9, { checksum: solo.handlespace.checksum(9) });
    expect(solo.events()).toMatchObject([
      { type: 'takeoverCancelled', target: 9, reason: 'targetAlive' },
      { type: 'peerActive', peer: 9 },
    ]);
    ack(solo, 3);
    ack(solo, 8);
    expect(solo.take('takenOver')).toEqual([]);
    expect(solo.homeOf(90)).toBe(9);
  });

  it('monitors a target again whose presence arrives after it was acknowledged', () => {
    const solo = withPeers();
    initiate(solo, 8);
    solo.presence(9);
    solo.events();
    advanceWith(solo, 62_000, [3, 8]);
    expect(solo.events()).toContainEqual({ type: 'peerSuspected', peer: 9, reason: 'silent' });
  });

  it('does not wait for a peer that dies meanwhile', () => {
    const solo = withPeers();
    killNine(solo);
    ack(solo, 3);
    solo.input({ type: 'associationLost', association: 8, reason: 'reset' });
    const [open] = solo.take('open');
    solo.input({ type: 'associationLost', association: open?.association ?? 0, reason: 'refused' });
    expect(solo.take('takenOver').map((output) => output.target)).toContain(9);
  });

  it('does not wait for a peer that is itself the target of a takeover by another one', () => {
    const solo = withPeers();
    killNine(solo);
    initiate(solo, 3, 8);
    ack(solo, 3);
    expect(solo.take('takenOver')).toMatchObject([{ target: 9 }]);
  });

  it('probes and asks again who does not acknowledge within MAX-TIME-NO-RESPONSE', () => {
    const solo = withPeers();
    killNine(solo);
    ack(solo, 3);
    solo.sent();
    solo.advance(5_000);
    expect(solo.sent().filter((message) => message.to === 8)).toMatchObject([
      { type: 'ENRP_INIT_TAKEOVER', targetIdentifier: 9 },
      { type: 'ENRP_PRESENCE', replyRequired: true },
    ]);
    expect(solo.events()).toContainEqual({ type: 'peerSuspected', peer: 8, reason: 'notAcknowledged' });
  });

  it('overrules a peer that lives but never acknowledges', () => {
    const solo = withPeers();
    killNine(solo);
    ack(solo, 3);
    advanceWith(solo, 14_000, [3, 8]);
    expect(solo.take('takenOver')).toEqual([]);
    advanceWith(solo, 1_000, [3, 8]);
    expect(solo.take('takenOver')).toMatchObject([{ target: 9 }]);
    const missing = solo.events().filter((event) => event.type === 'takeoverAcknowledgementMissing');
    expect(missing).toMatchObject([{ attempt: 1 }, { attempt: 2 }, { attempt: 3, missing: [8] }]);
  });

  it('looks after the target again when the initiator does not complete in time', () => {
    const solo = withPeers();
    initiate(solo, 8);
    advanceWith(solo, 20_000, [3, 8]);
    expect(solo.events().map((event) => event.type)).toEqual(
      expect.arrayContaining(['takeoverExpired', 'peerSuspected']),
    );
    advanceWith(solo, 5_000, [3, 8]);
    expect(solo.events()).toContainEqual({ type: 'takeoverStarted', target: 9, awaited: [3, 8] });
  });

  it('looks after the target again at once when the initiator dies', () => {
    const solo = withPeers();
    initiate(solo, 8);
    solo.input({ type: 'associationLost', association: 8, reason: 'reset' });
    const [open] = solo.take('open');
    solo.input({ type: 'associationLost', association: open?.association ?? 0, reason: 'refused' });
    expect(solo.events()).toContainEqual({ type: 'peerSuspected', peer: 9, reason: 'takeoverNotCompleted' });
  });

  it('asks a smaller registrar that joined during the arbitration to yield', () => {
    const solo = withPeers();
    killNine(solo);
    solo.peer(4);
    solo.sent();
    initiate(solo, 4);
    expect(solo.sent()).toMatchObject([{ to: 4, type: 'ENRP_INIT_TAKEOVER', targetIdentifier: 9 }]);
    ack(solo, 3);
    ack(solo, 8);
    expect(solo.take('takenOver')).toEqual([]);
    ack(solo, 4);
    expect(solo.take('takenOver')).toMatchObject([{ target: 9 }]);
  });
});

describe('RFC 5353 section 3.5.2: takeover target peer server', () => {
  it('announces it, removes the target from the peer list, and owns its elements', () => {
    const solo = withPeers();
    killNine(solo);
    ack(solo, 3);
    solo.sent();
    ack(solo, 8);
    const sent = solo.sent();
    expect(sent.slice(0, 2)).toMatchObject(
      [3, 8].map((to) => ({ to, type: 'ENRP_TAKEOVER_SERVER', receiverIdentifier: 0, targetIdentifier: 9 })),
    );
    // With the new checksum, so that who knows more elements of the target notices.
    expect(sent.slice(2)).toMatchObject(
      [3, 8].map((to) => ({ to, type: 'ENRP_PRESENCE', checksum: solo.handlespace.checksum(5) })),
    );
    expect(solo.machine.peers().map((peer) => peer.identifier)).toEqual([3, 8]);
    expect(solo.homeOf(90)).toBe(5);
    expect(solo.homeOf(80)).toBe(8);
    expect(solo.events()).toContainEqual({ type: 'takeoverServerSent', target: 9, elements: 1 });
    const element = solo.handlespace.find(poolHandleFromText('echo'), 90);
    expect(solo.take('takenOver')).toEqual([{ type: 'takenOver', target: 9, elements: [element] }]);
  });

  it('a receiver removes the target from its peer list and gives its elements to the sender', () => {
    const solo = withPeers();
    solo.receive(8, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 9 });
    expect(solo.machine.peers().map((peer) => peer.identifier)).toEqual([3, 8]);
    expect(solo.homeOf(90)).toBe(8);
    expect(solo.events()).toContainEqual({ type: 'takenOverBy', target: 9, by: 8, elements: 1 });
    expect(solo.take('takenOver')).toEqual([]);
  });

  it('ends an own attempt when a peer announces that it has won', () => {
    const solo = withPeers();
    killNine(solo);
    solo.receive(3, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 9 });
    ack(solo, 3);
    ack(solo, 8);
    expect(solo.take('takenOver')).toEqual([]);
    expect(solo.homeOf(90)).toBe(3);
  });

  it('tells a late initiator, and all who may agree with it, that the target is taken over already', () => {
    const solo = withPeers();
    killNine(solo);
    ack(solo, 3);
    ack(solo, 8);
    solo.sent();
    initiate(solo, 8);
    expect(solo.sent().map((message) => [message.type, message.to])).toEqual([
      ['ENRP_TAKEOVER_SERVER', 3],
      ['ENRP_TAKEOVER_SERVER', 8],
      ['ENRP_INIT_TAKEOVER_ACK', 8],
    ]);
  });

  it('tells a target that comes back, before anything else', () => {
    const solo = withPeers();
    killNine(solo);
    ack(solo, 3);
    ack(solo, 8);
    solo.sent();
    solo.input({ type: 'associationUp', association: 19, remote: endpointOf(9), inbound: true });
    solo.receive(9, { type: 'ENRP_LIST_REQUEST' }, { association: 19 });
    expect(solo.sent()[0]).toMatchObject({ to: 19, type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 9 });
  });

  it('tells a registrar that comes soon afterwards: its mentor may not have known', () => {
    const solo = withPeers();
    killNine(solo);
    ack(solo, 3);
    ack(solo, 8);
    solo.sent();
    solo.peer(7);
    expect(solo.sent()).toContainEqual(
      expect.objectContaining({ to: 7, type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 9 }),
    );
    advanceWith(solo, 62_000, [3, 8]);
    solo.sent();
    solo.peer(6);
    expect(solo.sent().map(({ type }) => type)).not.toContain('ENRP_TAKEOVER_SERVER');
  });

  it('does not tell what nobody agreed to: it may have been cut off itself', () => {
    const solo = new Solo().start();
    solo.peer(9);
    solo.update(9, 0, 90);
    killNine(solo);
    expect(solo.events()).toContainEqual({ type: 'takeoverServerSent', target: 9, elements: 1 });
    solo.sent();
    solo.peer(7);
    expect(solo.sent().map(({ type }) => type)).not.toContain('ENRP_TAKEOVER_SERVER');
  });

  it('as the target that lives, gives up what the winner claims and keeps what registered here since', () => {
    const solo = withPeers();
    for (const identifier of [51, 52])
      solo.handlespace.register(poolHandleFromText('echo'), elementOf(identifier, 5));
    solo.receive(3, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 5 });
    expect(solo.sent()).toMatchObject([{ to: 3, type: 'ENRP_HANDLE_TABLE_REQUEST', ownChildrenOnly: true }]);
    solo.receive(3, { type: 'ENRP_HANDLE_TABLE_REQUEST', ownChildrenOnly: true });
    expect(solo.sent()).toMatchObject([{ type: 'ENRP_HANDLE_TABLE_RESPONSE', rejected: true }]);
    const poolHandle = poolHandleFromText('echo');
    const poolElements = [elementOf(51, 3), elementOf(30, 3)];
    solo.receive(3, {
      type: 'ENRP_HANDLE_TABLE_RESPONSE',
      rejected: false,
      moreToSend: false,
      poolEntries: [{ poolHandle, poolElements }],
    });
    expect(solo.homeOf(51)).toBe(3);
    expect(solo.homeOf(52)).toBe(5);
  });

  it.each([
    { winner: 3, keeps: true },
    { winner: 8, keeps: false },
  ])('does not wait for ever where $winner is yielding in its turn', ({ winner, keeps }) => {
    const solo = withPeers();
    solo.handlespace.register(poolHandleFromText('echo'), elementOf(51, 5));
    solo.receive(winner, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 5 });
    const rejection = { rejected: true, moreToSend: false, poolEntries: [] };
    solo.receive(winner, { type: 'ENRP_HANDLE_TABLE_RESPONSE', ...rejection });
    solo.sent();
    solo.receive(winner, { type: 'ENRP_HANDLE_TABLE_REQUEST', ownChildrenOnly: true });
    expect(solo.sent()).toMatchObject([{ type: 'ENRP_HANDLE_TABLE_RESPONSE', rejected: !keeps }]);
  });
});

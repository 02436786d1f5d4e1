import { poolHandleFromText } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { Cluster, type Node, elementOf, eventsOf, viewOf } from '../testing/cluster.fixture.ts';
import { Solo } from '../testing/solo.fixture.ts';

/** Three registrars with two elements each. */
function threeWithElements(): { readonly cluster: Cluster; readonly nodes: Node[] } {
  const cluster = new Cluster();
  const nodes = cluster.startAll(1, 2, 3);
  for (const node of nodes) {
    cluster.register(node, 'echo', node.identifier * 10);
    cluster.register(node, 'echo', node.identifier * 10 + 1);
  }
  cluster.advance(cluster.cycleMs);
  return { cluster, nodes };
}

/** Removes an element behind the back of the machine, as a lost message would have left it. */
function forge(node: Node, identifier: number): void {
  const element = node.handlespace.find(poolHandleFromText('echo'), identifier);
  if (element !== undefined) node.handlespace.remove(element);
}

function table(solo: Solo, sender: number, identifiers: readonly number[], moreToSend = false): void {
  solo.receive(sender, {
    type: 'ENRP_HANDLE_TABLE_RESPONSE',
    rejected: false,
    moreToSend,
    poolEntries: identifiers.map((identifier) => ({
      poolHandle: poolHandleFromText('echo'),
      poolElements: [elementOf(identifier, sender)],
    })),
  });
}

/** A registrar (5) with peer 9, which owns 91 and 92 in its view. */
function withElements(): Solo {
  const solo = new Solo().start();
  solo.peer(9);
  solo.update(9, 0, 91);
  solo.update(9, 0, 92);
  solo.sent();
  solo.events();
  return solo;
}

describe('RFC 5353 section 3.6.1: auditing procedures', () => {
  it('includes the current checksum of its own elements in every presence', () => {
    const solo = withElements();
    solo.handlespace.register(poolHandleFromText('echo'), elementOf(51, 5));
    solo.presence(9, { replyRequired: true, checksum: solo.handlespace.checksum(9) });
    expect(solo.sent()).toMatchObject([{ checksum: solo.handlespace.checksum(5) }]);
    expect(solo.handlespace.checksum(5)).not.toBe(0xffff);
  });

  it('takes no action when the checksum matches its view of the sender', () => {
    const solo = withElements();
    solo.presence(9, { checksum: solo.handlespace.checksum(9) });
    expect(solo.sent()).toEqual([]);
    expect(solo.machine.counters).toMatchObject({ auditsMatched: 2, auditsMismatched: 0 });
  });

  it('resynchronizes immediately when it does not match', () => {
    const solo = withElements();
    solo.presence(9, { checksum: 0x1234 });
    expect(solo.events()).toMatchObject([
      {
        type: 'auditMismatch',
        peer: 9,
        received: 0x1234,
        expected: solo.handlespace.checksum(9),
        postponed: false,
      },
      { type: 'resynchronizationStarted', peer: 9 },
    ]);
    expect(solo.sent()).toMatchObject([{ to: 9, type: 'ENRP_HANDLE_TABLE_REQUEST', ownChildrenOnly: true }]);
  });

  it('does not compare presences of the group, which may overtake updates', () => {
    const solo = withElements();
    const message = {
      type: 'ENRP_PRESENCE',
      senderIdentifier: 9,
      receiverIdentifier: 0,
      replyRequired: false,
      checksum: 0x1234,
    } as const;
    solo.input({
      type: 'groupMessage',
      message,
      source: { addresses: [Uint8Array.of(10, 0, 0, 9)], port: 9901 },
    });
    expect(solo.sent()).toEqual([]);
  });

  it('asks again before it resynchronizes when somebody else has just changed the elements of the sender', () => {
    const solo = withElements();
    solo.peer(8);
    const before = solo.handlespace.checksum(9);
    solo.update(8, 0, 92);
    solo.sent();
    solo.presence(9, { checksum: before });
    expect(solo.events()).toContainEqual(expect.objectContaining({ type: 'auditMismatch', postponed: true }));
    expect(solo.sent()).toEqual([]);
    solo.advance(1_000);
    expect(solo.sent()).toMatchObject([{ to: 9, type: 'ENRP_PRESENCE', replyRequired: true }]);
    solo.presence(9, { checksum: solo.handlespace.checksum(9) });
    expect(solo.machine.counters.resynchronizations).toBe(0);
  });

  it('does not postpone for ever while elements come and go', () => {
    const solo = withElements();
    solo.peer(8);
    solo.events();
    for (let round = 0; round < 5; round += 1) {
      solo.update(round % 2 === 0 ? 8 : 9, 0, 92);
      solo.update(8, 0, 91);
      solo.presence(9, { checksum: 0x1234 });
    }
    const mismatches = solo.events().filter((event) => event.type === 'auditMismatch');
    expect(mismatches.map((event) => event.postponed).slice(0, 4)).toEqual([true, true, true, false]);
  });
});

describe('RFC 5353 section 3.6.3: re-synchronization procedures', () => {
  it('replaces what the peer names and removes what it does not name any more', () => {
    const solo = withElements();
    solo.presence(9, { checksum: 0x1234 });
    table(solo, 9, [92, 93]);
    expect(viewOf(solo.handlespace)).toEqual(['echo/92@9', 'echo/93@9']);
    expect(solo.events()).toContainEqual({ type: 'resynchronized', peer: 9, received: 2, removed: 1 });
  });

  it('asks for more as long as the M flag is set, and removes only at the end', () => {
    const solo = withElements();
    solo.presence(9, { checksum: 0x1234 });
    solo.sent();
    table(solo, 9, [93], true);
    expect(viewOf(solo.handlespace)).toEqual(['echo/91@9', 'echo/92@9', 'echo/93@9']);
    expect(solo.sent()).toMatchObject([{ type: 'ENRP_HANDLE_TABLE_REQUEST', ownChildrenOnly: true }]);
    table(solo, 9, [92]);
    expect(viewOf(solo.handlespace)).toEqual(['echo/92@9', 'echo/93@9']);
  });

  it('keeps an element that is announced while the table is under way', () => {
    const solo = withElements();
    solo.presence(9, { checksum: 0x1234 });
    table(solo, 9, [91], true);
    solo.update(9, 0, 92);
    table(solo, 9, []);
    expect(viewOf(solo.handlespace)).toEqual(['echo/91@9', 'echo/92@9']);
  });

  it('runs one at a time with a peer, whatever presences arrive', () => {
    const solo = withElements();
    for (let index = 0; index < 5; index += 1) solo.presence(9, { checksum: 0x1234 });
    expect(solo.sent().filter((message) => message.type === 'ENRP_HANDLE_TABLE_REQUEST')).toHaveLength(1);
  });

  it('runs few at a time in all; the others follow', () => {
    const solo = new Solo({ limits: { maximumResynchronizations: 2 } }).start();
    const peers = [7, 8, 9, 10];
    for (const peer of peers) solo.peer(peer);
    solo.sent();
    for (const peer of peers) solo.presence(peer, { checksum: 0x1234 });
    const requested = (): number[] =>
      solo.sent().flatMap((message) => (message.type === 'ENRP_HANDLE_TABLE_REQUEST' ? [message.to] : []));
    expect(requested()).toEqual([7, 8]);
    table(solo, 8, [81]);
    expect(requested()).toEqual([9]);
    solo.advance(5_000);
    expect(requested()).toContain(10);
  });

  it('gives up when the peer rejects or does not answer, and leaves everything as it was', () => {
    const solo = withElements();
    solo.presence(9, { checksum: 0x1234 });
    solo.receive(9, {
      type: 'ENRP_HANDLE_TABLE_RESPONSE',
      rejected: true,
      moreToSend: false,
      poolEntries: [],
    });
    expect(solo.events()).toContainEqual({ type: 'resynchronizationFailed', peer: 9, reason: 'rejected' });
    solo.advance(20_000);
    solo.presence(9, { checksum: 0x1234 });
    solo.advance(5_000);
    expect(solo.events()).toContainEqual({ type: 'resynchronizationFailed', peer: 9, reason: 'noResponse' });
    expect(viewOf(solo.handlespace)).toEqual(['echo/91@9', 'echo/92@9']);
  });

  it('asks with each presence again where the peer does not answer: the pause is for what did not help', () => {
    const solo = withElements();
    const asked: boolean[] = [];
    for (let cycle = 0; cycle < 8; cycle += 1) {
      solo.presence(9, { checksum: 0x1234 });
      asked.push(solo.sent().some((message) => message.type === 'ENRP_HANDLE_TABLE_REQUEST'));
      solo.advance(30_000);
    }
    expect(asked).toEqual(Array.from({ length: 8 }, () => true));
  });

  it('asks again at once when the whole table comes too late: the peer holds no session that is in the way', () => {
    const solo = withElements();
    solo.presence(9, { checksum: 0x1234 });
    solo.advance(5_500);
    solo.events();
    solo.sent();
    table(solo, 9, [91, 92, 93]);
    expect(viewOf(solo.handlespace)).toEqual(['echo/91@9', 'echo/92@9']);
    expect(solo.sent()).toMatchObject([{ to: 9, type: 'ENRP_HANDLE_TABLE_REQUEST', ownChildrenOnly: true }]);
    table(solo, 9, [91, 92, 93]);
    expect(viewOf(solo.handlespace)).toEqual(['echo/91@9', 'echo/92@9', 'echo/93@9']);
  });

  it('waits for the end of the session where only a part of the table comes too late', () => {
    const solo = withElements();
    solo.presence(9, { checksum: 0x1234 });
    solo.advance(5_500);
    solo.sent();
    solo.receive(9, {
      type: 'ENRP_HANDLE_TABLE_RESPONSE',
      rejected: false,
      moreToSend: true,
      poolEntries: [],
    });
    solo.presence(9, { checksum: 0x1234 });
    expect(solo.sent()).toEqual([]);
  });

  it('ignores a table that nobody asked for', () => {
    const solo = withElements();
    table(solo, 9, [93]);
    expect(viewOf(solo.handlespace)).toEqual(['echo/91@9', 'echo/92@9']);
    expect(solo.machine.counters.unexpectedResponses).toBe(1);
  });

  it('comes ever more rarely while it does not help', () => {
    const solo = new Solo().start();
    solo.peer(9);
    solo.update(9, 0, 91);
    solo.update(9, 0, 92);
    const startedAt: number[] = [];
    for (let cycle = 0; cycle < 60; cycle += 1) {
      solo.advance(30_000);
      solo.events();
      solo.presence(9, { checksum: 0x1234 });
      if (solo.events().some((event) => event.type === 'resynchronizationStarted')) startedAt.push(cycle);
      table(solo, 9, [91, 92]);
    }
    const pauses = startedAt.slice(1).map((cycle, index) => cycle - (startedAt[index] ?? 0));
    expect(pauses.slice(0, 6)).toEqual([1, 1, 1, 2, 4, 8]);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(16);
  });

  it('gives an element that its owner disowns to the peer that still claims it', () => {
    const solo = withElements();
    solo.peer(8);
    solo.presence(8, { checksum: 0x1234 });
    table(solo, 8, [91]);
    expect(solo.homeOf(91)).toBe(9);
    solo.advance(30_000);
    solo.presence(8, { checksum: 0x1234 });
    solo.presence(9, { checksum: solo.handlespace.checksum(9) });
    solo.presence(9, { checksum: 0x4321 });
    table(solo, 9, [92]);
    expect(solo.homeOf(91)).toBe(8);
  });

  it('takes an own element back that a slow peer claims first and disowns then', () => {
    const solo = withElements();
    solo.handlespace.register(poolHandleFromText('echo'), elementOf(51, 5));
    solo.presence(9, { checksum: 0x1234 });
    table(solo, 9, [51, 91, 92]);
    expect(solo.homeOf(51)).toBe(9);
    solo.presence(9, { checksum: solo.handlespace.checksum(9) });
    solo.presence(9, { checksum: 0x4321 });
    table(solo, 9, [91, 92]);
    expect(solo.homeOf(51)).toBe(5);
    expect(solo.events()).toContainEqual({ type: 'ownershipReclaimed', peer: 9, elements: 1 });
    expect(solo.take('takenOver')).toMatchObject([{ target: 9 }]);
  });

  it('forgets a rival claim when the claimant agrees', () => {
    const solo = withElements();
    solo.peer(8);
    solo.presence(8, { checksum: 0x1234 });
    table(solo, 8, [91]);
    solo.advance(30_000);
    solo.presence(8, { checksum: solo.handlespace.checksum(8) });
    solo.presence(9, { checksum: 0x4321 });
    table(solo, 9, [92]);
    expect(solo.homeOf(91)).toBeUndefined();
  });

  it('repairs a forged loss within one heartbeat cycle', () => {
    const { cluster, nodes } = threeWithElements();
    const [first] = nodes;
    if (first === undefined) throw new Error('no registrar');
    forge(first, 20);
    forge(first, 31);
    expect(cluster.agrees()).toBe(false);
    expect(cluster.advanceUntil(() => cluster.agrees(), 5000)).toBeLessThanOrEqual(1.2 * cluster.cycleMs);
    expect(new Set(eventsOf(first, 'resynchronized').map((event) => event.peer))).toEqual(new Set([2, 3]));
  });

  it('removes what a peer has lost without telling', () => {
    const { cluster, nodes } = threeWithElements();
    const [, second] = nodes;
    if (second === undefined) throw new Error('no registrar');
    forge(second, 20);
    expect(cluster.advanceUntil(() => cluster.agrees(), 5000)).toBeLessThanOrEqual(1.2 * cluster.cycleMs);
    expect(viewOf(second.handlespace)).not.toContain('echo/20@2');
  });

  it('resolves a swap in which each of two registrars takes the other for the home', () => {
    const { cluster, nodes } = threeWithElements();
    const [first, second] = nodes;
    if (first === undefined || second === undefined) throw new Error('no registrars');
    cluster.register(first, 'echo', 7);
    cluster.register(second, 'echo', 7);
    cluster.advance(3 * cluster.cycleMs);
    expect(cluster.agrees()).toBe(true);
    expect(viewOf(first.handlespace)).toContainEqual(expect.stringMatching(/^echo\/7@[12]$/));
    expect([...first.takenOver, ...second.takenOver].length).toBeGreaterThan(0);
  });

  it('moves a large handlespace in bounded parts', () => {
    const cluster = new Cluster();
    const [first, second] = cluster.startAll(1, 2);
    if (first === undefined || second === undefined) throw new Error('no registrars');
    cluster.passes = (message) => message.type !== 'ENRP_HANDLE_UPDATE';
    for (let index = 1; index <= 3000; index += 1) cluster.register(first, `pool${index % 7}`, index);
    cluster.passes = () => true;
    cluster.advance(2 * cluster.cycleMs);
    expect(second.handlespace.elementCount).toBe(3000);
    expect(first.machine.counters.sent.ENRP_HANDLE_TABLE_RESPONSE).toBeGreaterThanOrEqual(12);
    expect(cluster.agrees()).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { Cluster, eventsOf, viewOf } from '../testing/cluster.fixture.ts';

/** A registrar with elements, and one that was configured with it. */
function mentorAndNewcomer(elements: number, limits: { maximumTableElements?: number } = {}) {
  const cluster = new Cluster({ transcript: true });
  const mentor = cluster.start(1, { limits });
  for (let index = 0; index < elements; index += 1) cluster.register(mentor, `pool${index % 3}`, index + 1);
  const newcomer = cluster.start(2, { peers: [1] });
  return { cluster, mentor, newcomer };
}

describe('RFC 5353 section 3.2.2.1: finding the mentor server', () => {
  it('considers itself alone at once when no peer is configured', () => {
    const node = new Cluster().start(1);
    expect(node.initializations).toBe(1);
    expect(eventsOf(node, 'initialized')[0]).toMatchObject({ mentor: undefined, poolElements: 0 });
  });

  it('uses the only configured peer as its mentor', () => {
    const { cluster, newcomer } = mentorAndNewcomer(2);
    cluster.advance(100);
    expect(eventsOf(newcomer, 'initialized')).toMatchObject([{ mentor: 1, poolElements: 2 }]);
  });

  it('picks one of several configured peers at random and does not ask the others', () => {
    const chosen = new Set<number | undefined>();
    for (let seed = 1; seed <= 20; seed += 1) {
      const cluster = new Cluster({ seed });
      cluster.startAll(1, 2, 3);
      const newcomer = cluster.start(9, { peers: [1, 2, 3] });
      cluster.advance(100);
      expect(eventsOf(newcomer, 'mentorChosen')).toHaveLength(1);
      chosen.add(eventsOf(newcomer, 'initialized')[0]?.mentor);
    }
    expect(chosen).toEqual(new Set([1, 2, 3]));
  });

  it('skips its own endpoint in the configuration', () => {
    const node = new Cluster().start(1, { peers: [1] });
    expect(eventsOf(node, 'initialized')).toHaveLength(1);
    expect(eventsOf(node, 'associationAttempt')).toHaveLength(0);
  });

  it('considers itself alone after each configured peer was tried and none could be reached', () => {
    const cluster = new Cluster();
    const node = cluster.start(1, { peers: [7, 8] });
    cluster.advance(20);
    expect(eventsOf(node, 'mentorFailed').map((event) => event.reason)).toEqual([
      'unreachable',
      'unreachable',
    ]);
    expect(eventsOf(node, 'initialized')).toMatchObject([{ mentor: undefined }]);
    expect(node.initializations).toBe(1);
  });

  it('finds a peer that is started later, by attempts with an event each and a capped pause', () => {
    const cluster = new Cluster();
    const early = cluster.start(1, { peers: [2] });
    cluster.advance(5000);
    const attempts = eventsOf(early, 'associationAttempt').map((event) => event.attempt);
    expect(attempts.length).toBeGreaterThan(10);
    expect(attempts).toEqual(attempts.map((_, index) => index + 1));
    const pauses = eventsOf(early, 'associationFailed').map((event) => event.retryInMs ?? 0);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(150);
    cluster.register(early, 'echo', 11);
    const late = cluster.start(2);
    expect(cluster.advanceUntil(() => cluster.agrees(), 3 * cluster.cycleMs)).toBeDefined();
    expect(viewOf(late.handlespace)).toEqual(['echo/11@1']);
  });

  it('listens on the group when no peer is configured, and takes who answers as its mentor', () => {
    const cluster = new Cluster();
    const first = cluster.start(1, { useGroup: true });
    cluster.advance(1000);
    cluster.register(first, 'echo', 11);
    const second = cluster.start(2, { useGroup: true });
    cluster.advance(1000);
    expect(eventsOf(second, 'initialized')).toMatchObject([{ mentor: 1, poolElements: 1 }]);
    expect(eventsOf(second, 'initialized')[0]?.at).toBeLessThan(1020);
  });

  it('considers itself alone when the group stays silent', () => {
    const cluster = new Cluster();
    const node = cluster.start(1, { useGroup: true });
    cluster.advance(699);
    expect(node.initializations).toBe(0);
    cluster.advance(1);
    expect(node.initializations).toBe(1);
  });
});

describe('RFC 5353 section 3.2.2.2: request complete server list from mentor peer', () => {
  it('sends a presence before its first request, because strangers are refused elsewhere', () => {
    const { cluster } = mentorAndNewcomer(0);
    cluster.advance(100);
    const names = cluster.transcript.flatMap((line) => /R2 -> R1 (ENRP_\w+)/.exec(line)?.[1] ?? []);
    expect(names.slice(0, 2)).toEqual(['ENRP_PRESENCE', 'ENRP_LIST_REQUEST']);
  });

  it('fills its peer list from the answer and connects to everyone on it', () => {
    const cluster = new Cluster();
    cluster.startAll(1, 2, 3);
    const newcomer = cluster.start(4, { peers: [1] });
    cluster.advance(50);
    expect(newcomer.machine.peers().map((peer) => [peer.identifier, peer.associated])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
  });

  it('turns to a backup when the mentor does not answer within MAX-TIME-NO-RESPONSE', () => {
    const cluster = new Cluster();
    cluster.startAll(1, 2);
    cluster.passes = (message, from) => !(message.type === 'ENRP_LIST_RESPONSE' && from.identifier === 1);
    const newcomers = [3, 4, 5, 6].map((identifier) => cluster.start(identifier, { peers: [1, 2] }));
    cluster.advance(1000);
    const failures = newcomers.flatMap((node) => eventsOf(node, 'mentorFailed'));
    expect(failures.length).toBeGreaterThan(0);
    for (const failure of failures) expect(failure).toMatchObject({ reason: 'noResponse' });
    for (const failure of failures) expect(failure.at).toBeGreaterThanOrEqual(300);
    expect(newcomers.map((node) => eventsOf(node, 'initialized')[0]?.mentor)).toEqual([2, 2, 2, 2]);
  });

  it('turns to a backup when the mentor is dead', () => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const cluster = new Cluster({ seed });
      cluster.startAll(1, 2);
      cluster.kill(1);
      cluster.advance(1000);
      const newcomer = cluster.start(3, { peers: [1, 2] });
      cluster.advance(100);
      expect(eventsOf(newcomer, 'initialized')).toMatchObject([{ mentor: 2 }]);
    }
  });

  it('waits and asks again when the mentor rejects, because it initializes itself', () => {
    const cluster = new Cluster();
    cluster.add(7);
    cluster.partition([[1, 5], [7]]);
    cluster.start(5, { peers: [7], timing: { associationAttemptMs: 200 } });
    const newcomer = cluster.start(1, { peers: [5] });
    cluster.advance(1000);
    expect(eventsOf(newcomer, 'mentorFailed').map((event) => event.reason)).toContain('rejected');
    const [retry] = eventsOf(newcomer, 'mentorRetryScheduled');
    expect(retry?.round).toBe(1);
    expect(eventsOf(newcomer, 'initialized')).toMatchObject([{ mentor: 5 }]);
  });

  it.each([2, 3, 5])('lets %i registrars that are started together and know each other begin', (count) => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const cluster = new Cluster({ seed, delayMs: [1, 10] });
      const identifiers = Array.from({ length: count }, (_, index) => index + 1);
      const nodes = identifiers.map((identifier) =>
        cluster.start(identifier, { peers: identifiers.filter((other) => other !== identifier) }),
      );
      cluster.advance(2000);
      expect(nodes.map((node) => node.initializations)).toEqual(nodes.map(() => 1));
      for (const node of nodes)
        expect(node.machine.peers().filter((peer) => peer.associated)).toHaveLength(count - 1);
      const first = nodes.find((node) => eventsOf(node, 'initialized')[0]?.mentor === undefined);
      expect(first?.identifier).toBe(count);
    }
  });

  it('considers itself alone when mentors reject for ever', () => {
    const cluster = new Cluster();
    const [mentor] = cluster.startAll(9);
    cluster.passes = (message) => message.type !== 'ENRP_LIST_RESPONSE' || message.rejected;
    if (mentor === undefined) throw new Error('no mentor');
    const busy = cluster.add(9, { host: 10 });
    expect(busy.machine.state).toBe('idle');
    const newcomer = cluster.start(2, { peers: [10], limits: { maximumMentorRounds: 4 } });
    cluster.advance(3000);
    expect(eventsOf(newcomer, 'mentorRetryScheduled').map((event) => event.round)).toEqual([1, 2, 3]);
    expect(eventsOf(newcomer, 'initialized')).toMatchObject([{ mentor: undefined }]);
  });
});

describe('RFC 5353 section 3.2.3: download ENRP handlespace data from mentor peer', () => {
  it('copies a handlespace that needs many messages, and asks again for as long as the M flag is set', () => {
    const { cluster, mentor, newcomer } = mentorAndNewcomer(25, { maximumTableElements: 4 });
    cluster.advance(200);
    expect(viewOf(newcomer.handlespace)).toEqual(viewOf(mentor.handlespace));
    const pages = eventsOf(newcomer, 'tablePageReceived');
    expect(pages.map((page) => page.elements)).toEqual([4, 8, 12, 16, 20, 24, 25]);
    expect(pages.map((page) => page.moreToSend)).toEqual([true, true, true, true, true, true, false]);
    expect(newcomer.machine.counters.sent.ENRP_HANDLE_TABLE_REQUEST).toBe(7);
  });

  it('offers its service only after the last message', () => {
    const { cluster, newcomer } = mentorAndNewcomer(9, { maximumTableElements: 4 });
    cluster.advanceUntil(() => eventsOf(newcomer, 'tablePageReceived').length === 2, 100, 1);
    expect(newcomer.initializations).toBe(0);
    cluster.advance(10);
    expect(newcomer.initializations).toBe(1);
  });

  it('begins anew with a backup when the mentor dies in the middle of the download', () => {
    const cluster = new Cluster({ seed: 2 });
    const limits = { maximumTableElements: 2 };
    const first = cluster.start(1, { limits });
    for (let index = 1; index <= 20; index += 1) cluster.register(first, 'echo', index);
    cluster.start(2, { peers: [1], limits });
    cluster.advance(500);
    const newcomer = cluster.start(3, { peers: [1, 2] });
    cluster.advanceUntil(() => eventsOf(newcomer, 'tablePageReceived').length === 3, 100, 1);
    const mentor = newcomer.machine.peers().find((peer) => peer.endpoint !== undefined)?.identifier ?? 0;
    cluster.kill(mentor);
    cluster.advance(2000);
    expect(eventsOf(newcomer, 'mentorFailed')).toHaveLength(1);
    expect(eventsOf(newcomer, 'initialized')).toMatchObject([{ mentor: 3 - mentor, poolElements: 20 }]);
    expect(cluster.agrees()).toBe(true);
  });

  it('waits and asks again when the mentor has too many downloads', () => {
    const cluster = new Cluster();
    const limits = { maximumTableElements: 1, maximumTableSessions: 1 };
    const mentor = cluster.start(1, { limits });
    for (let index = 1; index <= 10; index += 1) cluster.register(mentor, 'echo', index);
    const newcomers = [2, 3, 4].map((identifier) => cluster.start(identifier, { peers: [1] }));
    cluster.advance(3000);
    expect(eventsOf(mentor, 'tableRequestRejected').some((event) => event.reason === 'tooManySessions')).toBe(
      true,
    );
    for (const node of newcomers) expect(viewOf(node.handlespace)).toEqual(viewOf(mentor.handlespace));
  });

  it('keeps what an owner has said itself over what the mentor says about it', () => {
    const cluster = new Cluster();
    const [mentor, owner] = cluster.startAll(1, 2);
    if (mentor === undefined || owner === undefined) throw new Error('no registrars');
    cluster.register(mentor, 'echo', 7);
    cluster.advance(10);
    cluster.passes = (message, from, to) =>
      !(message.type === 'ENRP_HANDLE_UPDATE' && to === mentor && from === owner);
    const newcomer = cluster.start(3, { peers: [1] });
    cluster.advanceUntil(
      () => newcomer.machine.peers().some((peer) => peer.identifier === 2 && peer.heard),
      50,
      1,
    );
    cluster.register(owner, 'echo', 7);
    cluster.advance(20);
    expect(viewOf(newcomer.handlespace)).toEqual(['echo/7@2']);
  });

  it('adopts the elements that are its own already, where it was restarted with its old identifier', () => {
    const cluster = new Cluster();
    const [first, second] = cluster.startAll(1, 2);
    if (first === undefined || second === undefined) throw new Error('no registrars');
    cluster.register(second, 'echo', 21);
    cluster.advance(20);
    second.state = 'dead';
    cluster.nodes.delete(2);
    const reborn = cluster.start(2, { peers: [1] });
    cluster.advance(20);
    expect(viewOf(reborn.handlespace)).toEqual(['echo/21@2']);
    expect(reborn.takenOver).toMatchObject([{ target: 2, elements: [expect.any(Number)] }]);
  });
});

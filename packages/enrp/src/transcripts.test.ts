import { TimerTable } from '@rserpool/wire/internal';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cluster, type ClusterOptions, type Node, elementOf } from './testing/cluster.fixture.ts';

const legend = `# One line for each thing that happens: time in ms, registrar, and
#   ->  a message leaves it        ..  an event: its state changed
#   **  a timer of it has expired  ==  an output for the registrar side of ASAP
# Messages take 1 ms. Run the tests with -u to write this file anew, and commit only what you understand.
`;

/** A cluster that writes down everything, timers included. */
function recorded(options: ClusterOptions = {}): Cluster {
  const cluster = new Cluster({ transcript: true, ...options });
  const takeExpired = Reflect.get(TimerTable.prototype, 'takeExpired') as (
    this: unknown,
    now: number,
  ) => string | undefined;
  vi.spyOn(TimerTable.prototype, 'takeExpired').mockImplementation(function take(
    this: TimerTable,
    now: number,
  ) {
    const name = takeExpired.call(this, now);
    if (name !== undefined) cluster.noteTimer(name);
    return name;
  });
  return cluster;
}

/** Registrars that have been up for a while, with one element each. */
function settled(cluster: Cluster, ...identifiers: readonly number[]): Node[] {
  const nodes = cluster.startAll(...identifiers);
  for (const node of nodes) cluster.register(node, 'echo', node.identifier * 10);
  cluster.advance(20);
  cluster.transcript.length = 0;
  return nodes;
}

async function expectTranscript(cluster: Cluster, name: string): Promise<void> {
  await expect(`${legend}\n${cluster.transcript.join('\n')}\n`).toMatchFileSnapshot(`testdata/${name}.txt`);
}

describe('transcripts', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('RFC 5353 section 3.2.2: a mentor that rejects, because it initializes itself, and then helps', async () => {
    const cluster = recorded();
    cluster.add(7);
    cluster.partition([[1, 5], [7]]);
    cluster.start(5, { peers: [7] });
    cluster.start(1, { peers: [5] });
    cluster.advance(280);
    await expectTranscript(cluster, '3.2.2-acquire-peer-server-list');
  });

  it('RFC 5353 section 3.2.3: a download in three messages, interrupted, and begun anew with the backup', async () => {
    const cluster = recorded({ seed: 2 });
    const limits = { maximumTableElements: 2 };
    const first = cluster.start(1, { limits });
    for (let index = 1; index <= 5; index += 1) cluster.register(first, 'echo', index);
    cluster.start(2, { peers: [1], limits });
    cluster.advance(20);
    cluster.transcript.length = 0;
    cluster.start(3, { peers: [1, 2] });
    cluster.advance(6);
    cluster.kill(2);
    cluster.advance(30);
    await expectTranscript(cluster, '3.2.3-download-handlespace');
  });

  it('RFC 5353 section 3.3: an element is added, moves to another registrar, and is removed', async () => {
    const cluster = recorded();
    const [first, second] = settled(cluster, 1, 2, 3);
    if (first === undefined || second === undefined) throw new Error('no registrars');
    cluster.register(first, 'echo', 77);
    cluster.advance(5);
    cluster.register(second, 'echo', 77);
    cluster.advance(5);
    cluster.input(first, {
      type: 'handleUpdate',
      action: 'delete',
      poolHandle: new TextEncoder().encode('echo'),
      poolElement: elementOf(77, 1),
    });
    cluster.advance(5);
    cluster.deregister(second, 'echo', 77);
    cluster.advance(5);
    await expectTranscript(cluster, '3.3-handlespace-update');
  });

  it('RFC 5353 section 3.4.1: a registrar that was unknown connects', async () => {
    const cluster = recorded();
    cluster.start(1);
    cluster.advance(10);
    cluster.transcript.length = 0;
    cluster.start(2, { peers: [1] });
    cluster.advance(20);
    await expectTranscript(cluster, '3.4.1-discovering-new-peer');
  });

  it('RFC 5353 section 3.4.2: one heartbeat cycle of three registrars', async () => {
    const cluster = recorded();
    settled(cluster, 1, 2, 3);
    cluster.advance(cluster.cycleMs);
    await expectTranscript(cluster, '3.4.2-heartbeat');
  });

  it('RFC 5353 section 3.4.3: a slow registrar is probed and answers, a vanished one does not', async () => {
    const cluster = recorded();
    settled(cluster, 1, 2);
    cluster.hang(2);
    cluster.advanceUntil(() => cluster.transcript.some((line) => line.includes('peerSuspected')), 2000, 1);
    cluster.advance(50);
    cluster.resume(2);
    cluster.advance(20);
    cluster.kill(2, { silent: true });
    cluster.advanceUntil(
      () => cluster.transcript.some((line) => line.includes('takeoverServerSent')),
      2000,
      1,
    );
    await expectTranscript(cluster, '3.4.3-detecting-peer-server-failure');
  });

  it('RFC 5353 section 3.5: three survivors notice at the same time, and arbitrate', async () => {
    const cluster = recorded();
    settled(cluster, 1, 2, 3, 4);
    cluster.kill(4);
    cluster.advance(12);
    await expectTranscript(cluster, '3.5-takeover-arbitration');
  });

  it('RFC 5353 section 3.5.1: a false alarm is cancelled by the presence of the target', async () => {
    const cluster = recorded();
    settled(cluster, 1, 2, 3);
    cluster.passes = (message) => message.type !== 'ENRP_INIT_TAKEOVER_ACK';
    cluster.hang(3);
    cluster.advanceUntil(() => cluster.transcript.some((line) => line.includes('takeoverStarted')), 3000, 1);
    cluster.transcript.length = 0;
    cluster.resume(3);
    cluster.advance(10);
    await expectTranscript(cluster, '3.5.1-false-alarm');
  });

  it('RFC 5353 section 3.5.2: a registrar that was taken over comes back with its old identifier', async () => {
    const cluster = recorded();
    settled(cluster, 1, 2, 3);
    cluster.hang(3);
    cluster.advanceUntil(
      () => cluster.transcript.some((line) => line.includes('takeoverServerSent')),
      3000,
      1,
    );
    cluster.advance(400);
    cluster.transcript.length = 0;
    cluster.resume(3);
    cluster.advance(20);
    await expectTranscript(cluster, '3.5.2-return-of-the-target');
  });

  it('RFC 5353 section 3.6: an audit repairs what was lost', async () => {
    const cluster = recorded();
    const [first] = settled(cluster, 1, 2);
    const [element] = first?.handlespace.elementsOf(2) ?? [];
    if (first === undefined || element === undefined) throw new Error('no element');
    first.handlespace.remove(element);
    cluster.note('R1 loses the element of R2');
    cluster.advance(cluster.cycleMs);
    await expectTranscript(cluster, '3.6-audit');
  });

  it('RFC 5353 section 3.6: a partition in which both sides took over heals', async () => {
    const cluster = recorded();
    settled(cluster, 1, 2);
    cluster.partition([[1], [2]]);
    cluster.advance(2 * cluster.cycleMs);
    cluster.transcript.length = 0;
    cluster.heal();
    cluster.note('the network heals');
    cluster.advance(1.5 * cluster.cycleMs);
    await expectTranscript(cluster, '3.6-healed-partition');
  });
});

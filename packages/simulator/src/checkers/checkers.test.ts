import { SimulatedAssociation } from '../network/simulated-association.ts';
import { describe, expect, it } from 'vitest';
import { CalmCluster } from '../testing/cluster.fixture.ts';
import { ChecksumChecker } from './checksum-checker.ts';
import { GrowthChecker } from './growth-checker.ts';
import { HandlespaceChecker } from './handlespace-checker.ts';
import { PoolChecker } from './pool-checker.ts';
import { ProgressChecker } from './progress-checker.ts';
import { QuietChecker } from './quiet-checker.ts';
import { RequestChecker } from './request-checker.ts';

/** A cluster that has settled, with a checker of its handlespaces that has seen it. */
const settled = (): { calm: CalmCluster; handlespaces: HandlespaceChecker } => {
  const calm = new CalmCluster();
  const handlespaces = new HandlespaceChecker(calm.cluster, calm.bounds);
  expect(calm.pass(10_000, handlespaces)).toEqual([]);
  return { calm, handlespaces };
};

describe('the checkers', () => {
  it('find nothing wrong with a cluster that nothing befalls', () => {
    const calm = new CalmCluster();
    const { cluster, bounds } = calm;
    const progress = new ProgressChecker(cluster, bounds);
    const checkers = [
      new ChecksumChecker(cluster),
      new GrowthChecker(cluster),
      new RequestChecker(cluster),
      new PoolChecker(cluster),
      new QuietChecker(cluster, bounds),
      progress,
    ];
    expect(calm.pass(30_000, new HandlespaceChecker(cluster, bounds), ...checkers)).toEqual([]);
    expect(progress.closest).toBeLessThan(0.2);
    for (const user of cluster.users) expect(user.answers).toBeGreaterThan(30);
  });

  it('see a registrar that its peers do not reach', () => {
    const { calm, handlespaces } = settled();
    const { registrars, world } = calm.cluster;
    const hosts = registrars.map((node) => node.host);
    world.network.cut(hosts.slice(0, 1), hosts);
    expect(calm.pass(5000, handlespaces)).toContain('peers');
  });

  it('see a living element that nobody lists', () => {
    const { calm, handlespaces } = settled();
    const { elements, world } = calm.cluster;
    const [victim] = elements;
    if (victim !== undefined) world.network.cut([victim.host], world.network.hosts);
    expect(calm.pass(20_000, handlespaces)).toEqual(['presence']);
  });

  it('see a dead element that is still listed', () => {
    const { calm, handlespaces } = settled();
    const { elements, registrars } = calm.cluster;
    // Nobody looks after the elements any more, and nobody is told.
    for (const node of registrars) node.host.stop(false);
    elements[0]?.kill(true);
    // A checker that takes the registrars for running: it asks them whatever they do.
    for (const node of registrars) Object.defineProperty(node, 'isRunning', { value: true });
    expect(calm.pass(20_000, handlespaces)).toContain('absence');
  });

  it('see registrars that do not agree', () => {
    const { calm, handlespaces } = settled();
    const { registrars, world } = calm.cluster;
    const [first, second] = registrars;
    if (first === undefined || second === undefined) return;
    const victim = [...first.handlespace.elementsOf(second.identifier)][0];
    // As if an update had been lost, and the audit with it.
    world.network.cut([second.host], [first.host]);
    if (victim === undefined) throw new TypeError('the second registrar owns nothing');
    first.handlespace.remove(victim);
    expect(calm.pass(3000, handlespaces)).toContain('agreement');
  });

  it('see a checksum that is not that of its elements', () => {
    const { calm } = settled();
    const checksums = new ChecksumChecker(calm.cluster);
    expect(calm.pass(1000, checksums)).toEqual([]);
    const [node] = calm.cluster.registrars;
    if (node !== undefined) Object.defineProperty(node.handlespace, 'checksum', { value: () => 4711 });
    expect(calm.pass(1000, checksums)).toEqual(['checksum']);
  });

  it('see users that get no answers', () => {
    const { calm } = settled();
    const { users, elements, world } = calm.cluster;
    const progress = new ProgressChecker(calm.cluster, calm.bounds);
    calm.pass(1000, progress);
    world.network.cut(
      users.map((node) => node.host),
      elements.map((node) => node.host),
    );
    expect(calm.pass(calm.bounds.progress + 2000, progress)).toEqual(['progress']);
  });

  it('see a request that does not end', () => {
    const { calm } = settled();
    const requests = new RequestChecker(calm.cluster);
    calm.cluster.users[0]?.deadlines.begin('something', 1000);
    expect(calm.pass(900, requests)).toEqual([]);
    expect(calm.pass(400, requests)).toEqual(['requests']);
  });

  it('see what grows', () => {
    const { calm } = settled();
    const growth = new GrowthChecker(calm.cluster);
    const [node] = calm.cluster.elements;
    for (let count = 0; count < 1000; count += 1) node?.host.clock.setTimer(1e9, () => undefined);
    expect(calm.pass(100, growth)).toEqual(['growth']);
  });

  it('see an audit that has something to repair although nobody was disturbed', () => {
    const { calm } = settled();
    const { registrars } = calm.cluster;
    const quiet = new QuietChecker(calm.cluster, calm.bounds);
    expect(calm.pass(3000, quiet)).toEqual([]);
    // As if an update had been wrong.
    const [first, second] = registrars;
    const [victim] = first?.handlespace.elementsOf(second?.identifier ?? 0) ?? [];
    if (victim === undefined) throw new TypeError('the second registrar owns nothing');
    first?.handlespace.remove(victim);
    expect(calm.pass(3000, quiet)).toEqual(['quiet']);
  });

  it('see an element in a pool with another policy', () => {
    const calm = new CalmCluster(1, ['rivalPolicies']);
    const pools = new PoolChecker(calm.cluster);
    expect(calm.pass(10_000, pools)).toEqual([]);
    const [node] = calm.cluster.registrars;
    const { handlespace } = node ?? {};
    const peek = handlespace?.peek.bind(handlespace);
    // As if the pool had changed, and its elements had not.
    Object.defineProperty(handlespace ?? {}, 'peek', {
      value: (poolHandle: Uint8Array) => ({
        ...peek?.(poolHandle),
        policy: { type: 'priority', priority: 1 },
      }),
    });
    expect(calm.pass(100, pools)).toEqual(['pools']);
  });

  it('do not ask for an element that its pool has no place for, but for one of each pool', () => {
    const calm = new CalmCluster(1, ['rivalPolicies']);
    const { cluster, bounds } = calm;
    expect(calm.pass(20_000, new HandlespaceChecker(cluster, bounds))).toEqual([]);
    const rivals = cluster.elements.filter(({ pool }) => pool === 'rivals');
    expect(rivals.filter((node) => node.isContradicted)).toHaveLength(2);
    expect(rivals.map((node) => node.isRegistered)).toEqual(rivals.map((node) => !node.isContradicted));
  });

  it('see state that was lost', () => {
    const { calm } = settled();
    // An application that forgets what it has put into its cookies.
    const { elements } = calm.cluster;
    for (const node of elements) {
      for (const association of node.host.endpointAt(7000)?.associations ?? []) {
        if (!(association instanceof SimulatedAssociation)) throw new TypeError('not of this network');
        const { handlers } = association;
        if (handlers.message === undefined) continue;
        const take = handlers.message;
        association.handlers = {
          ...handlers,
          message: (message) => {
            const data = message.data.length === 4 ? Uint8Array.of(9, 9, 9, 9) : message.data;
            take({ ...message, payloadProtocolIdentifier: message.payloadProtocolIdentifier, data });
          },
        };
      }
    }
    expect(calm.pass(3000)).toEqual(['secured state']);
  });
});

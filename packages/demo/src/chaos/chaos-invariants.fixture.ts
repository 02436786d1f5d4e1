import { formatPoolHandle } from '@rserpool/wire';
import type { ChaosCluster } from './chaos-cluster.fixture.ts';

/** What DESIGN calls what must never happen, as questions that have an answer at any time. */
export type Invariant = 'ready' | 'agreement' | 'presence' | 'absence' | 'home' | 'peers';

/** What does not hold at present, each with an explanation. */
export function violations(cluster: ChaosCluster): Map<Invariant, string> {
  const found = new Map<Invariant, string>();
  const living = cluster.registrars.filter((node) => cluster.stateOf(node) === 'running');
  const views = living.map(({ address, registrar }) => ({ address, view: viewOf(registrar) }));
  for (const { address, registrar } of living) {
    if (!registrar.isReady) found.set('ready', `${address} is not ready`);
    const peers = registrar.peers
      .filter(({ status }) => status === 'active')
      .map(({ identifier }) => identifier);
    const expected = living
      .map((node) => node.registrar.identifier)
      .filter((id) => id !== registrar.identifier);
    if (!sameSet(peers, expected))
      found.set('peers', `${address} has peers ${peers.join(' ')}, not ${expected.join(' ')}`);
  }
  const [first] = views;
  for (const { address, view } of views) {
    if (first !== undefined && !sameView(first.view, view)) {
      found.set('agreement', `${first.address} ${format(first.view)} and ${address} ${format(view)}`);
    }
    for (const node of cluster.elements) {
      const owner = view.get(`${node.pool}/${node.element.identifier}`);
      if (cluster.stateOf(node) !== 'running') continue;
      if (owner === undefined) {
        found.set('presence', `${address} does not know ${node.address} (${node.element.registrationState})`);
      } else {
        const home = living.find(({ registrar }) => registrar.identifier === owner)?.address;
        if (home !== node.home)
          found.set('home', `${node.address} has home ${node.home}, but ${address} says ${home}`);
      }
    }
    const alive = cluster.elements.filter((node) => cluster.stateOf(node) === 'running');
    const known = new Set(alive.map((node) => `${node.pool}/${node.element.identifier}`));
    for (const [key, owner] of view) {
      if (!known.has(key)) found.set('absence', `${address} still has ${key} of ${owner}`);
    }
  }
  return found;
}

type View = ReadonlyMap<string, number>;

function viewOf(registrar: ChaosCluster['registrars'][number]['registrar']): View {
  const view = new Map<string, number>();
  for (const { poolHandle, poolElements } of registrar.pools()) {
    for (const { identifier, homeRegistrar } of poolElements) {
      view.set(`${formatPoolHandle(poolHandle)}/${identifier}`, homeRegistrar);
    }
  }
  return view;
}

function sameView(left: View, right: View): boolean {
  return left.size === right.size && [...left].every(([key, owner]) => right.get(key) === owner);
}

function sameSet(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((item) => right.includes(item));
}

function format(view: View): string {
  return [...view]
    .map(([key, owner]) => `${key}@${owner}`)
    .sort()
    .join(' ');
}

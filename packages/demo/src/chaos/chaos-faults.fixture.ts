import type { ChaosCluster } from './chaos-cluster.fixture.ts';

type Node = { readonly address: string };

/** Lets the cluster suffer for a while, one fault after the other. */
export async function suffer(cluster: ChaosCluster, faults: number): Promise<void> {
  const { clock, draw } = cluster;
  for (let count = 0; count < faults; count += 1) {
    await clock.advance(draw.chance(0.3) ? draw.integer(0, 60) : draw.integer(50, 1500));
    await oneFault(cluster);
  }
}

/** The faults stop: the network is whole, who hangs goes on, and some of the dead come back. */
export async function stopFaults(cluster: ChaosCluster): Promise<void> {
  const { draw, network, path } = cluster;
  cluster.note('network', 'faults stop');
  path.lossProbability = 0;
  path.jitterMs = 2;
  for (const node of everybody(cluster)) {
    if (cluster.stateOf(node) === 'hung') network.resume(node.address);
    if (cluster.stateOf(node) === 'killed' && draw.chance(0.4)) await cluster.restart(node.address);
  }
  for (const pool of ['rounds', 'loads']) await ensureOne(cluster, pool);
  network.heal();
}

/** A pool without any element is no pool, and its sessions cannot go on. */
async function ensureOne(cluster: ChaosCluster, pool: string): Promise<void> {
  const members = cluster.elements.filter((node) => node.pool === pool);
  if (members.some((node) => cluster.stateOf(node) === 'running')) return;
  const [first] = members;
  if (first !== undefined) await cluster.restart(first.address);
}

function everybody(cluster: ChaosCluster): Node[] {
  return [...cluster.registrars, ...cluster.elements, ...cluster.users];
}

async function oneFault(cluster: ChaosCluster): Promise<void> {
  const { draw, network } = cluster;
  const servers: Node[] = [...cluster.registrars, ...cluster.elements];
  const inState = (nodes: readonly Node[], state: string): Node[] =>
    nodes.filter((node) => cluster.stateOf(node) === state);
  switch (draw.integer(0, 9)) {
    case 0:
    case 1: {
      const victim = draw.pick(servers);
      // One registrar survives: nobody else knows the handlespace.
      const living = cluster.registrars.filter((node) => cluster.stateOf(node) !== 'killed');
      if (victim === undefined || (living.length === 1 && living[0] === victim)) return;
      cluster.kill(victim.address);
      return;
    }
    case 2:
    case 3: {
      const victim = draw.pick(inState(everybody(cluster), 'running'));
      if (victim === undefined) return;
      cluster.note(victim.address, 'hangs');
      network.hang(victim.address);
      return;
    }
    case 4:
    case 5: {
      const sleeper = draw.pick(inState(everybody(cluster), 'hung'));
      if (sleeper === undefined) return;
      cluster.note(sleeper.address, 'resumes');
      network.resume(sleeper.address);
      return;
    }
    case 6: {
      const dead = draw.pick(inState(servers, 'killed'));
      if (dead !== undefined) await cluster.restart(dead.address);
      return;
    }
    case 7: {
      const groups: string[][] = [[], [], []];
      for (const { address } of everybody(cluster))
        groups[draw.integer(0, draw.chance(0.3) ? 2 : 1)]?.push(address);
      cluster.note('network', `partition ${groups.map((group) => group.join(' ')).join(' | ')}`);
      network.partition(groups);
      return;
    }
    case 8:
      cluster.note('network', 'heals');
      network.heal();
      return;
    default:
      cluster.path.lossProbability = draw.chance(0.5) ? 0 : draw.integer(1, 20) / 100;
      cluster.path.jitterMs = draw.integer(0, 40);
  }
}

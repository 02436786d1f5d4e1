import type { ProcessNode } from '../cluster/process-node.ts';
import type { SimulatedHost } from '../network/simulated-host.ts';
import { disturbing, type Fault, type FaultContext, somebody } from './fault-context.ts';

const hostsOf = (nodes: readonly ProcessNode[]): SimulatedHost[] => nodes.map((node) => node.host);

/** Two or three groups of hosts do not reach each other. */
export const partition: Fault = ({ cluster, random }) => {
  const { nodes, world } = cluster;
  const groups: ProcessNode[][] = [[], [], []];
  const used = random.chance(0.2) ? 3 : 2;
  for (const node of nodes) groups[random.integer(0, used - 1)]?.push(node);
  const cuts = groups.flatMap((group) =>
    groups
      .filter((other) => other !== group)
      .map((other) => world.network.cut(hostsOf(group), hostsOf(other))),
  );
  note(cluster, 'partition', groups.map((group) => group.map((node) => node.name).join(' ')).join(' | '));
  return disturbing(nodes, () => {
    note(cluster, 'heals', 'partition');
    for (const heal of cuts) heal();
  });
};

/** Nothing passes from one group to the other, but back. */
export const oneWay: Fault = ({ cluster, random }) => {
  const { nodes, world } = cluster;
  const from = nodes.filter(() => random.chance(0.3));
  const to = nodes.filter((node) => !from.includes(node));
  const heal = world.network.cut(hostsOf(from), hostsOf(to));
  note(cluster, 'one way', `nothing from ${from.map((node) => node.name).join(' ')}`);
  return disturbing(nodes, () => {
    note(cluster, 'heals', 'one way');
    heal();
  });
};

/** One host reaches nobody. */
export const isolate: Fault = (context) => {
  const { network } = context.cluster.world;
  const victim = somebody(context);
  if (victim === undefined) return undefined;
  const others = network.hosts.filter((host) => host !== victim.host);
  const heals = [network.cut([victim.host], others), network.cut(others, [victim.host])];
  victim.note('isolated', '');
  return disturbing([victim], () => {
    victim.note('heals', 'isolated');
    for (const heal of heals) heal();
  });
};

/** Associations of a host break, and what is under way on them is lost. */
export const breakAssociations: Fault = (context) => {
  const { random, cluster } = context;
  const victim = somebody(context);
  if (victim === undefined) return undefined;
  const probability = random.chance(0.5) ? 1 : random.fraction();
  const broken = [...victim.host.links].filter(() => random.chance(probability));
  victim.note('associations break', String(broken.length));
  victim.shake();
  for (const link of broken) {
    for (const node of cluster.nodes) if (node.host === link.from || node.host === link.to) node.shake();
    link.break();
  }
  return undefined;
};

/** Nothing passes on associations of a host for a while, in one direction. */
export const stall: Fault = (context) => {
  const { random, cluster } = context;
  const { time, timing } = cluster.world;
  const victim = somebody(context);
  if (victim === undefined) return undefined;
  const isInward = random.chance(0.5);
  const ms = Math.min(random.exponential(timing.minuteMs / 6), timing.minuteMs);
  const disturbed = new Set<ProcessNode>([victim]);
  for (const link of victim.host.links) {
    const direction = (link.from === victim.host) === isInward ? link.backward : link.forward;
    link.stall(direction, time.now() + ms);
    for (const node of cluster.nodes)
      if (node.host === link.from || node.host === link.to) disturbed.add(node);
  }
  victim.note('associations stall', `${isInward ? 'towards' : 'from'} it for ${Math.round(ms)} ms`);
  const end = disturbing([...disturbed], () => undefined);
  // It ends by itself, whatever the model says about durations.
  time.setTimer(time.now() + ms, end);
  return undefined;
};

/** Everything that comes from or goes to a host takes longer. */
export const slow: Fault = (context) => {
  const { random, cluster } = context;
  const victim = somebody(context);
  if (victim === undefined) return undefined;
  const byMs = random.exponential(cluster.world.timing.answerMs / 2);
  victim.host.slowMs += byMs;
  victim.note('slow', `by ${Math.round(byMs)} ms`);
  const end = (): number => {
    victim.note('fast again', '');
    victim.host.slowMs -= byMs;
    // Datagrams of groups are under way, too.
    return Math.max(byMs, cluster.world.network.msUntilArrived([victim.host]));
  };
  return disturbing([victim], end);
};

/** Everything takes longer for everybody, and packets are lost. */
export const congestion: Fault = ({ cluster, random }) => {
  const { network } = cluster.world;
  const retransmission = random.between(0.05, 0.4);
  const end = network.congest(retransmission);
  note(cluster, 'congestion', `${Math.round(100 * retransmission)} % sent again`);
  return disturbing(cluster.nodes, () => {
    note(cluster, 'congestion ends', '');
    end();
    return network.msUntilArrived(network.hosts);
  });
};

function note({ world }: FaultContext['cluster'], kind: string, text: string): void {
  if (world.trace.isOn) world.trace.note(world.time.now(), 'network', kind, text);
}

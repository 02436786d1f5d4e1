import type { ElementNode } from '../cluster/element-node.ts';
import { poolPolicies } from '../cluster/scenario.ts';
import type { Fault } from './fault-context.ts';

/** How many elements come and go in bursts in one simulation. */
const maximumVisitors = 300;

/** Many elements register in the same moment, and leave or die later. */
export const burst: Fault = ({ cluster, random, model }) => {
  const { time, timing, trace } = cluster.world;
  const room = maximumVisitors - cluster.visitors.length;
  const returning = cluster.visitors.filter((node) => node.isDead);
  const wanted = random.integer(20, 120);
  const nodes: ElementNode[] = returning.slice(0, wanted);
  const pool = random.pick(['crowd', 'loads']) ?? 'crowd';
  for (let count = nodes.length; count < Math.min(wanted, room + nodes.length); count += 1) {
    nodes.push(cluster.addVisitor(pool in poolPolicies ? pool : 'crowd'));
  }
  if (trace.isOn) trace.note(time.now(), 'network', 'burst', `${nodes.length} elements`);
  for (const node of nodes) {
    const at = time.now() + random.between(0, timing.minuteMs / 600);
    time.setTimer(at, () => {
      if (!node.isRunning) node.start(false);
    });
  }
  return () => {
    for (const node of nodes) {
      if (node.isRunning && random.chance(0.5)) node.leave();
      // Those that left go, too, once they are out of their pool.
      const at = time.now() + random.between(0, node.isWanted ? 0 : timing.minuteMs);
      const isSilent = random.chance(model.silent);
      time.setTimer(at, () => {
        node.kill(isSilent);
      });
    }
  };
};

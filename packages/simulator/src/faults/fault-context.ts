import type { Cluster } from '../cluster/cluster.ts';
import type { ProcessNode } from '../cluster/process-node.ts';
import type { RandomStream } from '../engine/random-stream.ts';
import type { FaultModel } from './fault-model.ts';

/** What a fault is given. */
export interface FaultContext {
  /** Whom it befalls. */
  readonly cluster: Cluster;
  /** What is probable. */
  readonly model: FaultModel;
  /** Decides. */
  readonly random: RandomStream;
}

/** Ends a fault: once, when its time is over or all faults stop. */
export type EndFault = () => void;

/** A fault that lasts; `undefined` where it is over at once, or befell nobody. */
export type Fault = (context: FaultContext) => EndFault | undefined;

/**
 * Somebody of a kind that is drawn first, so that the few registrars suffer as often as the many others.
 *
 * @param context - What a fault is given.
 * @param isEligible - Who can be drawn.
 */
export function somebody(
  { cluster, random }: FaultContext,
  isEligible: (node: ProcessNode) => boolean = (node) => node.isRunning,
): ProcessNode | undefined {
  const { registrars, elements, users } = cluster;
  const kinds: readonly (readonly ProcessNode[])[] = [registrars, elements, elements, users];
  return random.pick((random.pick(kinds) ?? []).filter(isEligible));
}

/**
 * Disturbs some for as long as a fault lasts.
 *
 * @param nodes - Whom.
 * @param end - What else the end of the fault is. Returns how long something that it delayed may still be under way, in
 * milliseconds.
 */
export function disturbing(nodes: readonly ProcessNode[], end: () => number | void): EndFault {
  for (const node of nodes) node.disturb();
  return () => {
    const lingersMs = end() ?? 0;
    const calm = (): void => {
      for (const node of nodes) node.calm();
    };
    const time = nodes[0]?.world.time;
    if (lingersMs > 0 && time !== undefined) time.setTimer(time.now() + lingersMs, calm);
    else calm();
  };
}

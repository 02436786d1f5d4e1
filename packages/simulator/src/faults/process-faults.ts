import type { ProcessNode } from '../cluster/process-node.ts';
import { disturbing, type Fault, type FaultContext, somebody } from './fault-context.ts';

/** A process dies and comes back later; the cluster decides at the end about those that did not. */
export const crash: Fault = (context) => {
  const { model, random, cluster } = context;
  const victim = somebody(context, (node) => !node.isDead);
  if (victim === undefined) return undefined;
  // One registrar survives mostly: that elements have to register anew with nobody left is a rare thing.
  const registrars = cluster.registrars.filter((node) => !node.isDead);
  if (registrars.length === 1 && registrars[0] === victim && !random.chance(0.1)) return undefined;
  victim.kill(random.chance(model.silent));
  return () => {
    if (victim.isDead && random.chance(model.returns)) restart(victim, context);
  };
};

/**
 * A dead process comes back.
 *
 * @param node - Whose.
 * @param context - What is probable.
 */
export function restart(node: ProcessNode, { model, random }: FaultContext): void {
  node.start(random.chance(model.keepsIdentity));
}

/** A process is stopped and goes on later. */
export const stop: Fault = (context) => {
  const { model, random } = context;
  const victim = somebody(context);
  if (victim === undefined) return undefined;
  victim.stop(random.chance(model.silent));
  return disturbing([victim], () => {
    victim.continue();
  });
};

/** The clock of a host jumps ahead: all timers in between are due at once. */
export const clockJump: Fault = (context) => {
  const { random, cluster } = context;
  const victim = somebody(context);
  if (victim === undefined) return undefined;
  victim.jumpClock(random.exponential(cluster.world.timing.minuteMs / 4));
  return undefined;
};

/**
 * The clock of a host is set back, as none does that is monotonic. For the process time stands still until the clock
 * has come up again: it answers, but whatever waits for a timer is late by so much.
 */
export const clockBack: Fault = (context) => {
  const { random, cluster } = context;
  const { time, timing } = cluster.world;
  const victim = somebody(context);
  if (victim === undefined) return undefined;
  const byMs = Math.min(random.exponential(timing.minuteMs / 6), timing.minuteMs);
  victim.turnBackClock(byMs);
  const end = disturbing([victim], () => undefined);
  // It ends by itself, whatever the model says about durations.
  time.setTimer(time.now() + byMs, end);
  return undefined;
};

/** An element leaves its pool, and comes back later. */
export const leave: Fault = ({ cluster, random }) => {
  const node = random.pick(cluster.elements.filter((element) => element.isWanted));
  if (node === undefined) return undefined;
  node.leave();
  node.shake();
  return () => {
    if (!node.isRunning || node.isWanted) return;
    node.join();
    node.shake();
  };
};

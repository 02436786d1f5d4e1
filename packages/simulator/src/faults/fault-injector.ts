import { drawFrom } from '../engine/distribution.ts';
import { disturbing, type EndFault, type Fault, type FaultContext } from './fault-context.ts';
import { noMischief } from '../network/network-conditions.ts';
import type { FaultKind } from './fault-model.ts';
import { hostile } from './hostile-peer.ts';
import { burst } from './load-faults.ts';
import { breakAssociations, congestion, isolate, oneWay, partition, slow, stall } from './network-faults.ts';
import { clockBack, clockJump, crash, leave, restart, stop } from './process-faults.ts';

const faults: Readonly<Record<FaultKind, Fault>> = {
  crash,
  stop,
  partition,
  oneWay,
  isolate,
  break: breakAssociations,
  stall,
  clockJump,
  slow,
  congestion,
  burst,
  leave,
  hostile,
  clockBack,
};

/** Lets faults befall a cluster, one after the other and several at once, and ends them. */
export class FaultInjector {
  readonly #context: FaultContext;
  readonly #active: Set<EndFault> = new Set();
  readonly #counts: Partial<Record<FaultKind, number>> = {};
  #isOn = false;
  #generation = 0;

  /**
   * @param context - Whom they befall, and what is probable.
   */
  constructor(context: FaultContext) {
    this.#context = context;
  }

  /** How often each fault has begun. */
  get counts(): Readonly<Partial<Record<FaultKind, number>>> {
    return this.#counts;
  }

  /** Faults begin. */
  start(): void {
    this.#isOn = true;
    this.#generation += 1;
    const { scenario, world } = this.#context.cluster;
    const { network } = world;
    Object.assign(network.conditions.datagrams, this.#context.model.datagrams);
    network.conditions.sendFailure = this.#context.model.sendFailure;
    Object.assign(network.conditions.packets, this.#context.model.packets);
    const { isWild } = scenario;
    if (isWild) {
      const wild =
        network.transport === 'messages' ? network.conditions.associations : network.conditions.packets;
      Object.assign(wild, this.#context.model.associations);
      // What the network does to messages is done to everybody, all the time.
      this.#active.add(disturbing(this.#context.cluster.nodes, () => undefined));
    }
    this.#scheduleNext(this.#generation);
  }

  /** All faults end: the network is whole, who is stopped goes on, and some of the dead come back. */
  stop(): void {
    const { cluster, model, random } = this.#context;
    const { world } = cluster;
    this.#isOn = false;
    if (world.trace.isOn) world.trace.note(world.time.now(), 'network', 'faults stop', '');
    for (const end of this.#active) end();
    this.#active.clear();
    const { associations, packets, datagrams } = world.network.conditions;
    Object.assign(associations, noMischief());
    Object.assign(packets, noMischief());
    Object.assign(datagrams, noMischief());
    world.network.conditions.sendFailure = 0;
    for (const node of [...cluster.registrars, ...cluster.elements, ...cluster.users]) {
      if (node.isDead && random.chance(model.returns)) restart(node, this.#context);
    }
    // Without any registrar there is nothing to settle, and a pool without elements is none.
    for (const kind of [cluster.registrars, cluster.users]) {
      const [first] = kind;
      if (kind.every((node) => node.isDead) && first !== undefined) restart(first, this.#context);
    }
    for (const pool of new Set(cluster.elements.map((node) => node.pool))) {
      const members = cluster.elements.filter((node) => node.pool === pool);
      if (members.some((node) => node.isWanted)) continue;
      const [first] = members;
      if (first?.isDead === true) restart(first, this.#context);
      else if (first?.isRunning === true) first.join();
    }
  }

  #scheduleNext(generation: number): void {
    const { cluster, model, random } = this.#context;
    const { time } = cluster.world;
    time.setTimer(time.now() + drawFrom(model.gapMs, random), () => {
      if (!this.#isOn || generation !== this.#generation) return;
      this.#begin(random.weighted(model.weights));
      this.#scheduleNext(generation);
    });
  }

  #begin(kind: FaultKind): void {
    const { cluster, model, random } = this.#context;
    const { time } = cluster.world;
    this.#counts[kind] = (this.#counts[kind] ?? 0) + 1;
    const end = faults[kind](this.#context);
    if (end === undefined) return;
    this.#active.add(end);
    time.setTimer(time.now() + drawFrom(model.durationMs, random), () => {
      if (this.#active.delete(end)) end();
    });
  }
}

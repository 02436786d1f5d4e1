import { Cluster } from '../cluster/cluster.ts';
import { clusterTiming, longestSilenceMs } from '../cluster/cluster-timing.ts';
import { drawScenario, type Scenario, type ScenarioOptions } from '../cluster/scenario.ts';
import { Trace, type TraceLine } from '../cluster/trace.ts';
import type { World } from '../cluster/world.ts';
import { boundsOf } from '../checkers/bounds.ts';
import type { Checker } from '../checkers/checker.ts';
import { ChecksumChecker } from '../checkers/checksum-checker.ts';
import { GrowthChecker } from '../checkers/growth-checker.ts';
import { HandlespaceChecker } from '../checkers/handlespace-checker.ts';
import { PoolChecker } from '../checkers/pool-checker.ts';
import { ProgressChecker } from '../checkers/progress-checker.ts';
import { QuietChecker } from '../checkers/quiet-checker.ts';
import { RequestChecker } from '../checkers/request-checker.ts';
import { type Violation, ViolationError } from '../checkers/violation.ts';
import { RandomStreams } from '../engine/random-streams.ts';
import { VirtualTime } from '../engine/virtual-time.ts';
import { drawFaultModel } from '../faults/draw-fault-model.ts';
import { FaultInjector } from '../faults/fault-injector.ts';
import type { FaultKind, FaultModel } from '../faults/fault-model.ts';
import { noMischief } from '../network/network-conditions.ts';
import { SimulatedNetwork, type SimulatedTransport } from '../network/simulated-network.ts';
import { describeMessage } from './describe-message.ts';
import { describePacket } from './describe-packet.ts';

/** What a simulation is given. */
export interface SimulationOptions {
  /** The seed, from which all else follows. */
  readonly seed: number;
  /** What of the scenario is not drawn. */
  readonly scenario?: ScenarioOptions;
  /** What of the faults is not drawn. */
  readonly faults?: Partial<FaultModel>;
  /** Is given a log of everything that happens; without it none is made. */
  readonly trace?: (line: TraceLine) => void;
}

/** What became of a simulation. */
export interface SimulationResult {
  /** The seed. */
  readonly seed: number;
  /** The cluster. */
  readonly scenario: Scenario;
  /** What happened that must never happen, where something did. */
  readonly violation: Violation | undefined;
  /** How much time passed, in milliseconds of virtual time. */
  readonly simulatedMs: number;
  /** How many messages and datagrams were delivered. */
  readonly messages: number;
  /** How many answers the users got. */
  readonly answers: number;
  /** How often each fault befell the cluster. */
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  /** How often registrars differed where no audit could see it, because of equal checksums. */
  readonly collisions: number;
  /** How many conflicts between registrars were seen to end by the rule. */
  readonly conflicts: number;
  /** How close each promise came to its bound, 0 .. 1. */
  readonly closest: Readonly<Record<string, number>>;
}

/**
 * Simulates one cluster: it starts, suffers and settles in turn, and is watched all the time.
 *
 * @param options - The seed, and what it does not decide.
 */
export function simulate(options: SimulationOptions): SimulationResult {
  return new Simulation(options, 'messages').run();
}

/**
 * The same on the SCTP of production, packet by packet: slower, because each event has to settle.
 *
 * @param options - The seed, and what it does not decide.
 */
export async function simulateOverSctp(options: SimulationOptions): Promise<SimulationResult> {
  return await new Simulation(options, 'sctp').runSettled();
}

class Simulation {
  readonly #scenario: Scenario;
  readonly #world: World;
  readonly #cluster: Cluster;
  readonly #injector: FaultInjector;
  readonly #handlespaces: HandlespaceChecker;
  readonly #progress: ProgressChecker;
  readonly #checkers: readonly Checker[];
  readonly #calmMs: number;

  constructor({ seed, scenario, faults, trace }: SimulationOptions, transport: SimulatedTransport) {
    const streams = new RandomStreams(seed);
    this.#scenario = drawScenario(seed, streams, scenario);
    const timing = clusterTiming(this.#scenario.profile);
    const drawn = drawFaultModel(this.#scenario, timing, streams);
    const model: FaultModel = { ...drawn, ...(transport === 'sctp' && onPackets(drawn)), ...faults };
    const time = new VirtualTime();
    const { delay, retransmission } = model;
    const conditions = {
      delay,
      // The timers of `lan` are shorter than any retransmission of SCTP: a loss is a disturbance there.
      retransmission: transport === 'sctp' && timing.profile === 'lan' ? 0 : retransmission,
      retransmissionDelayMs: timing.minuteMs / 100,
      datagrams: noMischief(),
      packets: noMischief(),
      associations: noMischief(),
      sendFailure: 0,
    };
    const network = new SimulatedNetwork(time, streams, conditions, transport);
    if (transport === 'sctp') network.recoveryMs = longestSilenceMs(timing);
    // SCTP hides from its users whatever happens to packets.
    const isWild = this.#scenario.isWild && transport === 'messages';
    const log = new Trace(trace);
    const violated = (checker: string, what: string): void => {
      const at = time.now();
      log.note(at, 'checker', 'violated', `${checker}: ${what}`);
      throw new ViolationError({ at, checker, what });
    };
    if (trace !== undefined) {
      network.onArrival = (from, to, what, data) => {
        const described = what === 'packet' ? describePacket(data) : describeMessage(data);
        log.note(time.now(), to.name, `<- ${from.name} ${what}`, described);
      };
      log.note(0, 'scenario', 'drawn', { ...this.#scenario, model: JSON.stringify(model) });
    }
    this.#world = { time, streams, network, timing, trace: log, isWild, violated };
    this.#cluster = new Cluster(this.#world, this.#scenario);
    this.#injector = new FaultInjector({ cluster: this.#cluster, model, random: streams.stream('faults') });
    const bounds = boundsOf(timing, this.#scenario.rarities.includes('fewSessions'));
    this.#calmMs =
      Math.max(...Object.values(bounds)) + 2 * timing.enrp.peerHeartbeatCycleMs + network.recoveryMs;
    this.#handlespaces = new HandlespaceChecker(this.#cluster, bounds);
    this.#progress = new ProgressChecker(this.#cluster, bounds);
    this.#checkers = [
      this.#handlespaces,
      this.#progress,
      new ChecksumChecker(this.#cluster),
      new RequestChecker(this.#cluster),
      new GrowthChecker(this.#cluster),
      new PoolChecker(this.#cluster),
      new QuietChecker(this.#cluster, bounds),
    ];
  }

  run(): SimulationResult {
    let violation: Violation | undefined;
    try {
      for (const until of this.#course()) {
        this.#world.time.runUntil(until);
        this.#check();
      }
    } catch (error) {
      violation = this.#violationOf(error);
    }
    return this.#result(violation);
  }

  async runSettled(): Promise<SimulationResult> {
    let violation: Violation | undefined;
    try {
      for (const until of this.#course()) {
        await this.#world.time.runUntilSettled(until);
        this.#check();
      }
    } catch (error) {
      violation = this.#violationOf(error);
    }
    return this.#result(violation);
  }

  /** What the cluster goes through: the times at which the checkers look. */
  *#course(): Generator<number> {
    const random = this.#world.streams.stream('phases');
    this.#cluster.start();
    yield* this.#pass(this.#calmMs);
    const { minuteMs } = this.#world.timing;
    for (let suffered = 0; suffered < this.#scenario.faultMs; ) {
      const ms = Math.min(random.between(minuteMs / 2, 8 * minuteMs), this.#scenario.faultMs - suffered);
      this.#injector.start();
      yield* this.#pass(ms);
      suffered += ms;
      this.#injector.stop();
      yield* this.#pass(this.#calmMs);
    }
  }

  *#pass(ms: number): Generator<number> {
    const { time, timing } = this.#world;
    const end = time.now() + ms;
    while (time.now() < end) yield Math.min(time.now() + timing.sampleMs, end);
  }

  #check(): void {
    const now = this.#world.time.now();
    for (const checker of this.#checkers) checker.check(now);
  }

  #violationOf(error: unknown): Violation {
    if (error instanceof ViolationError) return error.violation;
    return { at: this.#world.time.now(), checker: 'exception', what: stackOf(error) };
  }

  #result(violation: Violation | undefined): SimulationResult {
    const { users } = this.#cluster;
    const { collisions, conflicts, closest } = this.#handlespaces;
    return {
      seed: this.#scenario.seed,
      scenario: this.#scenario,
      violation,
      simulatedMs: this.#world.time.now(),
      messages: this.#world.network.delivered,
      answers: users.reduce((sum, user) => sum + user.answers, 0),
      faults: this.#injector.counts,
      collisions,
      conflicts,
      closest: { ...closest, progress: this.#progress.closest },
    };
  }
}

/** What befalls whole messages cannot befall packets. */
function onPackets({ weights }: FaultModel): Pick<FaultModel, 'weights'> {
  return { weights: { ...weights, break: 0, stall: 0 } };
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

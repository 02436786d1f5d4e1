import { RandomStreams } from '../engine/random-streams.ts';
import { Schedule } from '../engine/schedule.ts';
import { behaviourOf } from './behaviour.ts';
import { checkParameters } from './check-parameters.ts';
import { ElementComponent } from './element-component.ts';
import { Ledger } from './ledger.ts';
import { MessageCount } from './message-count.ts';
import type { MetricName } from './metrics.ts';
import type { RunParameters } from './parameters.ts';
import { RegistrarComponent } from './registrar-component.ts';
import { difference, RunCounters, type RunSums } from './run-counters.ts';
import { runMetrics } from './run-metrics.ts';
import { RunTrace, type RunTraceLine } from './run-trace.ts';
import type { RunWorld } from './run-world.ts';
import { SwitchNetwork } from './switch-network.ts';
import { UserComponent } from './user-component.ts';

/** What a run gives. */
export interface RunResult {
  /** Every metric over the measured time. */
  readonly metrics: Record<MetricName, number>;
  /**
   * What was counted in the measured time; with `total` in front the books of the whole run; and how many associations
   * the registrars have at its end.
   */
  readonly sums: Record<string, number>;
  /** How many messages arrived and timers fired in the whole run. */
  readonly events: number;
}

/** Options of {@link simulateRun}. */
export interface RunOptions {
  /** Is told of everything that happens. */
  readonly trace?: (line: RunTraceLine) => void;
}

/**
 * Runs the evaluation model once: registrars, elements and users with the machines of production in virtual time. The
 * same parameters and seed give the same result, bit for bit.
 *
 * @param parameters - What decides the run; what is missing is that of the model.
 * @param seed - Any integer; its lower 32 bits count.
 * @param options - A trace.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for parameters that cannot be, `ERR_RSERPOOL_INVARIANT` where
 *   the model lost count of the work: that is an error of the model.
 * @example
 * ```ts
 * import { modelDefaults, simulateRun } from '@rserpool/simulator';
 *
 * const { metrics } = simulateRun({ ...modelDefaults['2009'], policy: 'RoundRobin' }, 1);
 * console.log(metrics.utilization, metrics.handlingSpeed);
 * ```
 */
export function simulateRun(parameters: RunParameters, seed: number, options: RunOptions = {}): RunResult {
  return new EvaluationRun(checkParameters(parameters), seed, options).run();
}

class EvaluationRun {
  readonly #world: RunWorld;
  readonly #registrars: readonly RegistrarComponent[];
  readonly #elements: readonly ElementComponent[];
  readonly #users: readonly UserComponent[];

  constructor(parameters: RunParameters, seed: number, options: RunOptions) {
    const schedule = new Schedule();
    const counters = new RunCounters();
    const behaviour = behaviourOf(parameters);
    const trace = new RunTrace(() => schedule.now, options.trace);
    const count = new MessageCount(counters, trace);
    const network = new SwitchNetwork(schedule, {
      delayMs: parameters.delay,
      hasNotices: behaviour.hasTransportNotices,
      encode: parameters.encode,
      sent: (from, transmission) => {
        count.sent(from, transmission);
      },
    });
    const streams = new RandomStreams(seed);
    const remains = new Map();
    const ledger = new Ledger();
    const world = { parameters, behaviour, schedule, network, streams, counters, ledger, remains, trace };
    this.#world = world;
    this.#registrars = numbers(parameters.registrars).map((index) => new RegistrarComponent(world, index));
    this.#elements = numbers(parameters.poolElements).map((index) => new ElementComponent(world, index));
    this.#users = numbers(parameters.poolUsers).map((index) => new UserComponent(world, index));
  }

  run(): RunResult {
    const { parameters, schedule, ledger } = this.#world;
    const warmupMs = parameters.warmup * 1000;
    for (const registrar of this.#registrars) registrar.start();
    // The order of the papers: first registrars, then elements, then users, all within the warm-up.
    schedule.runUntil(warmupMs / 3);
    for (const element of this.#elements) element.start();
    schedule.runUntil((2 * warmupMs) / 3);
    for (const user of this.#users) user.start();
    schedule.runUntil(warmupMs);
    const before = this.#count();
    schedule.runUntil(warmupMs + parameters.duration * 1000);
    const after = this.#count();
    for (const element of this.#elements) element.finish();
    const { done } = this.#world.counters;
    ledger.check(done);
    const measured = difference(before, after);
    return {
      metrics: runMetrics(measured, parameters),
      sums: { ...(measured as RunSums), ...this.#books(done) },
      events: schedule.events,
    };
  }

  /** What was counted until now. */
  #count(): RunCounters {
    const { counters, ledger, schedule } = this.#world;
    for (const element of this.#elements) element.settle();
    counters.lost = ledger.lost;
    counters.events = schedule.events;
    return Object.assign(new RunCounters(), counters);
  }

  #books(done: number): Record<string, number> {
    const { ledger } = this.#world;
    return {
      totalDone: done,
      totalCompleted: ledger.completed,
      totalLost: ledger.lost,
      totalInProgress: ledger.inProgress(),
      registrarAssociations: this.#registrars.reduce((sum, { linkCount }) => sum + linkCount, 0),
    };
  }
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

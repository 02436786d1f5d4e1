import type { RandomStream } from '../engine/random-stream.ts';
import type { ScheduledComponent } from '../engine/schedule.ts';
import { elementName } from './addresses.ts';
import { drawAround } from './draw.ts';
import { ElementLife, type LifeOwner } from './element-life.ts';
import { meanUptime } from './parameters.ts';
import type { RunWorld } from './run-world.ts';

/** The least capacity that is drawn, of the mean: nobody offers a service that does nothing. */
const leastCapacity = 0.001;

/**
 * An element, as one life after the other. The time to its failure runs from the acknowledgement of its registration
 * and is exponentially distributed; then it ends, cleanly or not, and comes back under a new address and identifier.
 */
export class ElementComponent implements ScheduledComponent, LifeOwner {
  wakePlace = -1;
  readonly #world: RunWorld;
  readonly #index: number;
  readonly #uptimes: RandomStream;
  readonly #downtimes: RandomStream;
  readonly #shutdowns: RandomStream;
  readonly #capacity: number;
  readonly #uptimeMs: number;
  #lives = 0;
  #life: ElementLife | undefined;

  /**
   * @param world - What everything shares.
   * @param index - Its number, from 1.
   */
  constructor(world: RunWorld, index: number) {
    const { streams, parameters } = world;
    const name = `element ${index}`;
    this.#world = world;
    this.#index = index;
    this.#uptimes = streams.stream(`${name} uptimes`);
    this.#downtimes = streams.stream(`${name} downtimes`);
    this.#shutdowns = streams.stream(`${name} shutdowns`);
    const { capacities, capacityMean, capacityDistribution } = parameters;
    const drawn = drawAround(capacityDistribution, capacityMean, streams.stream(`${name} capacity`));
    this.#capacity = capacities?.[index - 1] ?? Math.max(drawn, leastCapacity * capacityMean);
    this.#uptimeMs = meanUptime(parameters) * 1000;
  }

  /** Begins a life. */
  start(): void {
    this.#lives += 1;
    const { trace } = this.#world;
    if (trace.isOn) trace.state(this.#title, 'starts');
    this.#life = new ElementLife(this.#world, this.#index, this.#lives, this.#capacity, this);
  }

  get #title(): string {
    return elementName(this.#index, this.#lives);
  }

  /** Counts work and service time until now. */
  settle(): void {
    this.#life?.settle();
  }

  /** Ends the run: what is being done is left as it is. */
  finish(): void {
    this.#life?.fail();
    this.#life = undefined;
  }

  registered(): void {
    const { schedule } = this.#world;
    if (this.#uptimeMs === Infinity) return;
    schedule.wakeBy(this, schedule.now + this.#uptimes.exponential(this.#uptimeMs));
  }

  wake(): boolean {
    if (this.#life === undefined) this.start();
    else this.#end(this.#life);
    return true;
  }

  #end(life: ElementLife): void {
    const { counters, parameters, schedule, trace } = this.#world;
    const isClean = this.#shutdowns.chance(parameters.clean);
    this.#life = undefined;
    counters.failures += 1;
    if (isClean) counters.cleanShutdowns += 1;
    if (trace.isOn) trace.timer(this.#title, isClean ? 'shuts down' : 'fails');
    if (isClean) life.leave();
    else life.fail();
    if (parameters.downtime === 0) this.start();
    else schedule.wakeBy(this, schedule.now + this.#downtimes.exponential(parameters.downtime * 1000));
  }
}

import { OutputQueue } from '@rserpool/wire/internal';
import type { RandomStream } from '../engine/random-stream.ts';
import { drawAround } from './draw.ts';
import { meanRequestInterval } from './parameters.ts';
import { PendingRequest } from './pending-request.ts';
import type { RunWorld } from './run-world.ts';

/**
 * Where the requests of a user come from, and the queue in which they wait: in the open loop one after the other,
 * whatever becomes of them; in the closed loop the next one some time after the last result.
 */
export class RequestSource {
  readonly #world: RunWorld;
  readonly #intervals: RandomStream;
  readonly #sizes: RandomStream;
  readonly #intervalMs: number;
  readonly #queue: OutputQueue<PendingRequest> = new OutputQueue();

  /** When the next request comes, in milliseconds; `Infinity` while none is to come. */
  nextAt: number = Infinity;

  /**
   * @param world - What everything shares.
   * @param name - The user.
   */
  constructor(world: RunWorld, name: string) {
    const { parameters, streams } = world;
    this.#world = world;
    this.#intervals = streams.stream(`${name} intervals`);
    this.#sizes = streams.stream(`${name} sizes`);
    this.#intervalMs =
      1000 * (parameters.loop === 'open' ? meanRequestInterval(parameters) : parameters.thinkTime);
  }

  /** Begins. */
  start(): void {
    this.#drawNext();
  }

  /** A request comes. */
  generate(): void {
    const { counters, ledger, parameters, schedule } = this.#world;
    const drawn = drawAround(parameters.sizeDistribution, parameters.size, this.#sizes);
    // Packets and cookies have whole numbers.
    const size = Math.max(1, Math.round(drawn));
    counters.generated += 1;
    this.#queue.push(new PendingRequest(ledger.request(size), size, schedule.now));
    if (parameters.loop === 'open') this.#drawNext();
    else this.nextAt = Infinity;
  }

  /** Takes the first request of the queue, or `undefined`. */
  take(): PendingRequest | undefined {
    return this.#queue.take();
  }

  /** A request has its result. */
  completed(): void {
    if (this.#world.parameters.loop === 'closed') this.#drawNext();
  }

  #drawNext(): void {
    const { parameters, schedule } = this.#world;
    this.nextAt =
      schedule.now + drawAround(parameters.intervalDistribution, this.#intervalMs, this.#intervals);
  }
}

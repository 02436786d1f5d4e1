import type { RandomStream } from '../engine/random-stream.ts';
import type { World } from './world.ts';

/** How a message of a session cannot be sent although its association is up. */
export type SendFailure =
  /** The transport has no room for it: without the message in the middle the association is given up. */
  | 'full'
  /** The transport cannot carry it, or tells later that it was not delivered. */
  | 'failed';

/** Decides which messages of one process cannot be sent. */
export class SendFailures {
  readonly #world: World;
  readonly #random: RandomStream;

  /**
   * @param world - Whose network says how probable it is.
   * @param name - Whose messages they are; each has a stream of its own.
   */
  constructor(world: World, name: string) {
    this.#world = world;
    this.#random = world.streams.stream(`${name} failing sends`);
  }

  /** What is wrong with the next message, if anything is. */
  next(): SendFailure | undefined {
    if (!this.#random.chance(this.#world.network.conditions.sendFailure)) return undefined;
    return this.#random.chance(0.5) ? 'full' : 'failed';
  }
}

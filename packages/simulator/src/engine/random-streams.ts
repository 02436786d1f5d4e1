import { type RandomSource, seededRandom } from '@rserpool/wire';
import { RandomStream } from './random-stream.ts';

/**
 * Independent streams of random numbers from one seed: each purpose draws from a stream of its own, named after it,
 * so that one more draw for one purpose changes nothing for another.
 */
export class RandomStreams {
  readonly #seed: number;

  /**
   * @param seed - Any integer; only its lower 32 bits count.
   */
  constructor(seed: number) {
    this.#seed = seed;
  }

  /**
   * The stream of a purpose, from its beginning: ask once for each.
   *
   * @param name - The purpose.
   */
  stream(name: string): RandomStream {
    return new RandomStream(this.source(name));
  }

  /**
   * The same as words of 32 bits, as the machines want them.
   *
   * @param name - The purpose.
   */
  source(name: string): RandomSource {
    return seededRandom(mix(this.#seed, name));
  }
}

/** FNV-1a over the seed and the name, and a last stir so that neighbours of either differ everywhere. */
function mix(seed: number, name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of [seed, seed >>> 8, seed >>> 16, seed >>> 24]) {
    hash = Math.imul(hash ^ (byte & 0xff), 0x01000193);
  }
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

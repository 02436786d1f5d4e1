import type { Cluster } from '../cluster/cluster.ts';
import type { Checker } from './checker.ts';

/**
 * The checksums that registrars keep up with each change (RFC 5353 section 3.6.2) are those of a recomputation, by
 * RFC 1071 and nothing else: the one's complement sum over the padded handle and the identifier of each element.
 */
export class ChecksumChecker implements Checker {
  readonly name = 'checksum';
  readonly #cluster: Cluster;
  #turn = 0;

  /**
   * @param cluster - The cluster.
   */
  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Looks at one registrar a time: what is wrong stays wrong. */
  check(): void {
    const living = this.#cluster.registrars.filter((node) => node.isRunning);
    const node = living[this.#turn++ % Math.max(living.length, 1)];
    if (node === undefined) return;
    const { handlespace } = node;
    for (const home of handlespace.homeRegistrars()) {
      let sum = 0;
      for (const reference of handlespace.elementsOf(home)) {
        sum = addWords(sum, handlespace.poolHandle(reference));
        const { identifier } = handlespace.poolElement(reference);
        sum = addWord(addWord(sum, identifier >>> 16), identifier & 0xffff);
      }
      const expected = ~sum & 0xffff;
      const actual = handlespace.checksum(home);
      if (actual !== expected) {
        this.#cluster.world.violated('checksum', `${node.name} has ${actual} for ${home}, it is ${expected}`);
      }
    }
  }
}

function addWords(start: number, bytes: Uint8Array): number {
  let sum = start;
  for (let index = 0; index < bytes.length; index += 2) {
    sum = addWord(sum, ((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0));
  }
  return sum;
}

function addWord(sum: number, word: number): number {
  const total = sum + word;
  return total > 0xffff ? total - 0xffff : total;
}

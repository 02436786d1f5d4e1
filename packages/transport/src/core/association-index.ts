import { bytesToHex, type IpAddress, type RemoteEndpoint } from '@rserpool/wire';
import type { Association } from '../contract/association.ts';

const keyOf = (address: IpAddress, port: number): string => `${bytesToHex(address)}|${port}`;

/** The associations of an endpoint that are up, by each address and port of their remote endpoints. */
export class AssociationIndex<Item extends Association = Association> {
  readonly #all: Set<Item> = new Set();
  readonly #byRemote: Map<string, Item[]> = new Map();

  /** How many there are. */
  get size(): number {
    return this.#all.size;
  }

  /** All of them; a copy, so that it may be closed one after another. */
  all(): Item[] {
    return [...this.#all];
  }

  /**
   * Adds an association that is up.
   *
   * @param association - The association.
   */
  add(association: Item): void {
    this.#all.add(association);
    for (const address of association.remote.addresses) {
      const key = keyOf(address, association.remote.port);
      const known = this.#byRemote.get(key);
      if (known === undefined) this.#byRemote.set(key, [association]);
      else known.push(association);
    }
  }

  /**
   * Removes an association that is gone.
   *
   * @param association - The association.
   */
  remove(association: Item): void {
    if (!this.#all.delete(association)) return;
    for (const address of association.remote.addresses) {
      const key = keyOf(address, association.remote.port);
      const rest = (this.#byRemote.get(key) ?? []).filter((other) => other !== association);
      if (rest.length === 0) this.#byRemote.delete(key);
      else this.#byRemote.set(key, rest);
    }
  }

  /**
   * The association to a remote endpoint: the newest where there are several, because an older one may belong to a
   * former life of the peer that nobody has noticed yet.
   *
   * @param remote - The endpoint; any of its addresses counts.
   */
  find(remote: RemoteEndpoint): Item | undefined {
    for (const address of remote.addresses) {
      const found = this.#byRemote.get(keyOf(address, remote.port))?.at(-1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

import type { RemoteEndpoint } from '@rserpool/wire';
import { isSameEndpoint } from './same-endpoint.ts';

/** One registrar that a client knows of. */
export interface KnownRegistrar {
  /** Names the entry while it lives; never given to another one. */
  readonly key: number;
  /** Where it is. */
  readonly remote: RemoteEndpoint;
  /** Its identifier, once announced. */
  readonly serverIdentifier: number | undefined;
  /** Whether the entry was announced, and thus outdates; configured ones stay. */
  readonly learnt: boolean;
}

/** How many announced registrars a list keeps; announcements are not authenticated (RFC 5352 section 9.2). */
export const maximumLearntRegistrars: number = 64;

/**
 * The managed list of registrars (RFC 5352 section 3.6): configured ones for ever, announced ones until they
 * outdate.
 */
export class RegistrarList {
  readonly #registrars: Map<number, KnownRegistrar> = new Map();
  #nextKey = 0;
  #learnt = 0;

  /** @param configured - The configured list. */
  constructor(configured: readonly RemoteEndpoint[]) {
    for (const remote of configured) this.#put(this.#nextKey++, remote, undefined, false);
  }

  /** How many are known. */
  get size(): number {
    return this.#registrars.size;
  }

  /** All that are known. */
  all(): Iterable<KnownRegistrar> {
    return this.#registrars.values();
  }

  /** The entry of an endpoint. */
  find(remote: RemoteEndpoint): KnownRegistrar | undefined {
    for (const registrar of this.#registrars.values()) {
      if (isSameEndpoint(registrar.remote, remote)) return registrar;
    }
    return undefined;
  }

  /**
   * Takes an announced endpoint. Returns its entry and whether it is new, or `undefined` where the list is full.
   */
  learn(
    serverIdentifier: number,
    remote: RemoteEndpoint,
  ): { readonly registrar: KnownRegistrar; readonly isNew: boolean } | undefined {
    const known = this.find(remote);
    if (known !== undefined) {
      const described = known.learnt ? remote : known.remote;
      return { registrar: this.#put(known.key, described, serverIdentifier, known.learnt), isNew: false };
    }
    if (this.#learnt >= maximumLearntRegistrars) return undefined;
    this.#learnt += 1;
    return { registrar: this.#put(this.#nextKey++, remote, serverIdentifier, true), isNew: true };
  }

  /** Drops a learnt entry that outdated and returns it. */
  outdate(key: number): KnownRegistrar | undefined {
    const registrar = this.#registrars.get(key);
    if (registrar === undefined || !registrar.learnt) return undefined;
    this.#registrars.delete(key);
    this.#learnt -= 1;
    return registrar;
  }

  #put(
    key: number,
    remote: RemoteEndpoint,
    serverIdentifier: number | undefined,
    learnt: boolean,
  ): KnownRegistrar {
    const registrar: KnownRegistrar = { key, remote, serverIdentifier, learnt };
    this.#registrars.set(key, registrar);
    return registrar;
  }
}

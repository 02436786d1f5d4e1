import { type ErrorCause, ErrorCauseCode, bytesToHex } from '@rserpool/wire';
import type { EnrpCore } from '../core/enrp-core.ts';
import { announceUpdate } from './announce-update.ts';

/** The causes that say that an element contradicts its pool (RFC 5352 section 3.1 rules 2 and 3). */
const contradictions: ReadonlySet<number> = new Set([
  ErrorCauseCode.inconsistentPoolPolicy,
  ErrorCauseCode.inconsistentTransportType,
  ErrorCauseCode.inconsistentDataControlConfiguration,
]);

/**
 * Pools that were founded twice, with different policies or transports, while registrars could not see each other. RFC
 * 5353 does not say what becomes of them, and a pool can be selected from by one policy only. All registrars decide
 * alike: the elements stay among which the registrar is that would win an arbitration, and the others go. Their home
 * registrars announce that (RFC 5353 section 3.3.2), and tell the elements why.
 */
export class PoolConflicts {
  readonly #core: EnrpCore;
  /** The strongest home of each pool that was looked at for one message: a table may name thousands of elements. */
  readonly #strongest: Map<string, number> = new Map();

  constructor(core: EnrpCore) {
    this.#core = core;
  }

  /** A message begins. */
  begin(): void {
    this.#strongest.clear();
  }

  /**
   * An element of a peer contradicts its pool. Returns whether the pool was cleared for it.
   *
   * @param home - The home registrar of the element.
   * @param poolHandle - The pool.
   * @param causes - Why the handlespace refused the element.
   */
  yieldTo(home: number, poolHandle: Uint8Array, causes: readonly ErrorCause[]): boolean {
    if (!causes.every((cause) => contradictions.has(cause.code))) return false;
    const strongest = this.#strongestHome(poolHandle);
    // A registrar has no two kinds of elements in one pool: what it said before is outdated.
    if (strongest !== undefined && strongest !== home && !this.#core.prevails(home, strongest)) return false;
    this.#clear(home, poolHandle, causes);
    return true;
  }

  #strongestHome(poolHandle: Uint8Array): number | undefined {
    const key = bytesToHex(poolHandle);
    const known = this.#strongest.get(key);
    if (known !== undefined) return known;
    const { handlespace } = this.#core;
    let strongest: number | undefined;
    for (const element of handlespace.peek(poolHandle)?.elements ?? []) {
      const home = handlespace.homeRegistrar(element);
      if (strongest === undefined || this.#core.prevails(home, strongest)) strongest = home;
    }
    if (strongest !== undefined) this.#strongest.set(key, strongest);
    return strongest;
  }

  #clear(home: number, poolHandle: Uint8Array, causes: readonly ErrorCause[]): void {
    const core = this.#core;
    this.#strongest.clear();
    let own = 0;
    const elements = handlespaceElements(core, poolHandle);
    for (const element of elements) {
      const poolElement = core.handlespace.poolElement(element);
      const isOwn = poolElement.homeRegistrar === core.identifier;
      core.handlespace.remove(element);
      if (!isOwn) continue;
      own += 1;
      announceUpdate(core, 'delete', poolHandle, poolElement);
    }
    core.counters.poolsYielded += 1;
    core.event({
      type: 'poolYielded',
      poolHandle: poolHandle.slice(),
      homeRegistrar: home,
      removed: elements.length,
      own,
      causes,
    });
  }
}

function handlespaceElements(core: EnrpCore, poolHandle: Uint8Array): readonly number[] {
  return core.handlespace.peek(poolHandle)?.elements ?? [];
}

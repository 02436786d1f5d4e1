import { bytesEqual, type IpAddress } from '@rserpool/wire';
import type { Path } from './path.ts';

/** The paths of an association, and which of them to take (RFC 9260 section 6.4, RFC 7829). */
export class PathSet {
  #paths: readonly Path[];
  #primary: Path;
  #lastFound: Path;

  /**
   * @param paths - At least one.
   * @param primary - The primary one of them.
   */
  constructor(paths: readonly Path[], primary: Path) {
    this.#paths = paths;
    this.#primary = primary;
    this.#lastFound = primary;
  }

  /** All paths, in the peer's order. */
  get all(): readonly Path[] {
    return this.#paths;
  }

  /** The primary path: DATA goes there while it is active. */
  get primary(): Path {
    return this.#primary;
  }

  /** The longest packet that all paths take: fragments may have to change from one to another (RFC 9260 section 7.3). */
  get packetBytes(): number {
    let least = this.#primary.mtuBytes;
    for (const { mtuBytes } of this.#paths) if (mtuBytes < least) least = mtuBytes;
    return least;
  }

  /** Makes a path the primary one. */
  setPrimary(path: Path): void {
    this.#primary = path;
  }

  /** Replaces the paths; where the primary one is not among them, the first good one takes its place. */
  replace(paths: readonly Path[]): void {
    this.#paths = paths;
    const [first] = paths;
    if (first === undefined) return;
    if (!paths.includes(this.#primary)) this.#primary = paths.find((path) => path.isGood) ?? first;
    this.#lastFound = this.#primary;
  }

  /** The path to an address of the peer. */
  find(address: IpAddress): Path | undefined {
    // Most packets come from where the one before came from.
    if (bytesEqual(this.#lastFound.destination, address)) return this.#lastFound;
    for (const path of this.#paths) {
      if (!bytesEqual(path.destination, address)) continue;
      this.#lastFound = path;
      return path;
    }
    return undefined;
  }

  /**
   * Where new DATA and control chunks go: the primary path while it is active, otherwise an active one, otherwise the
   * least bad one (RFC 7829 section 4: the potentially failed one with the fewest errors).
   */
  get forData(): Path {
    const primary = this.#primary;
    if (primary.isGood || this.#paths.length === 1) return primary;
    let best = primary;
    for (const path of this.#paths) if (rank(path) < rank(best)) best = path;
    return best;
  }

  /**
   * Where what timed out on a path is sent again: another active path where there is one (section 6.4.1), in turn,
   * otherwise the least bad other one; the same where there is no other that may be used.
   */
  alternateOf(path: Path): Path {
    const paths = this.#paths;
    if (!paths.includes(path)) return this.forData;
    if (paths.length === 1) return path;
    const begin = paths.indexOf(path);
    let best: Path | undefined;
    for (let step = 1; step < paths.length; step++) {
      const other = paths[(begin + step) % paths.length];
      if (other === undefined || other === path || !other.isConfirmed) continue;
      if (best === undefined || rank(other) < rank(best)) best = other;
    }
    // An inactive path is no better than the one that has just timed out only once or twice.
    if (best === undefined || (best.reachability === 'inactive' && rank(path) < rank(best))) return path;
    return best;
  }

  /** The next path in turn, confirmed or not: INIT and COOKIE ECHO try all addresses (section 5.1). */
  after(path: Path): Path {
    const paths = this.#paths;
    return paths[(paths.indexOf(path) + 1) % paths.length] ?? path;
  }
}

/** The smaller the better; paths that are not confirmed come last, because nothing but HEARTBEATs may go there. */
function rank(path: Path): number {
  if (!path.isConfirmed) return 3e6;
  if (path.reachability === 'active') return 0;
  return (path.reachability === 'potentially-failed' ? 1e6 : 2e6) + path.errorCount;
}

import type { Cluster } from '../cluster/cluster.ts';
import type { ElementNode } from '../cluster/element-node.ts';
import type { RegistrarNode } from '../cluster/registrar-node.ts';
import type { Bounds } from './bounds.ts';
import type { Checker } from './checker.ts';
import { ConflictRule } from './conflict-rule.ts';
import { type Entry, HandlespaceViews } from './handlespace-views.ts';
import { Patience } from './patience.ts';

/** What is promised of handlespaces. */
type HandlespacePromise = Exclude<keyof Bounds, 'detection' | 'progress'>;

/**
 * The handlespaces of all settled registrars: they know each other, agree, have every living element and no dead one,
 * and the home that they name is the one that the element has.
 */
export class HandlespaceChecker implements Checker {
  readonly name = 'handlespace';
  readonly #cluster: Cluster;
  readonly #bounds: Bounds;
  readonly #patience: Record<HandlespacePromise, Patience>;
  readonly #views: HandlespaceViews = new HandlespaceViews();
  readonly #rule: ConflictRule = new ConflictRule();
  #collisions = 0;
  /** When a datagram may last have named a registrar that is not there. */
  #liesUntil = Number.NEGATIVE_INFINITY;

  /**
   * @param cluster - The cluster.
   * @param bounds - How long it may take until something holds.
   */
  constructor(cluster: Cluster, bounds: Bounds) {
    this.#cluster = cluster;
    this.#bounds = bounds;
    this.#patience = {
      peers: new Patience(),
      agreement: new Patience(),
      presence: new Patience(),
      absence: new Patience(),
      home: new Patience(),
    };
  }

  /** How many differences nobody could see, because two sets of elements have the same checksum of 16 bits. */
  get collisions(): number {
    return this.#collisions;
  }

  /** How many conflicts between registrars were seen to end by the rule. */
  get conflicts(): number {
    return this.#rule.decided;
  }

  /** How close each promise came to its bound. */
  get closest(): Partial<Record<HandlespacePromise, number>> {
    const { peers, agreement, presence, absence, home } = this.#patience;
    return {
      peers: peers.closest,
      agreement: agreement.closest,
      presence: presence.closest,
      absence: absence.closest,
      home: home.closest,
    };
  }

  /** Looks, as {@link Checker.check} says. */
  check(now: number): void {
    const { registrars, everyElement } = this.#cluster;
    const calm = this.#calmSince();
    const living = registrars.filter((node) => node.isRunning);
    // Where nobody is left, there is nothing to expect of anybody.
    if (living.length === 0) return;
    const patience = Object.values(this.#patience);
    for (const each of patience) each.begin();
    this.#checkPeers(living, calm, now);
    const entries = this.#views.entries(living);
    const known = new Map(everyElement.map((node) => [node.key, node]));
    for (const [key, entry] of entries) this.#checkEntry(key, entry, known.get(key), living, calm, now);
    for (const node of everyElement) {
      if (node.isWanted) this.#checkPresence(node, entries.get(node.key), living, calm, now);
    }
    for (const each of patience) each.end();
  }

  /**
   * Since when nothing has disturbed the registrars. Until a death is noticed, what the dead one owned cannot be
   * right; and where messages were changed, they have named registrars that nobody will ever hear of.
   */
  #calmSince(): number {
    const { registrars, world } = this.#cluster;
    const { detection } = this.#bounds;
    return Math.max(
      ...registrars.map((node) => node.calmSince + (node.isDead || world.isWild ? detection : 0)),
    );
  }

  #checkPeers(living: readonly RegistrarNode[], calm: number, now: number): void {
    const { datagrams } = this.#cluster.world.network.conditions;
    if (this.#cluster.scenario.discovery === 'groups' && datagrams.corruption > 0) this.#liesUntil = now;
    for (const node of living) {
      const expected = living.filter((other) => other !== node).map((other) => other.identifier);
      const peers = node.machine.enrp
        .peers()
        .filter(({ status }) => status === 'active')
        .map(({ identifier }) => identifier);
      const missing = expected.filter((identifier) => !peers.includes(identifier));
      const strange = peers.filter((identifier) => !expected.includes(identifier));
      if (!node.isReady) this.#expect('peers', node.name, `${node.name} is not ready`, calm, now);
      else if (missing.length > 0) {
        this.#expect('peers', node.name, `${node.name} lacks the peers ${missing.join(' ')}`, calm, now);
      } else if (strange.length > 0) {
        // One whom a corrupted datagram has named is a peer until nothing has been heard of it for long enough.
        const since = Math.max(calm, this.#liesUntil + this.#bounds.detection);
        const what = `${node.name} has the peers ${strange.join(' ')}, which are not there`;
        this.#expect('peers', node.name, what, since, now);
      }
    }
  }

  #checkEntry(
    key: string,
    entry: Entry,
    node: ElementNode | undefined,
    living: readonly RegistrarNode[],
    calm: number,
    now: number,
  ): void {
    if (node?.isWanted !== true && node?.host.state !== 'stopped') {
      const since = Math.max(calm, node?.goneSince ?? 0);
      this.#expect('absence', key, `${key} is still listed by ${describe(entry, living)}`, since, now);
    }
    if (node !== undefined) this.#checkConflict(node, entry, living, calm, now);
    const [first] = entry.homes;
    if (entry.homes.every((home) => home === first && home !== 0)) return;
    if (!this.#isLate('agreement', key, calm, now)) return;
    if (this.#isCollision(entry, living)) this.#collisions += 1;
    else this.#violated('agreement', `about ${key} they do not agree: ${describe(entry, living)}`);
  }

  #checkConflict(
    node: ElementNode,
    entry: Entry,
    living: readonly RegistrarNode[],
    calm: number,
    now: number,
  ): void {
    // Where messages change on the way or cannot be sent, the registrars decide by what they were told: they have to
    // agree in time, but nobody can say on whom.
    const { world, scenario } = this.#cluster;
    if (world.isWild || scenario.rarities.includes('failingSends')) return;
    const claimants = living.filter((registrar, index) => entry.homes[index] === registrar.identifier);
    const isAgreed = entry.homes.every((home) => home === claimants[0]?.identifier);
    const isShared = isAgreed && node.home === claimants[0]?.host;
    const isCalm = calm <= now && node.calmSince <= now;
    const against = this.#rule.observe(node, claimants, isShared, isCalm, now);
    if (against !== undefined) this.#cluster.world.violated('conflict rule', against);
  }

  #checkPresence(
    node: ElementNode,
    entry: Entry | undefined,
    living: readonly RegistrarNode[],
    calm: number,
    now: number,
  ): void {
    if (isContradicted(node, living)) return;
    const since = Math.max(calm, node.calmSince);
    const missing = entry === undefined ? living : living.filter((_, index) => entry.homes[index] === 0);
    if (missing.length > 0) {
      const names = missing.map((registrar) => registrar.name).join(' ');
      const what = `${node.name} (${node.key}, ${node.isRegistered ? 'registered' : 'not registered'}) is unknown to ${names}`;
      if (entry === undefined || !this.#isCollision(entry, living))
        this.#expect('presence', node.key, what, since, now);
      return;
    }
    const homes = new Set(entry?.homes);
    const own = living.find((registrar) => registrar.host === node.home)?.identifier;
    if (homes.size === 1 && own !== undefined && homes.has(own)) return;
    const what = `${node.name} (${node.key}) has the home ${node.home?.name ?? 'none'}, but ${entry === undefined ? '' : describe(entry, living)}`;
    this.#expect('home', node.key, what, since, now);
  }

  /** Whether whoever differs from an element's home has the same checksum for it, so that no audit can see it. */
  #isCollision(entry: Entry, living: readonly RegistrarNode[]): boolean {
    const owner = living.find((node, index) => entry.homes[index] === node.identifier);
    if (owner === undefined) return false;
    const { identifier, handlespace } = owner;
    const differing = living.filter((_, index) => entry.homes[index] !== identifier);
    const checksum = handlespace.checksum(identifier);
    return differing.every((node) => node.handlespace.checksum(identifier) === checksum);
  }

  #isLate(promise: HandlespacePromise, key: string, excusedUntil: number, now: number): boolean {
    return this.#patience[promise].isExhausted(key, now, excusedUntil, this.#bounds[promise]);
  }

  #expect(promise: HandlespacePromise, key: string, what: string, excusedUntil: number, now: number): void {
    if (this.#isLate(promise, key, excusedUntil, now)) this.#violated(promise, what);
  }

  #violated(promise: HandlespacePromise, what: string): void {
    this.#cluster.world.violated(promise, `for ${this.#bounds[promise]} ms ${what}`);
  }
}

/** Whether an element was told that its pool has another policy, and it has: then it cannot be in it. */
function isContradicted(node: ElementNode, living: readonly RegistrarNode[]): boolean {
  if (!node.isContradicted) return false;
  return living.some(({ handlespace }) => {
    const pool = handlespace.peek(node.poolHandle);
    return pool !== undefined && pool.policy.type !== node.policy.type;
  });
}

function describe(entry: Entry, living: readonly RegistrarNode[]): string {
  return living
    .map((node, index) => {
      const home = entry.homes[index] ?? 0;
      const owner = living.find((other) => other.identifier === home)?.name ?? home;
      return `${node.name} says ${home === 0 ? 'unknown' : owner}`;
    })
    .join(', ');
}

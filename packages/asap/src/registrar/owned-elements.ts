import type { ElementReference, Handlespace, HandlespaceChange } from '@rserpool/handlespace';
import type { AssociationId, PoolElement } from '@rserpool/wire';
import { OutputQueue } from '@rserpool/wire/internal';
import type { ElementRemovalReason } from './asap-registrar-event.ts';
import { ElementBacklog, elementsPerSlice } from './element-backlog.ts';
import type { ElementMonitor } from './element-monitor.ts';
import { ElementReports } from './element-reports.ts';
import type { RegistrarRuntime } from './registrar-runtime.ts';

/** For how many elements reports are counted; whoever reports everything must not fill the memory. The oldest goes. */
const reportedElements = 65_536;

/** An element that is or was this registrar's own, and that somebody else removed from the handlespace. */
interface RemovedByPeer {
  readonly poolHandle: Uint8Array;
  readonly poolElement: PoolElement;
  readonly association: AssociationId | undefined;
}

/**
 * Which elements this registrar owns: follows the handlespace, so that elements that come into its ownership (by
 * registration, or by ENRP) are watched and expire, and those that leave it are not and do not; and takes elements
 * out whose time has come.
 *
 * Changes that ENRP makes are heard without a time; they are noted and settled when the machine runs next, for which
 * it asks at once. Whatever happens to many elements at the same time is done in slices of {@link elementsPerSlice}.
 */
export class OwnedElements {
  readonly #runtime: RegistrarRuntime;
  readonly #handlespace: Handlespace;
  readonly #unsettled: Set<ElementReference>;
  readonly #reports: Map<ElementReference, ElementReports> = new Map();
  /** Over which association an element was reached when it went to another registrar: it may not know of that. */
  readonly #formerAssociations: Map<ElementReference, AssociationId> = new Map();
  readonly #takenOver: ElementBacklog = new ElementBacklog();
  readonly #removedByPeer: OutputQueue<RemovedByPeer> = new OutputQueue();
  #monitor: ElementMonitor | undefined;
  #isOwnChange = false;
  readonly #unsubscribe: () => void;

  /** @param runtime - What the procedures share. */
  constructor(runtime: RegistrarRuntime) {
    this.#runtime = runtime;
    this.#handlespace = runtime.handlespace;
    this.#unsettled = new Set(runtime.handlespace.elementsOf(runtime.serverIdentifier));
    this.#unsubscribe = runtime.handlespace.observe({
      changed: (kind, element) => {
        if (kind === 'updated' && this.#reports.size > 0) this.#reports.delete(element);
        // What a registration does to its element, the caller knows; most of what peers say is none of this one's business.
        if (!this.#isOwnChange && this.#concerns(element)) this.#unsettled.add(element);
      },
      removed: (change) => this.#removed(change),
      takenOver: (elements, from, to) => {
        if (from === runtime.serverIdentifier || to === runtime.serverIdentifier)
          this.#takenOver.add(elements);
      },
    });
  }

  /** Connects the monitoring; once, before anything else. */
  watchWith(monitor: ElementMonitor): void {
    this.#monitor = monitor;
  }

  /** Whether changes wait to be settled. */
  get isUnsettled(): boolean {
    return this.#unsettled.size > 0 || !this.#takenOver.isEmpty || this.#removedByPeer.size > 0;
  }

  /** Runs a change of the handlespace that this machine makes itself. */
  during<Result>(change: () => Result): Result {
    this.#isOwnChange = true;
    try {
      return change();
    } finally {
      this.#isOwnChange = false;
    }
  }

  /** Starts and ends the watching of the elements that changed owner, and tells those that were removed: a slice. */
  settle(now: number): void {
    if (!this.isUnsettled) return;
    let rest = elementsPerSlice;
    for (const element of this.#unsettled) {
      if (rest === 0) return;
      rest -= 1;
      this.#unsettled.delete(element);
      this.settleOne(element, now);
    }
    for (; rest > 0 && !this.#takenOver.isEmpty; rest -= 1) {
      const element = this.#takenOver.take();
      if (element !== undefined) this.settleOne(element, now);
    }
    for (; rest > 0; rest -= 1) {
      const removed = this.#removedByPeer.take();
      if (removed === undefined) return;
      this.#tellRemoved(removed);
    }
  }

  /** Starts or ends the watching of an element if its owner has changed; nothing where that was done, or it is gone. */
  settleOne(element: ElementReference, now: number): void {
    const monitor = this.#monitor;
    if (monitor === undefined || !this.#handlespace.isCurrent(element)) return;
    const isOwn = this.#handlespace.homeRegistrar(element) === this.#runtime.serverIdentifier;
    if (isOwn === monitor.isWatched(element)) return;
    if (isOwn) {
      this.#formerAssociations.delete(element);
      monitor.watch(element, now);
      this.startExpiry(element, this.#handlespace.poolElement(element).registrationLife, now);
    } else {
      const association = monitor.associationOf(element);
      if (association !== undefined) {
        this.#formerAssociations.set(element, association);
        this.#tellYielded(element, association);
      }
      monitor.unwatch(element);
      this.#handlespace.setExpiry(element, undefined);
    }
  }

  /** Starts the registration life of an own element (RFC 5352 section 3.1, R2.3). */
  startExpiry(element: ElementReference, registrationLife: number, now: number): void {
    const unitMs = this.#runtime.timing.registrationLifeUnit === 'seconds' ? 1_000 : 1;
    this.#handlespace.setExpiry(element, registrationLife < 0 ? undefined : now + registrationLife * unitMs);
  }

  /** An element has just become or stayed an own one by a registration. */
  registered(element: ElementReference, registrationLife: number, now: number): void {
    if (this.#unsettled.size > 0) this.#unsettled.delete(element);
    this.startExpiry(element, registrationLife, now);
  }

  /** Removes the own elements whose registration life ran out, and tells them (section 3.2): a slice. */
  expire(now: number): void {
    for (let rest = elementsPerSlice; rest > 0; rest -= 1) {
      const element = this.#handlespace.takeExpired(now);
      if (element === undefined) return;
      if (this.#handlespace.homeRegistrar(element) !== this.#runtime.serverIdentifier) continue;
      const poolHandle = this.#handlespace.poolHandle(element);
      const poolElement = this.#handlespace.poolElement(element);
      const identity = { poolHandle, poolElementIdentifier: poolElement.identifier };
      const association = this.#monitor?.associationOf(element);
      this.#runtime.counters.elementsExpired += 1;
      this.#runtime.emit({ type: 'elementExpired', ...identity });
      if (association !== undefined) {
        this.#runtime.send(association, { type: 'ASAP_DEREGISTRATION_RESPONSE', ...identity });
      }
      this.during(() => this.#handlespace.remove(element));
      this.#runtime.updatePeers('delete', poolHandle, poolElement);
    }
  }

  /**
   * Removes an element that was found dead or bad (section 3.5: "MUST remove the PE from its handlespace").
   */
  remove(element: ElementReference, reason: ElementRemovalReason): void {
    const { counters, serverIdentifier, timing } = this.#runtime;
    const poolHandle = this.#handlespace.poolHandle(element);
    const poolElement = this.#handlespace.poolElement(element);
    const own = poolElement.homeRegistrar === serverIdentifier;
    counters.elementsRemoved += 1;
    this.during(() => this.#handlespace.remove(element));
    const poolElementIdentifier = poolElement.identifier;
    this.#runtime.emit({ type: 'elementRemoved', poolHandle, poolElementIdentifier, reason, own });
    // RFC 5353 section 3.3.2 has whoever removes an unreachable element tell its peers, home registrar or not.
    if (own || timing.announceForeignRemovals) this.#runtime.updatePeers('delete', poolHandle, poolElement);
  }

  /** The reports about an element since it last registered. */
  reportsOf(element: ElementReference): ElementReports {
    let reports = this.#reports.get(element);
    if (reports === undefined) {
      if (this.#reports.size >= reportedElements) this.#forgetOldestReports();
      reports = new ElementReports(this.#runtime.limits.maximumKeepAlivesPerSecond);
      this.#reports.set(element, reports);
    }
    return reports;
  }

  /** Ends the subscription to the handlespace. */
  close(): void {
    this.#unsubscribe();
    this.#unsettled.clear();
    this.#takenOver.clear();
    while (this.#removedByPeer.take() !== undefined);
    this.#formerAssociations.clear();
    this.#reports.clear();
  }

  #forgetOldestReports(): void {
    for (const element of this.#reports.keys()) {
      this.#reports.delete(element);
      return;
    }
  }

  #concerns(element: ElementReference): boolean {
    return (
      this.#handlespace.homeRegistrar(element) === this.#runtime.serverIdentifier ||
      this.#monitor?.isWatched(element) === true
    );
  }

  /**
   * An element that this registrar reaches has another home now, as a peer says. That may be older news than what the
   * element knows: if it counts on this registrar it registers again, which decides it. If it has moved it ignores this.
   */
  #tellYielded(element: ElementReference, association: AssociationId): void {
    const poolHandle = this.#handlespace.poolHandle(element);
    const poolElementIdentifier = this.#handlespace.poolElement(element).identifier;
    this.#runtime.send(association, {
      type: 'ASAP_DEREGISTRATION_RESPONSE',
      poolHandle,
      poolElementIdentifier,
    });
  }

  #tellRemoved({ association, poolHandle, poolElement }: RemovedByPeer): void {
    const identity = { poolHandle, poolElementIdentifier: poolElement.identifier };
    // Where its pool is another one now (RFC 5353 leaves open what becomes of a pool that was founded twice), it could
    // not register again, and is told why.
    const causes = this.#handlespace.contradictions(poolHandle, poolElement);
    this.#runtime.emit({ type: 'elementRemovedByPeer', ...identity, causes });
    // A living element learns so that it has to register again; its life is over, as far as this registrar knows.
    if (association === undefined) return;
    this.#runtime.send(association, {
      type: 'ASAP_DEREGISTRATION_RESPONSE',
      ...identity,
      ...(causes.length === 0 ? {} : { error: { causes } }),
    });
  }

  #removed(change: HandlespaceChange): void {
    const { element } = change;
    this.#reports.delete(element);
    this.#unsettled.delete(element);
    const former = this.#formerAssociations.get(element);
    this.#formerAssociations.delete(element);
    const association = this.#monitor?.associationOf(element) ?? former;
    const wasOwn = change.poolElement.homeRegistrar === this.#runtime.serverIdentifier;
    // The registrar that an element went to may not have reached it, and the element still be here.
    const isHere = association !== undefined && this.#monitor?.isUp(association) === true;
    if ((wasOwn || isHere) && !this.#isOwnChange) {
      const { poolHandle, poolElement } = change;
      this.#removedByPeer.push({ poolHandle, poolElement, association });
    }
    this.#monitor?.unwatch(element);
  }
}

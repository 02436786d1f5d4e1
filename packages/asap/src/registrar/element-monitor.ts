import type { ElementReference } from '@rserpool/handlespace';
import type { AssociationId } from '@rserpool/wire';
import { TimerQueue } from '@rserpool/wire/internal';
import type { ElementRemovalReason, ProbeReason } from './asap-registrar-event.ts';
import type { AssociationTable, RegistrarAssociation } from './association-table.ts';
import { elementsPerSlice } from './element-backlog.ts';
import { ElementProbe, ElementWatch } from './element-watch.ts';
import { ElementWatches } from './element-watches.ts';
import { ProbeSlots } from './probe-slots.ts';
import type { RegistrarRuntime } from './registrar-runtime.ts';

/** An association that is gone, with the elements that have not been looked at since. */
interface LostAssociation {
  readonly association: RegistrarAssociation;
  readonly reason: string;
  /** The elements that were reached over it, then those that were probed over it. */
  readonly elements: readonly IterableIterator<ElementReference>[];
}

/**
 * Endpoint keep-alives (RFC 5352 sections 3.4 and 3.5): watches the own elements at random intervals, probes those
 * that were reported, whose association broke, or that were taken over, and tells which are dead.
 *
 * A probe goes over the element's association; where there is none, one is opened to the element's ASAP transport.
 */
export class ElementMonitor {
  readonly #runtime: RegistrarRuntime;
  readonly #associations: AssociationTable;
  readonly #remove: (element: ElementReference, reason: ElementRemovalReason) => void;
  readonly #watches: ElementWatches = new ElementWatches();
  readonly #intervals: TimerQueue<ElementWatch> = new TimerQueue();
  readonly #timeouts: TimerQueue<ElementProbe> = new TimerQueue();
  readonly #slots: ProbeSlots<ElementWatch>;
  readonly #lost: LostAssociation[] = [];

  /**
   * @param runtime - What the procedures share.
   * @param associations - The associations.
   * @param remove - Removes an element that was found dead.
   */
  constructor(
    runtime: RegistrarRuntime,
    associations: AssociationTable,
    remove: (element: ElementReference, reason: ElementRemovalReason) => void,
  ) {
    this.#runtime = runtime;
    this.#associations = associations;
    this.#remove = remove;
    this.#slots = new ProbeSlots(runtime.limits.maximumOutstandingProbes);
  }

  /** When {@link timeout} wants to be called. */
  next(): number | undefined {
    const interval = this.#intervals.next();
    const timeout = this.#timeouts.next();
    if (interval === undefined || timeout === undefined) return interval ?? timeout;
    return Math.min(interval, timeout);
  }

  /** Whether an element is watched as an own one. */
  isWatched(element: ElementReference): boolean {
    return this.#watches.get(element)?.isOwn === true;
  }

  /** The association over which an own element is reached. */
  associationOf(element: ElementReference): AssociationId | undefined {
    const association = this.#watches.get(element)?.association;
    if (association === undefined || this.#lost.length === 0) return association;
    return this.#associations.get(association)?.id;
  }

  /** Whether an association is up. */
  isUp(association: AssociationId): boolean {
    return this.#associations.get(association)?.isUp === true;
  }

  /** Watches an own element from now on. */
  watch(element: ElementReference, now: number): void {
    this.unwatch(element);
    const watch = new ElementWatch(element, true);
    this.#watches.set(watch);
    this.#startInterval(watch, now);
  }

  /** Watches an element no more: it is gone, or belongs to another registrar. */
  unwatch(element: ElementReference): void {
    this.#forget(element, false);
  }

  /**
   * An element has just registered over an association: it is an own one, alive, and reached over that association.
   */
  registered(element: ElementReference, association: RegistrarAssociation, now: number): void {
    let watch = this.#watches.get(element);
    if (watch?.isOwn !== true) {
      this.unwatch(element);
      watch = new ElementWatch(element, true);
      this.#watches.set(watch);
    }
    const isKnown = watch.association !== undefined;
    if (isKnown && !this.#runtime.timing.registrationRestartsKeepAlive) {
      this.#bind(watch, association);
      return;
    }
    const probed = this.#endProbe(watch);
    watch.isAdoption = false;
    this.#bind(watch, association);
    this.#release(probed, false);
    this.#startInterval(watch, now);
    this.#runQueue(now);
  }

  /** Sends a keep-alive to an element now, or as soon as a slot is free. */
  probe(element: ElementReference, reason: ProbeReason, now: number): void {
    const watch = this.#watches.get(element) ?? new ElementWatch(element, false);
    this.#watches.set(watch);
    if (reason === 'adoption') watch.isAdoption = true;
    const { poolHandle, poolElementIdentifier } = this.#identity(element);
    this.#runtime.emit({ type: 'elementProbed', poolHandle, poolElementIdentifier, reason });
    if (watch.probe !== undefined) {
      // "MUST immediately send": a report is answered with a keep-alive of its own, but the time to acknowledge
      // runs from the first one, or reports could keep a dead element alive.
      watch.probe.reason = reason;
      if (this.#associations.get(watch.probe.association)?.isUp === true) this.#sendKeepAlive(watch);
      return;
    }
    this.#request(watch, reason, now);
  }

  /** An ASAP_ENDPOINT_KEEP_ALIVE_ACK came in. Returns whether a keep-alive on that association waited for it. */
  acknowledged(element: ElementReference, association: RegistrarAssociation, now: number): boolean {
    const watch = this.#watches.get(element);
    if (watch?.probe === undefined || watch.probe.association !== association.id) return false;
    const { reason } = watch.probe;
    this.#endProbe(watch);
    if (reason !== 'periodic')
      this.#runtime.emit({ type: 'elementAlive', ...this.#identity(element), reason });
    watch.isAdoption = false;
    if (watch.isOwn) {
      this.#bind(watch, association);
      this.#startInterval(watch, now);
    } else {
      this.#watches.delete(element);
    }
    this.#release(association, false);
    this.#runQueue(now);
    return true;
  }

  /** An association that was being opened is up: sends what waits for it. */
  associationUp(association: RegistrarAssociation): void {
    for (const element of association.probed) {
      const watch = this.#watches.get(element);
      if (watch !== undefined) this.#sendKeepAlive(watch);
    }
    this.#release(association, false);
  }

  /** An association is gone, or could not be opened: its elements are probed over another one, or are dead. */
  associationLost(association: RegistrarAssociation, reason: string, now: number): void {
    // Nobody changes these sets any more: they are found by the number of the association, which has no entry now.
    const elements = [association.elements.values(), association.probed.values()];
    this.#lost.push({ association, reason, elements });
    this.settleLost(now);
  }

  /** Whether elements of associations that are gone wait for {@link settleLost}. */
  get isBehind(): boolean {
    return this.#lost.length > 0;
  }

  /** Looks at the elements of associations that are gone: a slice. */
  settleLost(now: number): void {
    let rest = elementsPerSlice;
    for (let lost = this.#lost[0]; lost !== undefined; lost = this.#lost[0]) {
      for (const elements of lost.elements) {
        for (let next = elements.next(); next.done !== true; next = elements.next()) {
          const watch = this.#watches.get(next.value);
          if (watch !== undefined) this.#lostOver(watch, lost.association, lost.reason, now);
          rest -= 1;
          if (rest === 0) return;
        }
      }
      this.#lost.shift();
      this.#runQueue(now);
    }
  }

  /** Runs the timers that are due: a slice. */
  timeout(now: number): void {
    let rest = elementsPerSlice;
    for (; rest > 0; rest -= 1) {
      const probe = this.#timeouts.takeExpired(now);
      if (probe === undefined) break;
      this.#fail(probe.element, 'keepAliveTimeout');
    }
    for (; rest > 0; rest -= 1) {
      const watch = this.#intervals.takeExpired(now);
      if (watch === undefined) break;
      const dueAt = this.#watches.dueAt(watch.element);
      if (dueAt > now) this.#intervals.set(watch, dueAt);
      else if (watch.probe === undefined) this.#request(watch, 'periodic', now);
    }
    this.#runQueue(now);
  }

  /** Ends all watching. */
  clear(): void {
    this.#watches.clear();
    this.#intervals.clear();
    this.#timeouts.clear();
    this.#lost.length = 0;
  }

  #request(watch: ElementWatch, reason: ProbeReason | 'periodic', now: number): void {
    const channel = this.#channel(watch);
    const usesSlot = channel === undefined || reason === 'adoption';
    if (watch.queuedFor !== undefined) {
      if (reason !== 'periodic') watch.queuedFor = reason;
      return;
    }
    if (usesSlot && !this.#slots.take()) {
      watch.queuedFor = reason;
      this.#slots.wait(watch);
      return;
    }
    this.#start(watch, reason, channel, usesSlot, now);
  }

  #start(
    watch: ElementWatch,
    reason: ProbeReason | 'periodic',
    channel: RegistrarAssociation | undefined,
    usesSlot: boolean,
    now: number,
  ): void {
    const { element } = watch;
    const association = channel ?? this.#open(element);
    if (association === undefined) {
      if (usesSlot) this.#slots.release();
      this.#fail(element, 'unreachable');
      return;
    }
    const openedFor = channel === undefined;
    watch.probe = new ElementProbe(element, reason, association.id, openedFor, usesSlot);
    association.probed.add(element);
    this.#timeouts.set(watch.probe, now + this.#runtime.timing.keepAliveTimeoutMs);
    if (association.isUp) this.#sendKeepAlive(watch);
  }

  #channel(watch: ElementWatch): RegistrarAssociation | undefined {
    if (watch.association !== undefined) return this.#associations.get(watch.association);
    const { asapTransport } = this.#runtime.handlespace.poolElement(watch.element);
    const association = asapTransport === undefined ? undefined : this.#associations.findTo(asapTransport);
    return association?.isUp === true ? association : undefined;
  }

  // One association to an endpoint is enough, however many elements it has.
  #open(element: ElementReference): RegistrarAssociation | undefined {
    const { asapTransport } = this.#runtime.handlespace.poolElement(element);
    if (asapTransport === undefined || asapTransport.addresses.length === 0) return undefined;
    const { addresses, port } = asapTransport;
    const known = this.#associations.findTo({ addresses, port });
    if (known !== undefined) return known;
    // Not subject to `maximumAssociations`: whoever fills that must not keep elements from being reached. The slots
    // bound how many are being opened.
    return this.#associations.add(this.#runtime.open({ addresses, port }), { addresses, port }, true);
  }

  #sendKeepAlive(watch: ElementWatch): void {
    if (watch.probe === undefined) return;
    const { serverIdentifier, counters } = this.#runtime;
    const { poolHandle, poolElementIdentifier } = this.#identity(watch.element);
    counters.keepAlivesSent += 1;
    this.#runtime.send(watch.probe.association, {
      type: 'ASAP_ENDPOINT_KEEP_ALIVE',
      home: watch.isAdoption,
      serverIdentifier,
      poolHandle,
      // As in the reference implementation: an endpoint may have several elements in one pool.
      poolElementIdentifier,
    });
  }

  #lostOver(watch: ElementWatch, association: RegistrarAssociation, reason: string, now: number): void {
    const { element, probe } = watch;
    const wasBound = watch.association === association.id;
    if (wasBound) {
      watch.association = undefined;
      const lost = { association: association.id, reason };
      this.#runtime.emit({ type: 'elementAssociationLost', ...this.#identity(element), ...lost });
    }
    if (probe !== undefined && probe.association === association.id) {
      if (probe.openedFor) {
        this.#fail(element, 'unreachable');
        return;
      }
      this.#endProbe(watch);
      this.#request(watch, probe.reason === 'periodic' ? 'associationLost' : probe.reason, now);
      return;
    }
    // An element that accepts associations only to break them is left to its interval, not chased.
    if (!wasBound || now - watch.lastReopened < this.#runtime.timing.keepAliveTimeoutMs) return;
    watch.lastReopened = now;
    this.probe(element, 'associationLost', now);
  }

  #fail(element: ElementReference, reason: ElementRemovalReason): void {
    // Nobody answers on the association: an abort gives the endpoint, should it live, the chance to notice.
    if (this.#forget(element, true)) this.#remove(element, reason);
  }

  #forget(element: ElementReference, abort: boolean): boolean {
    const watch = this.#watches.get(element);
    if (watch === undefined) return false;
    const probed = this.#endProbe(watch);
    const bound = this.#unbind(watch);
    this.#watches.delete(element);
    this.#intervals.stop(watch);
    this.#release(probed, abort);
    if (bound !== probed) this.#release(bound, abort);
    return true;
  }

  #runQueue(now: number): void {
    for (let watch = this.#slots.next(); watch !== undefined; watch = this.#slots.next()) {
      const reason = watch.queuedFor ?? 'periodic';
      watch.queuedFor = undefined;
      this.#start(watch, reason, this.#channel(watch), true, now);
    }
  }

  // Returns the association that the probe was sent on; the caller releases it.
  #endProbe(watch: ElementWatch): RegistrarAssociation | undefined {
    if (watch.queuedFor !== undefined) this.#slots.forget(watch);
    watch.queuedFor = undefined;
    const { probe } = watch;
    if (probe === undefined) return undefined;
    watch.probe = undefined;
    this.#timeouts.stop(probe);
    if (probe.usesSlot) this.#slots.release();
    const association = this.#associations.get(probe.association);
    association?.probed.delete(watch.element);
    return association;
  }

  #bind(watch: ElementWatch, association: RegistrarAssociation): void {
    if (watch.association === association.id) return;
    const former = this.#unbind(watch);
    watch.association = association.id;
    association.elements.add(watch.element);
    this.#release(former, false);
  }

  // Returns the association that the element was reached over; the caller releases it.
  #unbind(watch: ElementWatch): RegistrarAssociation | undefined {
    const association =
      watch.association === undefined ? undefined : this.#associations.get(watch.association);
    watch.association = undefined;
    association?.elements.delete(watch.element);
    return association;
  }

  // Closes an association that no element needs. Those that elements and users opened are theirs to close.
  #release(association: RegistrarAssociation | undefined, abort: boolean): void {
    if (association === undefined || association.elements.size > 0 || association.probed.size > 0) return;
    if (!abort && !(association.openedHere && association.isUp)) return;
    if (this.#associations.get(association.id) !== association) return;
    this.#associations.remove(association);
    this.#runtime.close(association.id, abort);
  }

  /**
   * A timer that runs too early stays: most elements register or answer again long before it expires, and moving it
   * each time costs more than setting it once more when it does.
   */
  #startInterval(watch: ElementWatch, now: number): void {
    const { keepAliveIntervalMs, keepAliveJitter } = this.#runtime.timing;
    const dueAt = now + this.#runtime.vary(keepAliveIntervalMs, keepAliveJitter);
    if (this.#watches.isTimerLate(watch, dueAt)) this.#intervals.set(watch, dueAt);
  }

  #identity(element: ElementReference): { poolHandle: Uint8Array; poolElementIdentifier: number } {
    const { handlespace } = this.#runtime;
    const poolElementIdentifier = handlespace.poolElement(element).identifier;
    return { poolHandle: handlespace.poolHandle(element), poolElementIdentifier };
  }
}

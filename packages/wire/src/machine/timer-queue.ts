import { OwnerHeap } from './owner-heap.ts';
import type { QueuedTimer } from './queued-timer.ts';

/** So many timers are put in order at once; where there are more, those that are far off wait for it. */
const orderedTimers = 1024;

/** How much time a {@link TimerSlot} spans: a power of two, so that its beginning is exact. */
const slotMs = 16;

/** What is added to a place in a slot, so that it is none in the heap. */
const slotPlaces = 0x2000_0000;

/** Timers that are far off, in no order, by the time at which the first one may expire. */
class TimerSlot<Owner> implements QueuedTimer {
  timerAt: number;
  timerOrder = 0;
  timerPlace = -1;
  readonly owners: Owner[] = [];

  constructor(beginsAt: number) {
    this.timerAt = beginsAt;
  }
}

/**
 * Timers of objects that carry them: one for each object, without names and without a search. {@link TimerTable} has
 * timers by name.
 *
 * Setting and stopping cost O(log n); the earliest timer is known in O(1). A registrar has a timer for each of its
 * elements, and most are stopped or set anew before they come near: of many, only the near ones are kept in order, and
 * the others by slots of time, where they come and go in O(1) without a look at their neighbours.
 */
export class TimerQueue<Owner extends QueuedTimer> {
  /** Earlier than every slot is the first one here; the others are anywhere. */
  readonly #near: OwnerHeap<Owner> = new OwnerHeap();
  readonly #far: OwnerHeap<TimerSlot<Owner>> = new OwnerHeap();
  readonly #slots: Map<number, TimerSlot<Owner>> = new Map();
  readonly #orderedTimers: number;
  #order = 0;
  #inSlots = 0;

  /** @param ordered - How many timers are put in order at once. */
  constructor(ordered: number = orderedTimers) {
    this.#orderedTimers = ordered;
  }

  /** How many timers run. */
  get size(): number {
    return this.#near.size + this.#inSlots;
  }

  /**
   * Starts an object's timer, or restarts it where it runs already.
   *
   * @param owner - The object.
   * @param at - When it expires, in milliseconds on the caller's clock.
   */
  set(owner: Owner, at: number): void {
    const before = owner.timerAt;
    const place = owner.timerPlace;
    if (place >= slotPlaces) this.#leaveSlot(owner, place - slotPlaces);
    owner.timerAt = at;
    owner.timerOrder = this.#order++;
    if (place >= 0 && place < slotPlaces) {
      this.#near.moved(owner, before);
      this.#bringNear();
      return;
    }
    const beginsAt = Math.floor(at / slotMs) * slotMs;
    const { first, size } = this.#near;
    if (first !== undefined && size >= this.#orderedTimers && beginsAt > first.timerAt) {
      this.#enterSlot(owner, beginsAt);
    } else this.#near.add(owner);
  }

  /**
   * Stops an object's timer. Stopping one that does not run is no error.
   *
   * @param owner - The object.
   */
  stop(owner: Owner): void {
    const place = owner.timerPlace;
    if (place >= slotPlaces) {
      this.#leaveSlot(owner, place - slotPlaces);
    } else if (place >= 0) {
      this.#near.remove(owner);
      this.#bringNear();
    }
  }

  /** Stops all timers. */
  clear(): void {
    this.#near.clear();
    for (const { owners } of this.#slots.values()) {
      for (const owner of owners) owner.timerPlace = -1;
    }
    this.#far.clear();
    this.#slots.clear();
    this.#inSlots = 0;
  }

  /** When the earliest timer expires, or `undefined` while none runs. */
  next(): number | undefined {
    return this.#near.first?.timerAt;
  }

  /**
   * Takes one expired timer off the queue: the earliest, and of equal ones the one that was set first.
   *
   * @param now - The time, in milliseconds on the caller's clock.
   * @returns Whose it is.
   */
  takeExpired(now: number): Owner | undefined {
    const { first } = this.#near;
    if (first === undefined || first.timerAt > now) return undefined;
    this.stop(first);
    return first;
  }

  #enterSlot(owner: Owner, beginsAt: number): void {
    let slot = this.#slots.get(beginsAt);
    if (slot === undefined) {
      slot = new TimerSlot(beginsAt);
      this.#slots.set(beginsAt, slot);
      this.#far.add(slot);
    }
    owner.timerPlace = slotPlaces + slot.owners.length;
    slot.owners.push(owner);
    this.#inSlots += 1;
  }

  #leaveSlot(owner: Owner, place: number): void {
    owner.timerPlace = -1;
    const slot = this.#slots.get(Math.floor(owner.timerAt / slotMs) * slotMs);
    const last = slot?.owners.pop();
    if (slot === undefined || last === undefined) return;
    this.#inSlots -= 1;
    if (last !== owner) {
      slot.owners[place] = last;
      last.timerPlace = slotPlaces + place;
    } else if (slot.owners.length === 0) this.#drop(slot);
  }

  /** Puts in order what may be earlier than the first one that is. */
  #bringNear(): void {
    for (let slot = this.#far.first; slot !== undefined; slot = this.#far.first) {
      const { first } = this.#near;
      if (first !== undefined && first.timerAt < slot.timerAt) return;
      this.#drop(slot);
      this.#inSlots -= slot.owners.length;
      for (const owner of slot.owners) this.#near.add(owner);
    }
  }

  #drop(slot: TimerSlot<Owner>): void {
    this.#slots.delete(slot.timerAt);
    this.#far.remove(slot);
  }
}

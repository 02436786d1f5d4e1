import type { ElementReference } from '@rserpool/handlespace';

const pageShift = 10;
const pageMask: number = (1 << pageShift) - 1;

/** What a registrar took over from another one. */
interface Bequest {
  readonly number: number;
  readonly target: number;
  readonly winner: number;
  readonly elements: readonly ElementReference[];
}

/**
 * Which elements changed their home by takeovers (RFC 5353 section 3.5.2), as long as their new home has not named
 * them itself: a takeover gives the winner what each registrar knows of the target, which need not be the same.
 *
 * A takeover of many elements costs one step: its list is kept as it is. An element that is forgotten is noted with
 * the number of the last takeover, which says to which lists it does not belong any more.
 */
export class TakeoverHeritage {
  readonly #bequests: Bequest[] = [];
  readonly #maximum: number;
  #lastNumber = 0;
  /** For each element the last takeover when it was forgotten. */
  readonly #forgotten: Int32Array[] = [];

  /** @param maximum - How many takeovers are remembered; the oldest one goes. */
  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /** Remembers the elements that a registrar took over from another one. The list is kept. */
  remember(elements: readonly ElementReference[], target: number, winner: number): void {
    if (elements.length === 0) return;
    this.#lastNumber += 1;
    this.#bequests.push({ number: this.#lastNumber, target, winner, elements });
    if (this.#bequests.length > this.#maximum) this.#bequests.shift();
  }

  /** The new home has named an element, or it is gone. */
  forget(element: ElementReference): void {
    // A walk over what was taken may be under way, so that lists being gone says nothing.
    if (this.#lastNumber === 0) return;
    const number = element >> pageShift;
    while (this.#forgotten.length <= number) this.#forgotten.push(new Int32Array(1 << pageShift));
    const page = this.#forgotten[number];
    if (page !== undefined) page[element & pageMask] = this.#lastNumber;
  }

  /**
   * What a registrar took over, the newest takeover first, and from whom; told once. An element that is forgotten
   * during the walk is left out, one that changed its home is not.
   */
  takeOf(winner: number): Generator<readonly [element: ElementReference, target: number]> {
    return this.#walk(this.#take((bequest) => bequest.winner === winner));
  }

  /** What a registrar took over from a certain one; told once. As {@link TakeoverHeritage.takeOf}. */
  takeFrom(target: number, winner: number): Generator<readonly [element: ElementReference, target: number]> {
    return this.#walk(this.#take((bequest) => bequest.winner === winner && bequest.target === target));
  }

  #take(isMeant: (bequest: Bequest) => boolean): Bequest[] {
    const taken = this.#bequests.filter(isMeant);
    const kept = this.#bequests.filter((bequest) => !isMeant(bequest));
    this.#bequests.length = 0;
    this.#bequests.push(...kept);
    return taken;
  }

  *#walk(bequests: Bequest[]): Generator<readonly [element: ElementReference, target: number]> {
    for (const { number, elements, target } of bequests.toReversed()) {
      for (const element of elements) {
        const forgottenAt = this.#forgotten[element >> pageShift]?.[element & pageMask] ?? 0;
        if (forgottenAt < number) yield [element, target];
      }
    }
  }
}

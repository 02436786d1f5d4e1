import type { ElementReference } from './element-reference.ts';
import type { Ownership } from './ownership.ts';

/**
 * Walks over what a registrar owns, in the order in which the elements came to it. The handlespace may change
 * between two steps: elements that are gone are not returned, new ones are returned at the end.
 *
 * @param ownership - The lists.
 * @param homeRegistrar - The registrar.
 */
export function* ownedElements(ownership: Ownership, homeRegistrar: number): Generator<ElementReference> {
  const { lists } = ownership;
  const first = ownership.list(homeRegistrar);
  let place = first === undefined ? -1 : lists.from(lists.begin(first));
  while (place !== -1) {
    const order = lists.order(place);
    yield lists.element(place);
    // Whatever happened meanwhile, also that the registrar lost everything and got something again.
    const list = ownership.list(homeRegistrar);
    place = list === undefined ? -1 : lists.from(lists.behind(list, order, place));
  }
}

/**
 * A slice of what a registrar owns.
 *
 * @param ownership - The lists.
 * @param homeRegistrar - The registrar.
 * @param after - An element that it owns, or `undefined` to begin.
 * @param maximumElements - How many elements at most.
 * @param into - Where they go, from index 0 on.
 * @returns How many there are.
 */
export function ownedSlice(
  ownership: Ownership,
  homeRegistrar: number,
  after: ElementReference | undefined,
  maximumElements: number,
  into: ElementReference[],
): number {
  const { lists } = ownership;
  const list = ownership.list(homeRegistrar);
  if (list === undefined) return 0;
  const place = after === undefined ? lists.begin(list) : lists.place(after) + 1;
  return lists.copy(place, Math.min(maximumElements, list.size) | 0, into);
}

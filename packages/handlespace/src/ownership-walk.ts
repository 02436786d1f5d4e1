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
  let element = ownership.list(homeRegistrar)?.first ?? -1;
  while (element !== -1) {
    const order = lists.order(element);
    const next = lists.next(element);
    const nextOrder = next === -1 ? -1 : lists.order(next);
    yield element;
    if (next !== -1 && lists.order(next) === nextOrder) {
      element = next;
    } else {
      const list = ownership.list(homeRegistrar);
      element = list === undefined ? -1 : lists.following(list, [{ element, order }]);
    }
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
  let element = after === undefined ? (ownership.list(homeRegistrar)?.first ?? -1) : lists.next(after);
  let count = 0;
  while (element !== -1 && count < maximumElements) {
    into[count] = element;
    count += 1;
    element = lists.next(element);
  }
  return count;
}

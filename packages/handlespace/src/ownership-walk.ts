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

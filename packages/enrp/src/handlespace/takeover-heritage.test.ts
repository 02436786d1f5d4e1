import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TakeoverHeritage } from './takeover-heritage.ts';

/** A list of entries, looked through each time. */
class Naive {
  #entries: { element: number; target: number; winner: number }[] = [];

  remember(elements: readonly number[], target: number, winner: number): void {
    for (const element of elements) this.#entries.push({ element, target, winner });
  }

  forget(element: number): void {
    this.#entries = this.#entries.filter((entry) => entry.element !== element);
  }

  take(isMeant: (entry: { target: number; winner: number }) => boolean): (readonly [number, number])[] {
    const taken = this.#entries.filter(isMeant);
    this.#entries = this.#entries.filter((entry) => !isMeant(entry));
    return taken.map(({ element, target }) => [element, target] as const);
  }
}

const number = fc.integer({ min: 1, max: 3 });
const element = fc.integer({ min: 0, max: 2_000 });
const step = fc.oneof(
  fc.record({
    kind: fc.constant('remember'),
    elements: fc.uniqueArray(element),
    target: number,
    winner: number,
  }),
  fc.record({ kind: fc.constant('forget'), elements: fc.array(element), target: number, winner: number }),
  fc.record({ kind: fc.constant('takeOf'), elements: fc.constant([]), target: number, winner: number }),
  fc.record({ kind: fc.constant('takeFrom'), elements: fc.constant([]), target: number, winner: number }),
);

const sorted = (pairs: Iterable<readonly [number, number]>): string[] =>
  [...pairs].map((pair) => pair.join(' ')).toSorted();

test('the heritage of takeovers is what a list of all entries says', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const heritage = new TakeoverHeritage(1_000);
      const naive = new Naive();
      for (const { kind, elements, target, winner } of steps) {
        if (kind === 'remember') {
          heritage.remember(elements, target, winner);
          naive.remember(elements, target, winner);
        } else if (kind === 'forget') {
          for (const one of elements) {
            heritage.forget(one);
            naive.forget(one);
          }
        } else if (kind === 'takeOf') {
          expect(sorted(heritage.takeOf(winner))).toEqual(
            sorted(naive.take((entry) => entry.winner === winner)),
          );
        } else {
          const isMeant = (entry: { target: number; winner: number }): boolean =>
            entry.winner === winner && entry.target === target;
          expect(sorted(heritage.takeFrom(target, winner))).toEqual(sorted(naive.take(isMeant)));
        }
      }
    }),
  );
});

test('what is forgotten during a walk is left out, and of too many takeovers the oldest', () => {
  const heritage = new TakeoverHeritage(2);
  for (const target of [1, 2, 3]) heritage.remember([target * 10, target * 10 + 1], target, 9);
  const walk = heritage.takeOf(9);
  expect(walk.next().value).toEqual([30, 3]);
  heritage.forget(31);
  expect([...walk]).toEqual([
    [20, 2],
    [21, 2],
  ]);
});

import { describe, expect, test } from 'vitest';
import type { PageCursor } from './page.ts';
import {
  echo,
  fractal,
  identifiers,
  makeElement,
  makeHandlespace,
  registered,
  registrarA,
  registrarB,
} from './testing/elements.fixture.ts';

describe('RFC 5353 section 3.6.3: mark, learn, purge', () => {
  test('removes what the peer did not mention, and only what it owns', () => {
    const handlespace = makeHandlespace();
    for (const identifier of [1, 2, 3]) {
      registered(handlespace, echo, makeElement(identifier, { homeRegistrar: registrarB }));
    }
    registered(handlespace, fractal, makeElement(4));
    handlespace.mark(registrarB);
    handlespace.learn(echo, makeElement(2, { homeRegistrar: registrarB }));
    handlespace.learn(fractal, makeElement(5, { homeRegistrar: registrarB }));
    expect(handlespace.purgeMarked(registrarB)).toHaveLength(2);
    expect(identifiers(handlespace, handlespace.elementsOf(registrarB))).toEqual([2, 5]);
    expect(identifiers(handlespace, handlespace.elementsOf(registrarA))).toEqual([4]);
    expect(handlespace.purgeMarked(registrarB)).toEqual([]);
  });

  test.for([1, 3, 7, 100])('in slices of %i elements it ends where it ends in one go', (slice) => {
    const [sliced, whole] = [makeHandlespace(), makeHandlespace()];
    for (const handlespace of [sliced, whole]) {
      for (let identifier = 1; identifier <= 200; identifier += 1) {
        const homeRegistrar = identifier % 4 === 0 ? registrarA : registrarB;
        registered(
          handlespace,
          identifier % 3 === 0 ? echo : fractal,
          makeElement(identifier, { homeRegistrar }),
        );
      }
    }
    whole.mark(registrarB);
    let after = sliced.markSlice(registrarB, undefined, slice);
    while (after !== undefined) after = sliced.markSlice(registrarB, after, slice);
    for (const handlespace of [sliced, whole]) {
      for (let identifier = 1; identifier <= 200; identifier += 5) {
        handlespace.learn(
          identifier % 3 === 0 ? echo : fractal,
          makeElement(identifier, { homeRegistrar: registrarB }),
        );
      }
    }
    const removed: number[] = [];
    let next: PageCursor | undefined;
    do {
      const purged = sliced.purgeMarkedSlice(registrarB, next, slice);
      removed.push(...purged.removed);
      ({ next } = purged);
    } while (next !== undefined);
    expect(removed).toEqual(whole.purgeMarked(registrarB));
    expect(sliced.checksum(registrarB)).toBe(whole.checksum(registrarB));
    expect(sliced.checksum(registrarA)).toBe(whole.checksum(registrarA));
  });

  test('what is named between two slices of a purge stays', () => {
    const handlespace = makeHandlespace();
    for (const identifier of [1, 2, 3, 4]) {
      registered(handlespace, echo, makeElement(identifier, { homeRegistrar: registrarB }));
    }
    handlespace.mark(registrarB);
    const { removed, next } = handlespace.purgeMarkedSlice(registrarB, undefined, 2);
    expect(removed).toHaveLength(2);
    handlespace.learn(echo, makeElement(3, { homeRegistrar: registrarB }));
    expect(handlespace.purgeMarkedSlice(registrarB, next, 2).removed).toHaveLength(1);
    expect(identifiers(handlespace, handlespace.elementsOf(registrarB))).toEqual([3]);
  });

  test('a registration takes the mark off', () => {
    const handlespace = makeHandlespace();
    const element = registered(handlespace, echo, makeElement(1));
    handlespace.mark(registrarA);
    expect(handlespace.isMarked(element)).toBe(true);
    registered(handlespace, echo, makeElement(1));
    expect(handlespace.isMarked(element)).toBe(false);
  });

  test('a rejected update does not', () => {
    const handlespace = makeHandlespace();
    const element = registered(handlespace, echo, makeElement(1));
    handlespace.mark(registrarA);
    handlespace.register(echo, makeElement(1, { policy: { type: 'random' } }));
    expect(handlespace.isMarked(element)).toBe(true);
  });

  test('an element that found another owner meanwhile is not purged with the one nor the other', () => {
    const handlespace = makeHandlespace();
    const moved = registered(handlespace, echo, makeElement(1, { homeRegistrar: registrarB }));
    const taken = registered(handlespace, echo, makeElement(2, { homeRegistrar: registrarB }));
    handlespace.mark(registrarB);
    handlespace.setHomeRegistrar(moved, registrarA);
    handlespace.takeOver(registrarB, registrarA);
    expect(handlespace.purgeMarked(registrarB)).toEqual([]);
    expect(handlespace.purgeMarked(registrarA)).toEqual([]);
    expect([...handlespace.elementsOf(registrarA)]).toEqual([moved, taken]);
  });

  test('a slot that is used again is not marked', () => {
    const handlespace = makeHandlespace();
    const element = registered(handlespace, echo, makeElement(1));
    handlespace.mark(registrarA);
    handlespace.remove(element);
    expect(handlespace.isMarked(registered(handlespace, echo, makeElement(1)))).toBe(false);
  });
});

describe('RFC 5353 section 3.5.2: takeover', () => {
  test('gives all elements to the other registrar, behind what it has, with count and checksum', () => {
    const handlespace = makeHandlespace();
    const kept = registered(handlespace, echo, makeElement(1, { homeRegistrar: registrarB }));
    const first = registered(handlespace, echo, makeElement(2));
    const second = registered(handlespace, fractal, makeElement(3));
    expect(handlespace.takeOver(registrarA, registrarB)).toEqual([first, second]);
    expect([...handlespace.elementsOf(registrarB)]).toEqual([kept, first, second]);
    expect(handlespace.countOf(registrarA)).toBe(0);
    expect(handlespace.checksum(registrarA)).toBe(0xffff);
    expect(handlespace.poolElement(second).homeRegistrar).toBe(registrarB);
    expect([...handlespace.homeRegistrars()]).toEqual([registrarB]);
  });

  test('from a registrar to itself, or from one that owns nothing, changes nothing', () => {
    const handlespace = makeHandlespace();
    registered(handlespace, echo, makeElement(1));
    expect(handlespace.takeOver(registrarA, registrarA)).toEqual([]);
    expect(handlespace.takeOver(registrarB, registrarA)).toEqual([]);
    expect(handlespace.countOf(registrarA)).toBe(1);
  });
});

describe('walking over what a registrar owns while it changes', () => {
  test('every element may be removed as it comes', () => {
    const handlespace = makeHandlespace();
    for (let identifier = 1; identifier <= 5; identifier += 1) {
      registered(handlespace, echo, makeElement(identifier));
    }
    const seen: number[] = [];
    for (const element of handlespace.elementsOf(registrarA)) {
      seen.push(handlespace.poolElement(element).identifier);
      handlespace.remove(element);
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    expect(handlespace.elementCount).toBe(0);
  });

  test('elements that are gone do not come, new ones come at the end', () => {
    const handlespace = makeHandlespace();
    const elements = [1, 2, 3, 4].map((identifier) => registered(handlespace, echo, makeElement(identifier)));
    const seen: number[] = [];
    let reused: number | undefined;
    for (const element of handlespace.elementsOf(registrarA)) {
      const { identifier } = handlespace.poolElement(element);
      seen.push(identifier);
      if (identifier === 1) {
        handlespace.remove(elements[0] as number);
        handlespace.setHomeRegistrar(elements[1] as number, registrarB);
        handlespace.remove(elements[2] as number);
      }
      // Takes the slot that the first element had.
      if (identifier === 4) reused = registered(handlespace, fractal, makeElement(5));
    }
    expect(reused).toBe(elements[0]);
    expect(seen).toEqual([1, 4, 5]);
  });
});

import { expect, test } from 'vitest';
import {
  echo,
  fractal,
  makeElement,
  makeHandlespace,
  registered,
  registrarA,
  registrarB,
} from './testing/elements.fixture.ts';

function filled(count: number): ReturnType<typeof makeHandlespace> {
  const handlespace = makeHandlespace();
  for (let identifier = 1; identifier <= count; identifier += 1) {
    registered(handlespace, identifier % 2 === 0 ? echo : fractal, makeElement(identifier));
  }
  return handlespace;
}

test('slices of what a registrar owns are what a walk returns', () => {
  const handlespace = filled(10);
  const all: number[] = [];
  const into: number[] = [];
  let after: number | undefined;
  for (let length = 3; length === 3; ) {
    length = handlespace.ownedSlice(registrarA, after, 3, into);
    all.push(...into.slice(0, length));
    after = into[length - 1];
  }
  expect(all).toEqual([...handlespace.elementsOf(registrarA)]);
  expect(all.length).toBe(10);
  expect(handlespace.ownedSlice(registrarB, undefined, 3, into)).toBe(0);
  expect(() => handlespace.ownedSlice(registrarA, 99, 3, into)).toThrow('99');
});

test('a takeover in slices ends where one in one go ends', () => {
  const handlespace = filled(10);
  const whole = filled(10);
  const slices: number[] = [];
  for (let length = 4; length === 4; ) {
    const slice = handlespace.takeOverSlice(registrarA, registrarB, 4);
    ({ length } = slice);
    slices.push(...slice);
  }
  expect(slices).toEqual(whole.takeOver(registrarA, registrarB));
  expect([handlespace.countOf(registrarA), handlespace.countOf(registrarB)]).toEqual([0, 10]);
  expect(handlespace.checksum(registrarB)).toBe(whole.checksum(registrarB));
});

test('pages of references show the elements of the pages', () => {
  const handlespace = filled(10);
  const options = { maximumElements: 4, maximumBytes: 10_000 };
  const page = handlespace.page(undefined, options);
  const references = handlespace.pageReferences(undefined, options);
  const elements = references.elements.map((element) => handlespace.poolElement(element));
  expect(page.poolEntries.flatMap((entry) => entry.poolElements)).toEqual(elements);
  expect(references.next).toEqual(page.next);
});

test('resolving into an array returns what resolving returns', () => {
  const [one, other] = [filled(10), filled(10)];
  const into = [-1, -1, -1, -1];
  for (let round = 0; round < 7; round += 1) {
    expect(one.resolveInto(echo, 3, into)).toBe(3);
    expect(into).toEqual([...(other.resolve(echo, 3)?.elements ?? []), -1]);
  }
  expect(one.resolveInto(Uint8Array.of(9), 3, into)).toBe(-1);
  for (const wrong of [-1, 0.5, Number.NaN])
    expect(() => one.resolveInto(echo, wrong, into)).toThrow('maximumItems');
});

test('a takeover in one go ends where one element after the other does, whatever the new owner has', () => {
  for (const [own, foreign] of [
    [0, 7],
    [3, 5],
    [200, 130],
    [64, 1],
  ] as const) {
    const [whole, single] = [0, 1].map(() => {
      const handlespace = makeHandlespace();
      for (let identifier = 1; identifier <= own + foreign; identifier += 1) {
        const homeRegistrar = identifier <= own ? registrarB : registrarA;
        registered(
          handlespace,
          identifier % 3 === 0 ? echo : fractal,
          makeElement(identifier, { homeRegistrar }),
        );
      }
      handlespace.mark(registrarA);
      // Objects that were made before the takeover must not be shown behind it.
      for (const element of handlespace.elementsOf(registrarA)) handlespace.poolElement(element);
      return handlespace;
    }) as [ReturnType<typeof makeHandlespace>, ReturnType<typeof makeHandlespace>];
    // Where somebody listens, each is announced before the next one changes.
    const announced: number[] = [];
    single.subscribe(({ element }) => announced.push(element));
    expect(whole.takeOver(registrarA, registrarB)).toEqual(single.takeOver(registrarA, registrarB));
    expect(announced.length).toBe(foreign);
    expect([...whole.elementsOf(registrarB)]).toEqual([...single.elementsOf(registrarB)]);
    expect([...whole.homeRegistrars()]).toEqual([registrarB]);
    expect(whole.checksum(registrarB)).toBe(single.checksum(registrarB));
    expect(whole.checksum(registrarA)).toBe(0xffff);
    for (const element of whole.elementsOf(registrarB)) {
      expect(whole.isMarked(element)).toBe(false);
      expect(whole.homeRegistrar(element)).toBe(registrarB);
      expect(whole.poolElement(element)).toEqual(single.poolElement(element));
    }
    expect(whole.takeOver(registrarA, registrarB)).toEqual([]);
  }
});

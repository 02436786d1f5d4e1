import { expect, test } from 'vitest';
import { echo, fractal, makeElement, makeHandlespace, registered } from './testing/elements.fixture.ts';

test('every method refuses a reference that names no element', () => {
  const handlespace = makeHandlespace();
  const removed = registered(handlespace, echo, makeElement(1));
  registered(handlespace, echo, makeElement(2));
  handlespace.remove(removed);
  for (const stale of [removed, -1, 15, 16, 1e9, 0.5, Number.NaN]) {
    const uses: (() => unknown)[] = [
      () => handlespace.poolElement(stale),
      () => handlespace.poolHandle(stale),
      () => handlespace.homeRegistrar(stale),
      () => handlespace.serial(stale),
      () => handlespace.isMarked(stale),
      () => handlespace.expiry(stale),
      () => handlespace.setExpiry(stale, 1),
      () => handlespace.setExpiry(stale, undefined),
      () => handlespace.setHomeRegistrar(stale, 1),
      () => handlespace.remove(stale),
    ];
    for (const use of uses) expect(use).toThrow(/ERR_RSERPOOL_STALE_REFERENCE/u);
    expect(handlespace.isCurrent(stale)).toBe(false);
  }
  expect(handlespace.elementCount).toBe(1);
});

test('a slot that was used again is told apart by the serial number', () => {
  const handlespace = makeHandlespace();
  const element = registered(handlespace, echo, makeElement(1));
  const serial = handlespace.serial(element);
  expect(handlespace.isCurrent(element, serial)).toBe(true);
  handlespace.remove(element);
  const other = registered(handlespace, fractal, makeElement(9));
  expect(other).toBe(element);
  expect(handlespace.isCurrent(element)).toBe(true);
  expect(handlespace.isCurrent(element, serial)).toBe(false);
});

test('references and serial numbers outlast updates and changes of the owner', () => {
  const handlespace = makeHandlespace();
  const element = registered(handlespace, echo, makeElement(1));
  const serial = handlespace.serial(element);
  expect(registered(handlespace, echo, makeElement(1, { homeRegistrar: 5 }))).toBe(element);
  handlespace.setHomeRegistrar(element, 6);
  handlespace.takeOver(6, 7);
  expect(handlespace.isCurrent(element, serial)).toBe(true);
});

test('the slot that has been free longest is used first, and references stay small', () => {
  const handlespace = makeHandlespace();
  const elements = [1, 2, 3].map((identifier) => registered(handlespace, echo, makeElement(identifier)));
  expect(elements).toEqual([0, 1, 2]);
  for (const element of [1, 0]) handlespace.remove(element);
  expect(registered(handlespace, echo, makeElement(4))).toBe(1);
  expect(registered(handlespace, echo, makeElement(5))).toBe(0);
  expect(registered(handlespace, echo, makeElement(6))).toBe(3);
});

test('coming and going needs no new slots', () => {
  const handlespace = makeHandlespace();
  for (let round = 0; round < 100; round += 1) {
    const elements = [1, 2, 3].map((identifier) => registered(handlespace, echo, makeElement(identifier)));
    expect(new Set(elements)).toEqual(new Set([0, 1, 2]));
    for (const element of elements) handlespace.remove(element);
  }
});

test('grows far beyond its first size and forgets nothing', () => {
  const handlespace = makeHandlespace();
  for (let identifier = 1; identifier <= 5000; identifier += 1) {
    const pool = Uint8Array.of(112, identifier % 251);
    const element = registered(handlespace, pool, makeElement(identifier));
    handlespace.setExpiry(element, identifier);
  }
  expect([handlespace.elementCount, handlespace.poolCount]).toEqual([5000, 251]);
  for (let identifier = 1; identifier <= 5000; identifier += 1) {
    const element = handlespace.find(Uint8Array.of(112, identifier % 251), identifier);
    expect(element).toBe(identifier - 1);
    expect(handlespace.expiry(element as number)).toBe(identifier);
  }
});

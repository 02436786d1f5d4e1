import { expect, test } from 'vitest';
import * as ElementField from './element-field.ts';
import { ElementRecords } from './element-records.ts';
import { emptyList, type OrderedList, OrderedLists } from './ordered-lists.ts';

function content(lists: OrderedLists, list: OrderedList): number[] {
  const elements: number[] = [];
  for (let element = list.first; element !== -1; element = lists.next(element)) elements.push(element);
  return elements;
}

test('keeps the order of joining when elements leave at both ends and in between', () => {
  const lists = new OrderedLists();
  const list = emptyList();
  for (const element of [3, 1, 4, 0, 5]) lists.append(list, element);
  lists.remove(list, 4);
  lists.remove(list, 3);
  lists.remove(list, 5);
  lists.append(list, 3);
  expect(content(lists, list)).toEqual([1, 0, 3]);
  expect(list).toEqual({ first: 1, last: 3, size: 3 });
});

test('goes on behind the last visited element, whichever of the remembered ones are left', () => {
  const everySurvivor = [0b0000, 0b0001, 0b0010, 0b0101, 0b0110, 0b1000, 0b1111];
  for (const mask of everySurvivor) {
    const lists = new OrderedLists();
    const list = emptyList();
    for (const element of [9, 0, 1, 2, 3, 8, 7]) lists.append(list, element);
    const visited = [0, 1, 2, 3].map((element) => ({ element, order: lists.order(element) }));
    for (const element of [0, 1, 2, 3]) if ((mask & (1 << element)) === 0) lists.remove(list, element);
    expect(lists.following(list, visited)).toBe(8);
  }
});

test('does not take an element that left and joined again for the one that was visited', () => {
  const lists = new OrderedLists();
  const list = emptyList();
  for (const element of [0, 1, 2]) lists.append(list, element);
  const visited = [{ element: 0, order: lists.order(0) }];
  lists.remove(list, 0);
  lists.append(list, 0);
  expect(lists.following(list, visited)).toBe(1);
  expect(lists.next(2)).toBe(0);
});

test('begins with the first element where nothing was visited', () => {
  const lists = new OrderedLists();
  const list = emptyList();
  expect(lists.following(list, [])).toBe(-1);
  lists.append(list, 6);
  expect(lists.following(list, [])).toBe(6);
});

test.for([2 ** 31 - 3, 2 ** 32 - 3, 2 ** 53 - 7])(
  'order numbers around %i grow along the list',
  (lastOrder) => {
    const lists = new OrderedLists(new ElementRecords(), ElementField.membership, lastOrder);
    const list = emptyList();
    for (const element of [4, 2, 0, 3, 1, 5]) lists.append(list, element);
    const orders = content(lists, list).map((element) => lists.order(element));
    expect(orders).toEqual([1, 2, 3, 4, 5, 6].map((step) => lastOrder + step));
    // The visited ones have left: what joined behind them is found by its larger number.
    const visited = [2, 0].map((element) => ({ element, order: lists.order(element) }));
    lists.remove(list, 2);
    lists.remove(list, 0);
    expect(lists.following(list, visited)).toBe(3);
  },
);

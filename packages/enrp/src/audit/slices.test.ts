import { poolHandleFromText } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { elementOf } from '../testing/cluster.fixture.ts';
import { Solo } from '../testing/solo.fixture.ts';
import { changedPerSlice } from '../handlespace/ownership.ts';

const echo = poolHandleFromText('echo');
const many = 4 * changedPerSlice;

/** A registrar (5) that resynchronizes with peer 9, of which it knows many elements. */
function resynchronizing(count = many): Solo {
  const solo = new Solo().start();
  solo.peer(9);
  for (let identifier = 1; identifier <= count; identifier += 1) {
    solo.handlespace.learn(echo, elementOf(identifier, 9));
  }
  solo.advance(60_000);
  solo.presence(9, { checksum: 0x1234 });
  return solo;
}

function table(solo: Solo, identifiers: readonly number[]): void {
  solo.receive(9, {
    type: 'ENRP_HANDLE_TABLE_RESPONSE',
    rejected: false,
    moreToSend: false,
    poolEntries: [
      { poolHandle: echo, poolElements: identifiers.map((identifier) => elementOf(identifier, 9)) },
    ],
  });
}

function typesOf(solo: Solo): string[] {
  return solo.events().map(({ type }) => type);
}

describe('resynchronization of many elements', () => {
  it('removes what was not named in slices, and is over when all are gone', () => {
    const solo = resynchronizing();
    solo.events();
    table(solo, [1, 2, 3]);
    let left = solo.handlespace.elementCount;
    expect(left).toBeGreaterThanOrEqual(many - changedPerSlice);
    while ((solo.machine.nextTimeout() ?? Infinity) <= solo.now) {
      expect(typesOf(solo)).toEqual([]);
      solo.machine.handleTimeout(solo.now);
      expect(left - solo.handlespace.elementCount).toBeLessThanOrEqual(changedPerSlice);
      left = solo.handlespace.elementCount;
    }
    solo.advance(0);
    expect(left).toBe(3);
    expect(solo.machine.counters.resynchronizations).toBe(1);
  });

  it('keeps what is named between two slices, and compares no checksum before the end', () => {
    const solo = resynchronizing();
    table(solo, []);
    solo.events();
    solo.update(9, 0, many);
    solo.presence(9, { checksum: 0x1234 });
    expect(typesOf(solo)).toEqual([]);
    solo.advance(0);
    expect(solo.events()).toMatchObject([{ type: 'resynchronized', received: 0, removed: many - 1 }]);
    expect(solo.homeOf(many)).toBe(9);
  });

  it('ends with the association to the peer', () => {
    const solo = resynchronizing();
    table(solo, []);
    solo.events();
    const left = solo.handlespace.elementCount;
    solo.input({ type: 'associationLost', association: 9, reason: 'reset' });
    solo.advance(0);
    expect(typesOf(solo)).toContain('resynchronizationFailed');
    expect(solo.handlespace.elementCount).toBe(left);
    expect(solo.machine.nextTimeout()).toBeGreaterThan(solo.now);
  });

  it('asks for the table when all are marked, however many there are', () => {
    const solo = resynchronizing(20_000);
    const requests = (): unknown[] => solo.sent().filter(({ type }) => type === 'ENRP_HANDLE_TABLE_REQUEST');
    expect(requests()).toEqual([]);
    solo.advance(0);
    expect(requests()).toHaveLength(1);
    table(solo, []);
    solo.advance(0);
    expect(solo.handlespace.elementCount).toBe(0);
  });
});

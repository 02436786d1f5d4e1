import { decodeAsapMessage, encodeAsapMessage, poolHandleFromText } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { copyOfCard } from './business-card.ts';
import { benchOf, elementOf, messageOf, type SessionBench } from './testing/machine.fixture.ts';

function card(bench: SessionBench, pool: string, identifiers: readonly number[]) {
  return bench.give({
    type: 'control',
    association: bench.association(),
    message: {
      type: 'ASAP_BUSINESS_CARD',
      poolHandle: poolHandleFromText(pool),
      poolElements: identifiers.map((identifier) => elementOf(identifier)),
    },
    reports: [],
  });
}

function connected(options: Parameters<typeof benchOf>[0] = {}): SessionBench {
  const bench = benchOf(options);
  bench.give({ type: 'connect' });
  bench.connect([1, 2, 3]);
  return bench;
}

function nextElement(bench: SessionBench): number | undefined {
  bench.give({ type: 'associationLost', association: bench.association(), reason: 'reset' });
  bench.connect([1, 2, 3]);
  return bench.machine.element?.identifier;
}

describe('RFC 5352 section 3.9: a card at the session machine', () => {
  test('BC2: its order is followed when the element fails', () => {
    const bench = connected();
    card(bench, 'TestPool', [1, 3, 2]);
    expect(nextElement(bench)).toBe(3);
  });

  test('one of another pool changes nothing in the order of this one', () => {
    const bench = connected();
    card(bench, 'OtherPool', [1, 3, 2]);
    expect(nextElement(bench)).toBe(2);
  });

  test('BC1: its pool is resolved into the cache, for one pool of each element only', () => {
    const bench = connected();
    expect(card(bench, 'OtherPool', [7])).toContainEqual({
      type: 'populateCache',
      poolHandle: poolHandleFromText('OtherPool'),
    });
    for (let number = 0; number < 1000; number += 1) {
      const outputs = card(bench, `Pool${number}`, [7]);
      expect(outputs.map(({ type }) => type)).toEqual(['event']);
    }
    nextElement(bench);
    expect(card(bench, 'OtherPool', [7]).map(({ type }) => type)).toContain('populateCache');
  });

  test('the own card goes out after the cookie echo and before data, and is asked for each time', () => {
    let identifier = 8;
    const bench = connected({
      cookie: Uint8Array.of(1),
      ownCard: () => ({ poolHandle: poolHandleFromText('Own'), poolElements: [elementOf(identifier)] }),
    });
    const sent = () =>
      bench.outputs.flatMap((output): (string | number | undefined)[] => {
        if (output.type === 'sendData') return ['data'];
        if (output.type !== 'sendControl') return [];
        const { message } = output;
        return [message.type === 'ASAP_BUSINESS_CARD' ? message.poolElements[0]?.identifier : message.type];
      });
    bench.give({ type: 'send', message: messageOf(1) });
    expect(sent()).toEqual(['ASAP_COOKIE_ECHO', 8, 'data']);
    identifier = 9;
    nextElement(bench);
    expect(sent()).toEqual(['ASAP_COOKIE_ECHO', 8, 'data', 'ASAP_COOKIE_ECHO', 9]);
  });

  test('no card goes where there is no control channel, or while the element is not in its pool', () => {
    const ownCard = () => ({ poolHandle: poolHandleFromText('Own'), poolElements: [elementOf(8)] });
    const bench = benchOf({ ownCard });
    bench.give({ type: 'connect' });
    bench.connect([1], false);
    bench.give({ type: 'businessCard', poolElements: [elementOf(9)] });
    expect(bench.outputs.map(({ type }) => type)).not.toContain('sendControl');
    const other = connected({ ownCard: () => undefined });
    other.give({ type: 'businessCard', poolElements: [elementOf(9)] });
    expect(other.outputs.map(({ type }) => type)).not.toContain('sendControl');
  });
});

test('a card that is kept does not change with the packet that it came in', () => {
  const poolElements = [elementOf(1), elementOf(2)];
  const packet = encodeAsapMessage({
    type: 'ASAP_BUSINESS_CARD',
    poolHandle: poolHandleFromText('TestPool'),
    poolElements,
  });
  const decoded = decodeAsapMessage(packet);
  if (!decoded.ok || decoded.message.type !== 'ASAP_BUSINESS_CARD') throw new Error('it has to be a card');
  const kept = copyOfCard(decoded.message);
  packet.fill(0xff);
  expect(kept).toEqual({ poolHandle: poolHandleFromText('TestPool'), poolElements });
});

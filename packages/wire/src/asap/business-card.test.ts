import { describeAsapMessage } from '../testing/golden.fixture.ts';
import { element, elementHex, poolHandle, poolHandleHex } from '../testing/samples.fixture.ts';
import type { AsapBusinessCard } from './business-card.ts';

const card: AsapBusinessCard = { type: 'ASAP_BUSINESS_CARD', poolHandle, poolElements: [element] };

describeAsapMessage<AsapBusinessCard>({
  section: 'RFC 5352 section 2.2.13',
  golden: [
    { name: 'with one element', hex: `0d00 0034 ${poolHandleHex} ${elementHex}`, value: card },
    {
      name: 'with two',
      hex: `0d00 005c ${poolHandleHex} ${elementHex} ${elementHex}`,
      value: { ...card, poolElements: [element, element] },
    },
  ],
  failures: [
    {
      name: 'without an element',
      hex: `0d00 000c ${poolHandleHex}`,
      code: 'missing-parameter',
      offset: 12,
      type: 10,
      report: [3, `0d00 000c ${poolHandleHex}`],
    },
    {
      name: 'with a policy before the element',
      hex: `0d00 003c ${poolHandleHex} 0008 0008 00000001 ${elementHex}`,
      code: 'unexpected-parameter',
      offset: 12,
      type: 8,
      report: [3, '0008 0008 00000001'],
    },
    {
      name: 'with the handle twice',
      hex: `0d00 003c ${poolHandleHex} ${poolHandleHex} ${elementHex}`,
      code: 'unexpected-parameter',
      offset: 12,
      type: 9,
      report: [3, `${poolHandleHex}`],
    },
  ],
  refusals: [{ name: 'no elements', value: { ...card, poolElements: [] }, words: 'poolElements is empty' }],
});

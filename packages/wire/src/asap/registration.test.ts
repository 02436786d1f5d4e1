import { describeAsapMessage } from '../testing/golden.fixture.ts';
import { element, elementHex, poolHandle, poolHandleHex, stoppingHex } from '../testing/samples.fixture.ts';
import type { AsapRegistration } from './registration.ts';

const message: AsapRegistration = { type: 'ASAP_REGISTRATION', poolHandle, poolElement: element };

describeAsapMessage<AsapRegistration>({
  section: 'RFC 5352 section 2.2.1',
  golden: [{ name: 'as drawn', hex: `0100 0034 ${poolHandleHex} ${elementHex}`, value: message }],
  failures: [
    {
      name: 'without a pool element',
      hex: `0100 000c ${poolHandleHex}`,
      code: 'missing-parameter',
      offset: 12,
      type: 10,
      report: [3, `0100 000c ${poolHandleHex}`],
    },
    {
      name: 'without a pool handle',
      hex: `0100 002c ${elementHex}`,
      code: 'unexpected-parameter',
      offset: 4,
      type: 10,
      report: [3, `${elementHex}`],
    },
    {
      name: 'with two pool elements',
      hex: `0100 005c ${poolHandleHex} ${elementHex} ${elementHex}`,
      code: 'unexpected-parameter',
      offset: 52,
      type: 10,
      report: [3, `${elementHex}`],
    },
    {
      name: 'with a parameter that stops it in silence',
      hex: `0100 003c ${poolHandleHex} ${elementHex} ${stoppingHex}`,
      code: 'unknown-parameter',
      offset: 52,
      type: 291,
    },
    {
      name: 'with more elements than the limit',
      hex: `0100 0034 ${poolHandleHex} ${elementHex}`,
      limits: { poolElements: 0 },
      code: 'limit-exceeded',
      offset: 16,
      type: 10,
      report: [6, ''],
    },
    {
      name: 'longer than the limit',
      hex: `0100 0034 ${poolHandleHex} ${elementHex}`,
      limits: { messageBytes: 51 },
      code: 'limit-exceeded',
      offset: 0,
      type: 1,
    },
    {
      name: 'with a length that is more than there is',
      hex: `0100 0038 ${poolHandleHex} ${elementHex}`,
      code: 'truncated',
      offset: 0,
      type: 1,
    },
    {
      name: 'with bytes behind its end',
      hex: `0100 0034 ${poolHandleHex} ${elementHex} 00000000`,
      code: 'bad-length',
      offset: 0,
      type: 1,
    },
    {
      name: 'with a length that ends inside the pool element',
      hex: `0100 0030 ${poolHandleHex} ${elementHex}`,
      code: 'bad-length',
      offset: 0,
      type: 1,
    },
    { name: 'with a length below the header', hex: '0100 0003', code: 'bad-length', offset: 0, type: 1 },
    { name: 'with half a header', hex: '0100', code: 'truncated', offset: 0, type: 1 },
  ],
  refusals: [
    {
      name: 'no pool element',
      value: { ...message, poolElement: undefined as unknown as typeof element },
      words: 'ERR_RSERPOOL_INVALID_MESSAGE',
    },
    {
      name: 'a policy deep inside',
      value: { ...message, poolElement: { ...element, policy: { type: 'priority', priority: -1 } } },
      words: 'poolElement.policy.priority is -1',
    },
  ],
});

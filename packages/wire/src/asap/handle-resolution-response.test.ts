import { describeAsapMessage } from '../testing/golden.fixture.ts';
import {
  bytes,
  element,
  elementHex,
  errorHex,
  poolHandle,
  poolHandleHex,
} from '../testing/samples.fixture.ts';
import type { AsapHandleResolutionResponse } from './handle-resolution-response.ts';

const positive: AsapHandleResolutionResponse = {
  type: 'ASAP_HANDLE_RESOLUTION_RESPONSE',
  subscribed: false,
  poolHandle,
  poolElements: [element],
};

describeAsapMessage<AsapHandleResolutionResponse>({
  section: 'RFC 5352 section 2.2.6',
  golden: [
    { name: 'positive without a policy', hex: `0600 0034 ${poolHandleHex} ${elementHex}`, value: positive },
    {
      name: 'positive with a policy and two elements, subscribed',
      hex: `0601 0064 ${poolHandleHex} 0008 0008 00000003 ${elementHex} ${elementHex}`,
      value: { ...positive, subscribed: true, policy: { type: 'random' }, poolElements: [element, element] },
    },
    {
      name: 'negative',
      hex: `0600 0014 ${poolHandleHex} ${errorHex}`,
      value: { ...positive, poolElements: [], error: { causes: [{ code: 9, information: bytes() }] } },
    },
    {
      name: 'negative with a policy and an element, which is tolerated',
      hex: `0600 0044 ${poolHandleHex} 0008 0008 00000001 ${elementHex} ${errorHex}`,
      value: {
        ...positive,
        policy: { type: 'roundRobin' },
        error: { causes: [{ code: 9, information: bytes() }] },
      },
    },
    {
      name: 'with an option that only requests have, which is skipped',
      hex: `0600 003c ${poolHandleHex} 803f 0008 00000003 ${elementHex}`,
      value: { ...positive, unknownParameters: [{ type: 0x803f, value: bytes(0, 0, 0, 3), position: 1 }] },
    },
  ],
  failures: [
    {
      name: 'positive without an element',
      hex: `0600 000c ${poolHandleHex}`,
      code: 'missing-parameter',
      offset: 12,
      type: 10,
      report: [3, `0600 000c ${poolHandleHex}`],
    },
    {
      name: 'with a policy and no element',
      hex: `0600 0014 ${poolHandleHex} 0008 0008 00000001`,
      code: 'missing-parameter',
      offset: 20,
      type: 10,
      report: [3, `0600 0014 ${poolHandleHex} 0008 0008 00000001`],
    },
    {
      name: 'with a policy behind the element',
      hex: `0600 003c ${poolHandleHex} ${elementHex} 0008 0008 00000001`,
      code: 'unexpected-parameter',
      offset: 52,
      type: 8,
      report: [3, '0008 0008 00000001'],
    },
    {
      name: 'with an element behind the error',
      hex: `0600 003c ${poolHandleHex} ${errorHex} ${elementHex}`,
      code: 'unexpected-parameter',
      offset: 20,
      type: 10,
      report: [3, `${elementHex}`],
    },
    {
      name: 'with more elements than the limit',
      hex: `0600 005c ${poolHandleHex} ${elementHex} ${elementHex}`,
      limits: { poolElements: 1 },
      code: 'limit-exceeded',
      offset: 56,
      type: 10,
      report: [6, ''],
    },
  ],
  refusals: [
    {
      name: 'no elements and no error',
      value: { ...positive, poolElements: [] },
      words: 'poolElements is empty',
    },
    {
      name: 'a wrong identifier in the second element',
      value: { ...positive, poolElements: [element, { ...element, identifier: -1 }] },
      words: 'poolElements[1].identifier is -1',
    },
  ],
});

import { describeEnrpMessage } from '../testing/golden.fixture.ts';
import {
  ascii,
  bytes,
  element,
  elementHex,
  poolHandle,
  poolHandleHex,
  skippedHex,
} from '../testing/samples.fixture.ts';
import type { EnrpHandleTableResponse } from './handle-table-response.ts';

const empty: EnrpHandleTableResponse = {
  type: 'ENRP_HANDLE_TABLE_RESPONSE',
  senderIdentifier: 0x11111111,
  receiverIdentifier: 0x22222222,
  rejected: false,
  moreToSend: false,
  poolEntries: [],
};

describeEnrpMessage<EnrpHandleTableResponse>({
  section: 'RFC 5353 section 2.3',
  golden: [
    { name: 'empty', hex: '0300 000c 11111111 22222222', value: empty },
    {
      name: 'a rejection: R is bit 0',
      hex: '0301 000c 11111111 22222222',
      value: { ...empty, rejected: true },
    },
    {
      name: 'with more to send: M is bit 1',
      hex: `0302 003c 11111111 22222222 ${poolHandleHex} ${elementHex}`,
      value: { ...empty, moreToSend: true, poolEntries: [{ poolHandle, poolElements: [element] }] },
    },
    {
      name: 'with two pools, one of them with two elements',
      hex: `0300 0094 11111111 22222222 ${poolHandleHex} ${elementHex} ${elementHex} 0009 0005 41 000000 ${elementHex}`,
      value: {
        ...empty,
        poolEntries: [
          { poolHandle, poolElements: [element, element] },
          { poolHandle: ascii('A'), poolElements: [element] },
        ],
      },
    },
    {
      name: 'with an unrecognized parameter between elements',
      hex: `0300 006c 11111111 22222222 ${poolHandleHex} ${elementHex} ${skippedHex} ${elementHex}`,
      value: {
        ...empty,
        poolEntries: [{ poolHandle, poolElements: [element, element] }],
        unknownParameters: [{ type: 0x8123, value: bytes(0xaa), position: 2 }],
      },
    },
  ],
  failures: [
    {
      name: 'too short for its server identifiers',
      hex: '0300 0008 11111111',
      code: 'bad-length',
      offset: 0,
      type: 3,
      report: [3, '0300 0008 11111111'],
    },
    {
      name: 'with a rejection that holds an entry',
      hex: `0301 003c 11111111 22222222 ${poolHandleHex} ${elementHex}`,
      code: 'unexpected-parameter',
      offset: 12,
      type: 9,
      report: [3, `${poolHandleHex}`],
    },
    {
      name: 'with an entry without elements',
      hex: `0300 0014 11111111 22222222 ${poolHandleHex}`,
      code: 'missing-parameter',
      offset: 20,
      type: 10,
      report: [3, `0300 0014 11111111 22222222 ${poolHandleHex}`],
    },
    {
      name: 'with two handles in a row',
      hex: `0300 0044 11111111 22222222 ${poolHandleHex} ${poolHandleHex} ${elementHex}`,
      code: 'unexpected-parameter',
      offset: 20,
      type: 9,
      report: [3, `${poolHandleHex}`],
    },
    {
      name: 'with an element without a handle',
      hex: `0300 0034 11111111 22222222 ${elementHex}`,
      code: 'unexpected-parameter',
      offset: 12,
      type: 10,
      report: [3, `${elementHex}`],
    },
    {
      name: 'with more elements than the limit in all entries together',
      hex: `0300 006c 11111111 22222222 ${poolHandleHex} ${elementHex} ${poolHandleHex} ${elementHex}`,
      limits: { poolElements: 1 },
      code: 'limit-exceeded',
      offset: 72,
      type: 10,
      report: [6, ''],
    },
  ],
  refusals: [
    {
      name: 'a rejection with entries',
      value: { ...empty, rejected: true, poolEntries: [{ poolHandle, poolElements: [element] }] },
      words: 'poolEntries holds entries',
    },
    {
      name: 'an entry without elements',
      value: { ...empty, poolEntries: [{ poolHandle, poolElements: [] }] },
      words: 'poolEntries[0].poolElements is empty',
    },
    {
      name: 'a handle that is text',
      value: {
        ...empty,
        poolEntries: [{ poolHandle: 'Pool' as unknown as Uint8Array, poolElements: [element] }],
      },
      words: 'poolEntries[0].poolHandle is Pool',
    },
  ],
});

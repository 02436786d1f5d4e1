import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AsapMessage } from './asap/asap-message.ts';
import { encodeHandleResolutionResponse } from './asap/encoded-handle-resolution-response.ts';
import { encodeHandleTableResponse } from './enrp/encoded-handle-table-response.ts';
import { encodePoolElementParameter } from './encode-parameter.ts';
import { encodeAsapMessage, encodeEnrpMessage } from './encode.ts';
import { encodedPoolElementLength } from './encoded-length.ts';
import type { EncodedElements } from './parameters/encoded-elements.ts';
import { encodePoolElementWords, readPoolElementAt } from './parameters/pool-element-bytes.ts';
import type { PoolElement } from './parameters/pool-element.ts';
import { RserpoolError } from './rserpool-error.ts';
import { anyElement, anyPolicy } from './testing/arbitrary.fixture.ts';
import { bytes, element, poolHandle, sctp } from './testing/samples.fixture.ts';
import { bytesToHex } from './text/hex.ts';

const seed = 5354;
const filler = 0x55;

/** A canonical element, one with an unrecognized parameter, one with more addresses than decoding admits by default. */
const elements: readonly PoolElement[] = [
  element,
  { ...element, unknownParameters: [{ type: 0xc123, value: bytes(1, 2, 3, 4, 5), position: 1 }] },
  { ...element, userTransport: { protocol: 'opaque', data: bytes(1, 2, 3) } },
  { ...element, policy: { type: 'unknown', policyType: 0x99, data: bytes(1) } },
  {
    ...element,
    userTransport: { ...sctp, addresses: Array.from({ length: 100 }, () => bytes(10, 0, 0, 1)) },
  },
];

/** The bytes of the words that an element is kept as. */
function stored(value: PoolElement): Uint8Array {
  const length = encodedPoolElementLength(value);
  const memory = new Uint8Array(length);
  const view = new DataView(memory.buffer);
  const words = encodePoolElementWords(value);
  for (let at = 0; at < length; at += 4) view.setInt32(at, words[at >> 2] ?? filler);
  expect([...words.subarray(length >> 2)]).toEqual(Array(words.length - (length >> 2)).fill(0));
  return memory;
}

/** The elements as a source of encoded ones, whose references are their indices. */
function sourceOf(values: readonly PoolElement[]): EncodedElements {
  return {
    encodedLength: (reference) => encodedPoolElementLength(values[reference] as PoolElement),
    copyEncoded(reference, into, view, offset) {
      expect(view.buffer).toBe(into.buffer);
      expect(view.byteOffset).toBe(into.byteOffset);
      expect(offset % 4).toBe(0);
      const one = stored(values[reference] as PoolElement);
      into.set(one, offset);
      return one.length;
    },
  };
}

function indices(values: readonly PoolElement[]): number[] {
  return values.map((_value, index) => index);
}

describe('an element that is kept as words', () => {
  it('is what it is encoded as, with padding of zeros', () => {
    const property = fc.property(anyElement, (value) => {
      const written = stored(value);
      const encoded = encodePoolElementParameter(value);
      expect(written.subarray(0, encoded.length)).toEqual(encoded);
      expect([...written.subarray(encoded.length)]).toEqual(Array(written.length - encoded.length).fill(0));
    });
    fc.assert(property, { seed, numRuns: 1000 });
  });

  it('is read as it was written', () => {
    const property = fc.property(anyElement, (value) => {
      expect(readPoolElementAt(stored(value))).toEqual(value);
    });
    fc.assert(property, { seed, numRuns: 1000 });
    for (const value of elements) expect(readPoolElementAt(stored(value))).toEqual(value);
  });

  it('has addresses that are views of the bytes', () => {
    const kept = stored(element);
    const { userTransport } = readPoolElementAt(kept);
    expect(userTransport.protocol === 'sctp' && userTransport.addresses[0]?.buffer).toBe(kept.buffer);
  });

  const wrong: readonly [string, object][] = [
    ['an identifier of 33 bits', { identifier: 2 ** 32 }],
    ['no policy', { policy: undefined }],
    ['a policy that does not exist', { policy: { type: 'unheard' } }],
    ['an address of 5 bytes', { userTransport: { ...sctp, addresses: [bytes(1, 2, 3, 4, 5)] } }],
  ];

  it.each(wrong)('cannot have %s', (_name, change) => {
    const value = { ...element, ...change } as PoolElement;
    expect(() => encodePoolElementWords(value)).toThrow(RserpoolError);
  });

  it('is refused where the bytes are something else, and the next one is read', () => {
    expect(() => readPoolElementAt(bytes())).toThrow(RserpoolError);
    expect(() => readPoolElementAt(bytes(0, 9, 0, 4))).toThrow(RserpoolError);
    expect(() => readPoolElementAt(new Uint8Array([...stored(element), ...stored(element)]))).toThrow(
      RserpoolError,
    );
    expect(readPoolElementAt(stored(element))).toEqual(element);
  });
});

describe('a response that is made of encoded elements', () => {
  const handles = fc.uint8Array({ maxLength: 20 });
  const lists = fc.array(anyElement, { minLength: 1, maxLength: 5 });

  it('is the ASAP_HANDLE_RESOLUTION_RESPONSE of the same elements as objects', () => {
    const property = fc.property(
      handles,
      fc.option(anyPolicy, { nil: undefined }),
      fc.boolean(),
      lists,
      (handle, policy, subscribed, poolElements) => {
        const message: AsapMessage = {
          type: 'ASAP_HANDLE_RESOLUTION_RESPONSE',
          subscribed,
          poolHandle: handle,
          ...(policy === undefined ? {} : { policy }),
          poolElements,
        };
        const references = indices(poolElements);
        const response = encodeHandleResolutionResponse(
          handle,
          policy,
          subscribed,
          references,
          sourceOf(poolElements),
        );
        expect(bytesToHex(response)).toBe(bytesToHex(encodeAsapMessage(message)));
      },
    );
    fc.assert(property, { seed, numRuns: 300 });
  });

  it('is the ENRP_HANDLE_TABLE_RESPONSE of the same elements as objects', () => {
    const property = fc.property(
      fc.array(fc.tuple(handles, lists), { maxLength: 3 }),
      fc.boolean(),
      (pools, moreToSend) => {
        const all = pools.flatMap(([, poolElements]) => poolElements);
        const entries = pools.map(([handle, poolElements]) => ({
          poolHandle: handle,
          elements: poolElements.map((one) => all.indexOf(one)),
        }));
        const header = { senderIdentifier: 0xffff_fffe, receiverIdentifier: 7, moreToSend };
        const message = encodeEnrpMessage({
          type: 'ENRP_HANDLE_TABLE_RESPONSE',
          ...header,
          rejected: false,
          poolEntries: pools.map(([handle, poolElements]) => ({ poolHandle: handle, poolElements })),
        });
        expect(bytesToHex(encodeHandleTableResponse(header, entries, sourceOf(all)))).toBe(
          bytesToHex(message),
        );
      },
    );
    fc.assert(property, { seed, numRuns: 300 });
  });

  it('may name the first ones of a list only', () => {
    const poolElements = elements.slice(0, 2);
    const message = encodeAsapMessage({
      type: 'ASAP_HANDLE_RESOLUTION_RESPONSE',
      subscribed: false,
      poolHandle,
      poolElements,
    });
    const source = sourceOf(elements);
    expect(
      encodeHandleResolutionResponse(poolHandle, undefined, false, indices(elements), source, 2),
    ).toEqual(message);
  });

  it('is refused where it is empty or too long, and leaves nothing behind', () => {
    const source = sourceOf(elements);
    const header = { senderIdentifier: 1, receiverIdentifier: 2, moreToSend: false };
    const before = encodeHandleResolutionResponse(poolHandle, undefined, true, [0], source);
    expect(() => encodeHandleResolutionResponse(poolHandle, undefined, true, [], source)).toThrow(
      'ERR_RSERPOOL_INVALID_MESSAGE: poolElements is empty',
    );
    expect(() => encodeHandleTableResponse(header, [{ poolHandle, elements: [] }], source)).toThrow(
      'poolEntries[0].poolElements is empty',
    );
    const many = Array.from({ length: 2000 }, () => 0);
    expect(() => encodeHandleResolutionResponse(poolHandle, undefined, true, many, source)).toThrow(
      'ERR_RSERPOOL_MESSAGE_TOO_LONG',
    );
    expect(() => encodeHandleTableResponse(header, [{ poolHandle, elements: many }], source)).toThrow(
      'ERR_RSERPOOL_MESSAGE_TOO_LONG',
    );
    expect(encodeHandleResolutionResponse(poolHandle, undefined, true, [0], source)).toEqual(before);
  });
});

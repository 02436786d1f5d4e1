import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AsapMessage } from './asap/asap-message.ts';
import { encodeAsapMessageInto, encodeEnrpMessageInto } from './encode-into.ts';
import { encodeAsapMessage } from './encode.ts';
import type { EnrpMessage } from './enrp/enrp-message.ts';
import { RserpoolError } from './rserpool-error.ts';
import { protocols } from './testing/protocols.fixture.ts';
import { element, poolHandle } from './testing/samples.fixture.ts';
import { bytesToHex } from './text/hex.ts';

const seed = 5353;
const filler = 0x55;
const request: AsapMessage = { type: 'ASAP_HANDLE_RESOLUTION', subscribe: false, poolHandle };
const response: AsapMessage = {
  type: 'ASAP_HANDLE_RESOLUTION_RESPONSE',
  subscribed: false,
  poolHandle,
  poolElements: Array.from({ length: 20 }, () => element),
};

function encodeInto(message: AsapMessage | EnrpMessage, target: Uint8Array, offset: number): number {
  return message.type.startsWith('ASAP')
    ? encodeAsapMessageInto(message as AsapMessage, target, offset)
    : encodeEnrpMessageInto(message as EnrpMessage, target, offset);
}

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    return RserpoolError.is(error) ? error.code : 'not of the family';
  }
  return undefined;
}

describe.each(protocols)('an $name message that is encoded into a buffer', ({ messages, encode }) => {
  it('has the bytes that it has alone, and changes none around it, however much room there is', () => {
    const property = fc.property(messages, fc.nat(9), fc.nat(600), (message, offset, spare) => {
      const expected = encode(message);
      const target = new Uint8Array(offset + expected.length + spare).fill(filler);
      expect(encodeInto(message, target, offset)).toBe(expected.length);
      const end = offset + expected.length;
      expect(bytesToHex(target.subarray(offset, end))).toBe(bytesToHex(expected));
      expect(target.every((byte, at) => byte === filler || (at >= offset && at < end))).toBe(true);
    });
    fc.assert(property, { seed, numRuns: 1000 });
  });

  it('is refused where the room is one byte short, and nothing before it is changed', () => {
    const property = fc.property(messages, fc.nat(9), (message, offset) => {
      const target = new Uint8Array(offset + encode(message).length - 1).fill(filler);
      expect(codeOf(() => encodeInto(message, target, offset))).toBe('ERR_RSERPOOL_MESSAGE_TOO_LONG');
      expect(target.subarray(0, offset).every((byte) => byte === filler)).toBe(true);
    });
    fc.assert(property, { seed, numRuns: 300 });
  });
});

describe('encoding into a buffer', () => {
  it('writes one message behind the other', () => {
    const target = new Uint8Array(4096);
    let end = 0;
    for (const message of [request, response, request]) end += encodeAsapMessageInto(message, target, end);
    const whole = [request, response, request].map((message) => bytesToHex(encodeAsapMessage(message)));
    expect(bytesToHex(target.subarray(0, end))).toBe(whole.join(''));
  });

  it('begins at the start where no offset is given, in whatever part of a buffer the target is', () => {
    const memory = new Uint8Array(1024);
    for (const target of [
      memory.subarray(7, 500),
      memory.subarray(400),
      Buffer.from(memory.buffer, 3, 800),
    ]) {
      const length = encodeAsapMessageInto(request, target);
      expect(bytesToHex(target.subarray(0, length))).toBe(bytesToHex(encodeAsapMessage(request)));
    }
  });

  it('is refused for elements that the room ends in', () => {
    const { length } = encodeAsapMessage(response);
    for (let short = 1; short < length; short += 97) {
      const target = new Uint8Array(length - short);
      expect(codeOf(() => encodeAsapMessageInto(response, target))).toBe('ERR_RSERPOOL_MESSAGE_TOO_LONG');
    }
  });

  const badArguments: readonly [string, unknown, unknown][] = [
    ['a negative offset', new Uint8Array(999), -1],
    ['half an offset', new Uint8Array(999), 0.5],
    ['an offset behind the end', new Uint8Array(999), 1000],
    ['no number as offset', new Uint8Array(999), '0'],
    ['no target', undefined, 0],
    ['an array as target', [1, 2, 3], 0],
  ];

  it.each(badArguments)('is refused with %s', (_name, target, offset) => {
    expect(codeOf(() => encodeAsapMessageInto(request, target as Uint8Array, offset as number))).toBe(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
    );
  });

  it('says what cannot be encoded as without a buffer', () => {
    const target = new Uint8Array(4096);
    const bad = { ...response, poolElements: [element, { ...element, identifier: -1 }] };
    expect(() => encodeAsapMessageInto(bad, target)).toThrow('poolElements[1].identifier is -1');
    expect(codeOf(() => encodeAsapMessageInto(undefined as unknown as AsapMessage, target))).toBe(
      'ERR_RSERPOOL_INVALID_MESSAGE',
    );
    expect(codeOf(() => encodeEnrpMessageInto(request as unknown as EnrpMessage, target))).toBe(
      'ERR_RSERPOOL_INVALID_MESSAGE',
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { AsapMessage } from './asap/asap-message.ts';
import { asapCodecs } from './asap/asap-codecs.ts';
import { asapMessageNames } from './asap/asap-message-names.ts';
import { encodeAsapMessage, encodeEnrpMessage } from './encode.ts';
import { enrpCodecs } from './enrp/enrp-codecs.ts';
import type { EnrpMessage } from './enrp/enrp-message.ts';
import { enrpMessageNames } from './enrp/enrp-message-names.ts';
import { RserpoolError } from './rserpool-error.ts';
import { bytes, element, poolHandle } from './testing/samples.fixture.ts';
import { bytesToHex } from './text/hex.ts';

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    return RserpoolError.is(error) ? error.code : 'not of the family';
  }
  return undefined;
}

describe('what cannot be encoded', () => {
  const wrong: readonly [name: string, message: unknown][] = [
    ['a message that does not exist', { type: 'ASAP_HELLO' }],
    [
      'a message of the other protocol',
      { type: 'ENRP_LIST_REQUEST', senderIdentifier: 1, receiverIdentifier: 2 },
    ],
    ['a name that objects have from birth', { type: 'toString' }],
    ['nothing', undefined],
    ['an element that is missing', { type: 'ASAP_REGISTRATION', poolHandle }],
    ['a handle that is missing', { type: 'ASAP_HANDLE_RESOLUTION', subscribe: false }],
    ['a number that is missing', { type: 'ASAP_DEREGISTRATION', poolHandle }],
  ];

  it.each(wrong)('is refused with an error of the family: %s', (_name, message) => {
    expect(codeOf(() => encodeAsapMessage(message as AsapMessage))).toBe('ERR_RSERPOOL_INVALID_MESSAGE');
  });

  it('is too long a message, however it becomes that', () => {
    const poolElements = Array.from({ length: 2000 }, () => element);
    const long: AsapMessage = { type: 'ASAP_BUSINESS_CARD', poolHandle, poolElements };
    expect(codeOf(() => encodeAsapMessage(long))).toBe('ERR_RSERPOOL_MESSAGE_TOO_LONG');
    const cookie: AsapMessage = { type: 'ASAP_COOKIE', cookie: new Uint8Array(1_000_000) };
    expect(codeOf(() => encodeAsapMessage(cookie))).toBe('ERR_RSERPOOL_MESSAGE_TOO_LONG');
    const unknownParameters = [{ type: 0x8001, value: new Uint8Array(65532), position: 0 }];
    const list: EnrpMessage = {
      type: 'ENRP_LIST_REQUEST',
      senderIdentifier: 1,
      receiverIdentifier: 2,
      unknownParameters,
    };
    expect(codeOf(() => encodeEnrpMessage(list))).toBe('ERR_RSERPOOL_MESSAGE_TOO_LONG');
  });

  it('leaves nothing behind for the next message', () => {
    const good: AsapMessage = { type: 'ASAP_COOKIE', cookie: bytes(1, 2) };
    const before = bytesToHex(encodeAsapMessage(good));
    expect(
      codeOf(() => encodeAsapMessage({ type: 'ASAP_REGISTRATION', poolHandle } as AsapMessage)),
    ).toBeDefined();
    expect(bytesToHex(encodeAsapMessage(good))).toBe(before);
  });
});

describe('an encoded message', () => {
  it('has a buffer of its own', () => {
    const first = encodeAsapMessage({ type: 'ASAP_COOKIE', cookie: bytes(1, 2, 3, 4) });
    encodeAsapMessage({ type: 'ASAP_COOKIE', cookie: bytes(5, 6, 7, 8) });
    expect(bytesToHex(first)).toBe('0b00000c000d000801020304');
    expect(first.buffer.byteLength).toBe(first.length);
  });

  it('shares no byte with another one, also where it is long', () => {
    const lengths = Array.from({ length: 300 }, (_, index) => 1 + ((index * 37) % 500));
    const cookies = [...lengths, 9000, 65000, ...lengths].map((length, index) =>
      new Uint8Array(length).fill(index),
    );
    const messages = cookies.map((cookie) => encodeAsapMessage({ type: 'ASAP_COOKIE', cookie }));
    const places = messages.map(({ buffer, byteOffset, byteLength }) => ({ buffer, byteOffset, byteLength }));
    for (const [at, message] of messages.entries()) {
      const cookie = cookies[at] as Uint8Array;
      expect(message.subarray(8, 8 + cookie.length)).toEqual(cookie);
      const next = places.slice(at + 1).find(({ buffer }) => buffer === message.buffer);
      if (next !== undefined)
        expect(next.byteOffset).toBeGreaterThanOrEqual(message.byteOffset + message.length);
    }
  });

  it('has padding of zeros, whatever was in the buffer before', () => {
    encodeAsapMessage({ type: 'ASAP_COOKIE', cookie: new Uint8Array(100).fill(0xff) });
    const padded = encodeAsapMessage({ type: 'ASAP_COOKIE', cookie: bytes(1) });
    expect(bytesToHex(padded)).toBe('0b000009000d000501000000');
  });

  it('writes unrecognized parameters whose place does not exist at the end', () => {
    const unknownParameters = [{ type: 0x8001, value: bytes(), position: 99 }];
    const encoded = encodeAsapMessage({ type: 'ASAP_COOKIE', cookie: bytes(), unknownParameters });
    expect(bytesToHex(encoded)).toBe('0b00000c000d000480010004');
  });
});

describe('the names of the messages', () => {
  it('are those of the table', () => {
    const names = Object.entries(asapCodecs).map(([name, { number }]) => [String(number), name]);
    expect(Object.entries(asapMessageNames)).toEqual(names);
    const others = Object.entries(enrpCodecs).map(([name, { number }]) => [String(number), name]);
    expect(Object.entries(enrpMessageNames)).toEqual(others);
  });
});

import { expect } from 'vitest';
import type fc from 'fast-check';
import type { AsapMessage } from '../asap/asap-message.ts';
import { decodeAsapMessage, decodeEnrpMessage } from '../decode.ts';
import type { DecodeResult } from '../decode-result.ts';
import { encodeAsapMessage, encodeEnrpMessage } from '../encode.ts';
import type { EnrpMessage } from '../enrp/enrp-message.ts';
import { anyAsapMessage, anyEnrpMessage } from './arbitrary.fixture.ts';

/** A protocol, for tests that hold for both. */
export interface Protocol {
  readonly name: string;
  readonly decode: (bytes: Uint8Array) => DecodeResult<AsapMessage | EnrpMessage>;
  readonly encode: (message: AsapMessage | EnrpMessage) => Uint8Array;
  readonly messages: fc.Arbitrary<AsapMessage | EnrpMessage>;
}

/** Both protocols. */
export const protocols: readonly Protocol[] = [
  {
    name: 'ASAP',
    decode: decodeAsapMessage,
    encode: (message) => encodeAsapMessage(message as AsapMessage),
    messages: anyAsapMessage,
  },
  {
    name: 'ENRP',
    decode: decodeEnrpMessage,
    encode: (message) => encodeEnrpMessage(message as EnrpMessage),
    messages: anyEnrpMessage,
  },
];

/** What holds for every input: no exception, an answer that is consistent, and a canonical form that is stable. */
export function expectSound(protocol: Protocol, input: Uint8Array): void {
  const result = protocol.decode(input);
  if (result.ok) {
    const canonical = protocol.encode(result.message);
    expect(canonical.length % 4).toBe(0);
    expect(canonical.length).toBeLessThanOrEqual(input.length + 3);
    const again = protocol.decode(canonical);
    expect(again).toEqual(result);
    expect(again.ok && protocol.encode(again.message)).toEqual(canonical);
  } else {
    const { error } = result;
    expect(error.cause === undefined).toBe(error.action === 'discard');
    expect(error.offset).toBeGreaterThanOrEqual(0);
    expect(error.offset).toBeLessThanOrEqual(input.length);
    expect(error.reason).not.toBe('');
  }
}

import { describe, expect, it } from 'vitest';
import type { AsapMessage } from './asap/asap-message.ts';
import { asapMessageNames } from './asap/asap-message-names.ts';
import { decodeAsapMessage, decodeEnrpMessage } from './decode.ts';
import type { DecodeResult } from './decode-result.ts';
import { encodeAsapMessage, encodeEnrpMessage } from './encode.ts';
import type { EnrpMessage } from './enrp/enrp-message.ts';
import { enrpMessageNames } from './enrp/enrp-message-names.ts';
import { captures, type Capture } from './testing/captures.fixture.ts';
import { fieldsOfDissection, fieldsOfMessage } from './testing/dissection.fixture.ts';
import { bytesToHex, hexToBytes } from './text/hex.ts';

/** Captured messages that are no messages by the RFC, and why. All of them were made by hand. */
const refused: readonly { readonly hex: string; readonly code: string; readonly action: string }[] = [
  // Half a header.
  { hex: '0100', code: 'truncated', action: 'discard' },
  { hex: '010000', code: 'truncated', action: 'discard' },
  // A registration without its pool element.
  { hex: '010000100009000b43726166744e7000', code: 'missing-parameter', action: 'report' },
  // A registration with an unrecognized parameter: type bits 00, then 01.
  {
    hex: '010000400009000b4372616674556b00000a0028300000090000000000007530000400101e610001000100080a63001500080008000000011234000861626364',
    code: 'unknown-parameter',
    action: 'discard',
  },
  {
    hex: '010000400009000b4372616674556b00000a0028300000090000000000007530000400101e610001000100080a63001500080008000000015234000861626364',
    code: 'unknown-parameter',
    action: 'report',
  },
  // The same in a presence.
  {
    hex: '010000349999999910000001000f0006ffff0000000b0018999999990004001026ad0000000100080a6300165234000861626364',
    code: 'unknown-parameter',
    action: 'report',
  },
  // Message lengths of 400 and 500 for 20 and 12 bytes.
  { hex: '050001900009000d4372616674506f6f6c000000', code: 'truncated', action: 'discard' },
  { hex: '050001f49999999910000001', code: 'truncated', action: 'discard' },
  // Message types that are not known: bits 01, then the reserved bits 11.
  { hex: '7f000004', code: 'unknown-message', action: 'report' },
  { hex: 'c1000004', code: 'unknown-message', action: 'discard' },
  { hex: '7f00000c9999999910000001', code: 'unknown-message', action: 'report' },
];

/** Messages that come back in another form, with the reason. There are none: what is well-formed is canonical. */
const rewritten: ReadonlyMap<string, string> = new Map();

const protocols = captures.filter(({ proto }) => proto !== 'csp');
const understood = protocols.filter(({ hex }) => !refused.some((line) => line.hex === hex));

function decode({ proto, hex }: Capture): DecodeResult<AsapMessage> | DecodeResult<EnrpMessage> {
  return proto === 'asap' ? decodeAsapMessage(hexToBytes(hex)) : decodeEnrpMessage(hexToBytes(hex));
}

function decodeWell(capture: Capture): {
  readonly message: AsapMessage | EnrpMessage;
  readonly reports: readonly unknown[];
  readonly encoded: Uint8Array;
} {
  const result = decode(capture);
  if (!result.ok) throw new Error(`refused: ${result.error.reason}`);
  const { message, reports } = result;
  const encoded = 'senderIdentifier' in message ? encodeEnrpMessage(message) : encodeAsapMessage(message);
  return { message, reports, encoded };
}

describe('messages captured from the reference implementation', () => {
  it.each(understood)('$name [$shape, $origin]: fields as the dissector prints them', (capture) => {
    const { message, reports, encoded } = decodeWell(capture);
    expect(reports).toEqual([]);
    const names = capture.proto === 'asap' ? asapMessageNames : enrpMessageNames;
    expect(message.type).toBe(names[capture.type]);
    const { message_type, message_flags, message_length, ...fields } = fieldsOfDissection(capture.tshark);
    expect(fieldsOfMessage(message)).toEqual(fields);
    expect(message_type).toEqual([String(encoded[0])]);
    expect(message_flags).toEqual([`0x${bytesToHex(encoded.subarray(1, 2))}`]);
    expect(message_length).toEqual([String(((encoded[2] as number) << 8) | (encoded[3] as number))]);
  });

  it.each(understood)('$name [$shape, $origin]: the same bytes again', (capture) => {
    const { encoded } = decodeWell(capture);
    expect(bytesToHex(encoded)).toBe(rewritten.get(capture.hex) ?? capture.hex);
  });

  it.each(refused)('$hex is refused: $code, $action', ({ hex, code, action }) => {
    const results = protocols.filter((capture) => capture.hex === hex).map(decode);
    expect(results).toMatchObject([{ ok: false, error: { code, action } }]);
  });

  it('are all understood where the reference implementation made them', () => {
    const made = protocols.filter(({ origin }) => origin === 'rsplib');
    expect(made.filter((capture) => !understood.includes(capture))).toEqual([]);
    expect(made.length).toBeGreaterThan(40);
  });

  it('are neither ASAP nor ENRP in two lines: the status protocol has no codec here', () => {
    const others = captures.filter(({ proto }) => proto === 'csp');
    expect(others.map(({ shape }) => shape)).toEqual(['t1 len288', 't1 len312']);
  });
});

import { describe, expect, it } from 'vitest';
import { decodeAsapMessage, decodeEnrpMessage } from './decode.ts';
import { encodeAsapMessage } from './encode.ts';
import { bytes, identifierHex, poolHandleHex } from './testing/samples.fixture.ts';
import { bytesToHex, hexToBytes } from './text/hex.ts';

/** An ASAP_DEREGISTRATION with something between its two parameters. */
function deregistrationWith(hex: string): Uint8Array {
  const body = hexToBytes(`${poolHandleHex} ${hex} ${identifierHex}`);
  const message = new Uint8Array(4 + body.length);
  message.set([2, 0, 0, message.length]);
  message.set(body, 4);
  return message;
}

describe('unrecognized parameters (RFC 5354 section 3)', () => {
  const rules = [
    { bits: '00', type: '0123', ok: false, reported: false },
    { bits: '01', type: '4123', ok: false, reported: true },
    { bits: '10', type: '8123', ok: true, reported: false },
    { bits: '11', type: 'c123', ok: true, reported: true },
    { bits: '00 (reserved type 0)', type: '0000', ok: false, reported: false },
    { bits: '00 (the first unassigned one)', type: '0011', ok: false, reported: false },
    { bits: '11 (reserved type 65535)', type: 'ffff', ok: true, reported: true },
  ];

  it.each(rules)(
    'with type bits $bits: message kept $ok, parameter reported $reported',
    ({ type, ok, reported }) => {
      const parameter = `${type}0006aabb`;
      const result = decodeAsapMessage(deregistrationWith(`${parameter} 0000`));
      expect(result.ok).toBe(ok);
      const causes = result.ok ? result.reports : [result.error.cause];
      const shown = causes.flatMap((cause) =>
        cause === undefined ? [] : [[cause.code, bytesToHex(cause.information)]],
      );
      expect(shown).toEqual(reported ? [[1, parameter]] : []);
    },
  );

  it('that are skipped are kept in their place', () => {
    const result = decodeAsapMessage(deregistrationWith('8123 0006 aabb 0000'));
    expect(result).toMatchObject({
      ok: true,
      message: { unknownParameters: [{ type: 0x8123, value: bytes(0xaa, 0xbb), position: 1 }] },
    });
  });

  it('stop a message before the error of a later parameter is seen', () => {
    const result = decodeAsapMessage(deregistrationWith('0123 0004 0001 0003'));
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'unknown-parameter', offset: 12, type: 0x123 },
    });
  });

  it('are the items option too, in messages other than ASAP_HANDLE_RESOLUTION', () => {
    const request = hexToBytes(`05000014 ${poolHandleHex} 803f 0008 00000003`);
    expect(decodeAsapMessage(request)).toMatchObject({ ok: true, message: { items: 3 } });
    expect(decodeAsapMessage(deregistrationWith('803f 0008 00000003'))).toMatchObject({
      ok: true,
      message: { unknownParameters: [{ type: 0x803f, position: 1 }] },
    });
  });

  it('that are many are refused, and reports have a limit of their own', () => {
    const three = 'c001 0004 c002 0004 c003 0004';
    expect(decodeAsapMessage(deregistrationWith(three), { unknownParameters: 2 })).toMatchObject({
      ok: false,
      error: { code: 'limit-exceeded', action: 'report', cause: { code: 6 } },
    });
    expect(decodeAsapMessage(deregistrationWith(three), { reports: 2 })).toMatchObject({
      ok: true,
      reports: [{ information: bytes(0xc0, 1, 0, 4) }, { information: bytes(0xc0, 2, 0, 4) }],
    });
  });

  it('are cut where reporting them would not fit', () => {
    const two = 'c001 0008 01020304 c002 0008 05060708';
    const result = decodeAsapMessage(deregistrationWith(two), { reportedBytes: 10 });
    expect(result.ok && result.reports.map(({ information }) => bytesToHex(information))).toEqual([
      'c001000801020304',
      'c002',
    ]);
  });

  it('are reported in an error message that can be encoded, however long they are', () => {
    const input = new Uint8Array(65532);
    input.set([2, 0, 0xff, 0xfc, 0xc0, 1, 0xff, 0xd0]);
    input.set(hexToBytes(`${poolHandleHex} ${identifierHex}`), 4 + 0xffd0);
    input.set(hexToBytes('8001 0018'), 4 + 0xffd0 + 16);
    const result = decodeAsapMessage(input);
    expect(result).toMatchObject({ ok: true, reports: [{ code: 1 }] });
    const causes = result.ok ? result.reports : [];
    expect(encodeAsapMessage({ type: 'ASAP_ERROR', error: { causes } }).length).toBe(4 + 4 + 4 + 32768);
  });
});

describe('unrecognized messages (RFC 5354 section 4)', () => {
  const rules = [
    { bits: '00', type: '3f', report: undefined },
    { bits: '00, reserved', type: '00', report: undefined },
    { bits: '01', type: '40', report: '4000000500' },
    { bits: '01', type: '7f', report: '7f00000500' },
    { bits: '10, reserved', type: '80', report: undefined },
    { bits: '11, reserved', type: 'ff', report: undefined },
  ];

  it.each(rules)('with type bits $bits (0x$type): report $report', ({ type, report }) => {
    for (const decode of [decodeAsapMessage, decodeEnrpMessage]) {
      const result = decode(hexToBytes(`${type}000005 00 000000`));
      const number = Number.parseInt(type, 16);
      expect(result).toMatchObject({
        ok: false,
        error: {
          code: 'unknown-message',
          offset: 0,
          type: number,
          messageType: number,
          action: report === undefined ? 'discard' : 'report',
        },
      });
      const cause = result.ok ? undefined : result.error.cause;
      expect(cause && [cause.code, bytesToHex(cause.information)]).toEqual(report && [2, report]);
    }
  });

  it('are those of the other protocol beyond its last one', () => {
    expect(decodeEnrpMessage(hexToBytes('0b000004'))).toMatchObject({
      ok: false,
      error: { code: 'unknown-message' },
    });
    expect(decodeAsapMessage(hexToBytes('0f000004'))).toMatchObject({
      ok: false,
      error: { code: 'unknown-message' },
    });
  });
});

describe('the framing of a message (RFC 5354 section 4)', () => {
  const cases = [
    { name: 'nothing', hex: '', code: 'truncated', messageType: -1 },
    { name: 'one byte', hex: '05', code: 'truncated', messageType: 5 },
    { name: 'three bytes', hex: '050000', code: 'truncated', messageType: 5 },
    { name: 'a length of 0', hex: '05000000', code: 'bad-length', messageType: 5 },
    { name: 'a length of 3', hex: '05000003', code: 'bad-length', messageType: 5 },
    {
      name: 'a length beyond the input',
      hex: '0500000d 0009 0008 506f6f6c',
      code: 'truncated',
      messageType: 5,
    },
    { name: 'a byte too many', hex: '0500000c 0009 0008 506f6f6c 00', code: 'bad-length', messageType: 5 },
    {
      name: 'four bytes of padding',
      hex: '0500000c 0009 0008 506f6f6c 00000000',
      code: 'bad-length',
      messageType: 5,
    },
    {
      name: 'a message behind the message',
      hex: '0b000008 000d0004 0b000008 000d0004',
      code: 'bad-length',
      messageType: 11,
    },
  ];

  it.each(cases)('is broken by $name: dropped in silence', ({ hex, code, messageType }) => {
    const result = decodeAsapMessage(hexToBytes(hex));
    expect(result).toMatchObject({ ok: false, error: { code, offset: 0, action: 'discard', messageType } });
    expect(result.ok || 'cause' in result.error).toBe(false);
  });

  it('has a limit', () => {
    const input = hexToBytes('0500000c 0009 0008 506f6f6c');
    expect(decodeAsapMessage(input, { messageBytes: 12 }).ok).toBe(true);
    expect(decodeAsapMessage(input, { messageBytes: 11 })).toMatchObject({
      ok: false,
      error: { code: 'limit-exceeded', action: 'discard' },
    });
  });

  it('holds the longest message there is', () => {
    const input = new Uint8Array(65536);
    input.set([0x0b, 0, 0xff, 0xff, 0, 0xd, 0xff, 0xfb]);
    const result = decodeAsapMessage(input);
    expect(result).toMatchObject({ ok: true, message: { type: 'ASAP_COOKIE' } });
    expect(result.ok && encodeAsapMessage(result.message)).toEqual(input);
  });
});

describe('decoded byte fields', () => {
  it('are views of the input, also where the input is a view itself', () => {
    const buffer = hexToBytes(`ffff 0500000c ${poolHandleHex} ffff`);
    const result = decodeAsapMessage(buffer.subarray(2, 14));
    expect(result).toMatchObject({ ok: true, message: { poolHandle: bytes(0x50, 0x6f, 0x6f, 0x6c) } });
    buffer[10] = 0x4d;
    expect(result).toMatchObject({ ok: true, message: { poolHandle: bytes(0x4d, 0x6f, 0x6f, 0x6c) } });
  });

  it('stay apart from a result that is decoded later', () => {
    const first = decodeAsapMessage(deregistrationWith('c001 0004'));
    decodeAsapMessage(deregistrationWith('c002 0004'));
    decodeAsapMessage(hexToBytes('0500'));
    expect(first).toMatchObject({ ok: true, reports: [{ information: bytes(0xc0, 1, 0, 4) }] });
  });
});

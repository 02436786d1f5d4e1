import { describe, expect, it } from 'vitest';
import { Reader } from '../codec/reader.ts';
import { Writer } from '../codec/writer.ts';
import { decodeAsapMessage, decodeEnrpMessage } from '../decode.ts';
import { type DecodeLimits, defaultDecodeLimits } from '../decode-limits.ts';
import type { DecodeErrorCode, DecodeResult } from '../decode-result.ts';
import { encodeAsapMessage, encodeEnrpMessage } from '../encode.ts';
import type { AsapMessage } from '../asap/asap-message.ts';
import type { EnrpMessage } from '../enrp/enrp-message.ts';
import { bytesToHex, hexToBytes } from '../text/hex.ts';

/** Bytes written by hand, and what they mean. */
export interface Golden<Value> {
  readonly name: string;
  readonly hex: string;
  readonly value: Value;
  /** The canonical form, where it differs. */
  readonly canonical?: string;
}

/** Bytes that have to be refused, and how. */
export interface Failure {
  readonly name: string;
  readonly hex: string;
  readonly code: DecodeErrorCode;
  /** Of the offending header, from the first byte of `hex`. */
  readonly offset: number;
  /** Type of the offending parameter. */
  readonly type: number;
  /** The error cause to report as code and information; absent: discard in silence. */
  readonly report?: readonly [code: number, informationHex: string];
  readonly limits?: Partial<DecodeLimits>;
}

/** Values that cannot be encoded, and the words that the error has to hold. */
export interface Refusal<Value> {
  readonly name: string;
  readonly value: Value;
  readonly words: string;
}

/** A parameter's codec. */
export interface ParameterCodec<Value> {
  readonly read: (reader: Reader) => Value | undefined;
  readonly write: (writer: Writer, value: Value) => void;
}

/** Hex digits without the spaces that make a table readable. */
export function compact(hex: string): string {
  return hex.replaceAll(' ', '');
}

/** The bytes as the only content of a message, so that a parameter can be read alone. */
function readerOver(hex: string, limits?: Partial<DecodeLimits>): Reader {
  const bytes = hexToBytes(`ff000000${hex}`);
  const reader = new Reader(bytes, { ...defaultDecodeLimits, ...limits });
  reader.beginMessage(0xff, bytes.length);
  reader.peek();
  return reader;
}

/** Tests a parameter against bytes written by hand, both ways. */
export function describeParameter<Value>(
  name: string,
  codec: ParameterCodec<Value>,
  table: {
    readonly golden: readonly Golden<Value>[];
    readonly failures: readonly Failure[];
    readonly refusals?: readonly Refusal<Value>[];
  },
): void {
  describe(name, () => {
    it.each(table.golden)('is read: $name', ({ hex, value }) => {
      const reader = readerOver(hex);
      expect(codec.read(reader)).toEqual(value);
      expect(reader.failure).toBeUndefined();
      expect(reader.left()).toBe(0);
    });

    it.each(table.golden)('is written: $name', ({ hex, value, canonical }) => {
      const writer = new Writer();
      codec.write(writer, value);
      const written = bytesToHex(writer.endBare());
      const padded = written + '0'.repeat((8 - (written.length % 8)) % 8);
      expect(padded).toBe(compact(canonical ?? hex));
    });

    it.each(table.failures)('is refused: $name', (failure) => {
      const reader = readerOver(failure.hex, failure.limits);
      expect(codec.read(reader)).toBeUndefined();
      expect(summary(reader.failure, 4)).toEqual(expectedOf(failure));
    });

    it.each(table.refusals ?? [])('cannot be written: $name', ({ value, words }) => {
      expect(() => codec.write(new Writer(), value)).toThrow(words);
    });
  });
}

/** Tests an ASAP message against bytes written by hand, both ways. */
export function describeAsapMessage<Message extends AsapMessage>(table: MessageTable<Message>): void {
  describeMessage<Message>(
    decodeAsapMessage as (bytes: Uint8Array, limits?: Partial<DecodeLimits>) => DecodeResult<Message>,
    encodeAsapMessage,
    table,
  );
}

/** Tests an ENRP message against bytes written by hand, both ways. */
export function describeEnrpMessage<Message extends EnrpMessage>(table: MessageTable<Message>): void {
  describeMessage<Message>(
    decodeEnrpMessage as (bytes: Uint8Array, limits?: Partial<DecodeLimits>) => DecodeResult<Message>,
    encodeEnrpMessage,
    table,
  );
}

/** What is tested of a message. */
export interface MessageTable<Message> {
  /** RFC section that draws the message. */
  readonly section: string;
  readonly golden: readonly Golden<Message>[];
  readonly failures: readonly Failure[];
  readonly refusals?: readonly Refusal<Message>[];
}

function describeMessage<Message extends { readonly type: string }>(
  decode: (bytes: Uint8Array, limits?: Partial<DecodeLimits>) => DecodeResult<Message>,
  encode: (message: Message) => Uint8Array,
  table: MessageTable<Message>,
): void {
  describe(`${table.golden[0]?.value.type} (${table.section})`, () => {
    it.each(table.golden)('is decoded: $name', ({ hex, value }) => {
      expect(decode(hexToBytes(hex))).toEqual({ ok: true, message: value, reports: [] });
    });

    it.each(table.golden)('is encoded: $name', ({ hex, value, canonical }) => {
      expect(bytesToHex(encode(value))).toBe(compact(canonical ?? hex));
    });

    it.each(table.failures)('is refused: $name', (failure) => {
      const result = decode(hexToBytes(failure.hex), failure.limits);
      expect(summary(result.ok ? undefined : result.error, 0)).toEqual(expectedOf(failure));
    });

    it.each(table.refusals ?? [])('cannot be encoded: $name', ({ value, words }) => {
      expect(() => encode(value)).toThrow(words);
    });
  });
}

interface Summary {
  readonly code: DecodeErrorCode;
  readonly offset: number;
  readonly type: number;
  readonly action: string;
  readonly cause: readonly [number, string] | undefined;
}

function summary(
  error:
    | {
        readonly code: DecodeErrorCode;
        readonly offset: number;
        readonly type: number;
        readonly action: string;
        readonly cause?: { readonly code: number; readonly information: Uint8Array };
      }
    | undefined,
  origin: number,
): Summary | undefined {
  if (error === undefined) return undefined;
  const { code, offset, type, action, cause } = error;
  return {
    code,
    offset: offset - origin,
    type,
    action,
    cause: cause === undefined ? undefined : [cause.code, bytesToHex(cause.information)],
  };
}

function expectedOf({ code, offset, type, report }: Failure): Summary {
  return {
    code,
    offset,
    type,
    action: report === undefined ? 'discard' : 'report',
    cause: report === undefined ? undefined : [report[0], compact(report[1])],
  };
}

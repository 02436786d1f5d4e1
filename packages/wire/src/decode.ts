import { asapCodecs } from './asap/asap-codecs.ts';
import type { AsapMessage } from './asap/asap-message.ts';
import { takeAsapMessage } from './asap/take-asap-message.ts';
import { decodeMessage } from './codec/decode-message.ts';
import { type MessageTable, messageTable } from './codec/message-table.ts';
import type { DecodeLimits } from './decode-limits.ts';
import type { DecodeResult } from './decode-result.ts';
import { enrpCodecs } from './enrp/enrp-codecs.ts';
import type { EnrpMessage } from './enrp/enrp-message.ts';
import type { ErrorCause } from './parameters/operation-error.ts';

/** What short messages share: nothing is to be reported of them. */
const noReports: readonly ErrorCause[] = /* @__PURE__ */ Object.freeze([]);

// Built on first use, so that importing the package runs nothing.
let asapTable: MessageTable<AsapMessage> | undefined;
let enrpTable: MessageTable<EnrpMessage> | undefined;

/**
 * Decodes one ASAP message. Never throws, whatever the input.
 *
 * Byte fields of the result (handles, addresses, cookies, unknown parameters) are views of the input: whoever
 * keeps them has to own the buffer, or copy them.
 *
 * @param bytes - One message: the payload of an SCTP user message or a UDP datagram, with or without the padding
 *   behind the message length.
 * @param limits - Limits that differ from {@link defaultDecodeLimits}.
 *
 * @example
 * ```ts
 * import { decodeAsapMessage, formatPoolHandle, hexToBytes } from '@rserpool/wire';
 *
 * const result = decodeAsapMessage(hexToBytes('05000010 0009000c 4563686f506f6f6c'));
 * if (result.ok && result.message.type === 'ASAP_HANDLE_RESOLUTION') {
 *   console.log(formatPoolHandle(result.message.poolHandle)); // EchoPool
 * }
 * ```
 */
export function decodeAsapMessage(
  bytes: Uint8Array,
  limits?: Partial<DecodeLimits>,
): DecodeResult<AsapMessage> {
  if (limits === undefined) {
    const message = takeAsapMessage(bytes);
    if (message !== undefined) return { ok: true, message, reports: noReports };
  }
  asapTable ??= messageTable<AsapMessage>(asapCodecs);
  return decodeMessage(asapTable, bytes, limits);
}

/**
 * Decodes one ENRP message. Never throws, whatever the input; the rest as in {@link decodeAsapMessage}.
 *
 * @param bytes - One message: the payload of an SCTP user message or a UDP datagram, with or without the padding
 *   behind the message length.
 * @param limits - Limits that differ from {@link defaultDecodeLimits}.
 */
export function decodeEnrpMessage(
  bytes: Uint8Array,
  limits?: Partial<DecodeLimits>,
): DecodeResult<EnrpMessage> {
  enrpTable ??= messageTable<EnrpMessage>(enrpCodecs);
  return decodeMessage(enrpTable, bytes, limits);
}

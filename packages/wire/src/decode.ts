import type { AsapMessage } from './asap/asap-message.ts';
import type { DecodeLimits } from './decode-limits.ts';
import type { DecodeResult } from './decode-result.ts';
import type { EnrpMessage } from './enrp/enrp-message.ts';

export function decodeAsapMessage(
  _bytes: Uint8Array,
  _limits?: Partial<DecodeLimits>,
): DecodeResult<AsapMessage> {
  throw new Error('follows in minutes');
}
export function decodeEnrpMessage(
  _bytes: Uint8Array,
  _limits?: Partial<DecodeLimits>,
): DecodeResult<EnrpMessage> {
  throw new Error('follows in minutes');
}

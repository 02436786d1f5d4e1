import type { MessageProtocol } from '@rserpool/transport/internal';
import {
  AsapPayloadProtocolIdentifier,
  type AsapMessage,
  decodeAsapMessage,
  encodeAsapMessage,
} from '@rserpool/wire';

/** ASAP over associations (RFC 5352 section 5). */
export const asapProtocol: MessageProtocol<AsapMessage> = {
  payloadProtocolIdentifier: AsapPayloadProtocolIdentifier,
  encode: encodeAsapMessage,
  decode: (bytes) => decodeAsapMessage(bytes),
};

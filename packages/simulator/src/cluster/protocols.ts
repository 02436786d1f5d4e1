import type { MessageProtocol } from '@rserpool/transport/internal';
import {
  type AsapMessage,
  AsapPayloadProtocolIdentifier,
  decodeAsapMessage,
  decodeEnrpMessage,
  encodeAsapMessage,
  encodeEnrpMessage,
  type EnrpMessage,
  EnrpPayloadProtocolIdentifier,
} from '@rserpool/wire';

/** ASAP with the real codec. */
export const asapProtocol: MessageProtocol<AsapMessage> = {
  payloadProtocolIdentifier: AsapPayloadProtocolIdentifier,
  encode: encodeAsapMessage,
  decode: (bytes) => decodeAsapMessage(bytes),
};

/** ENRP with the real codec. */
export const enrpProtocol: MessageProtocol<EnrpMessage> = {
  payloadProtocolIdentifier: EnrpPayloadProtocolIdentifier,
  encode: encodeEnrpMessage,
  decode: (bytes) => decodeEnrpMessage(bytes),
};

/** The group in which registrars announce themselves to pool elements and users. */
export const announceGroup = 'announces';

/** The group in which registrars find each other. */
export const enrpGroup = 'registrars';

/** How the machines find each other. */
export type Discovery = 'lists' | 'groups';

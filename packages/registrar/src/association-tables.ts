import { AssociationTable, type AssociationTableOptions } from '@rserpool/transport/internal';
import {
  type AsapMessage,
  AsapPayloadProtocolIdentifier,
  type DecodeLimits,
  decodeAsapMessage,
  decodeEnrpMessage,
  encodeAsapMessage,
  encodeEnrpMessage,
  type EnrpMessage,
  EnrpPayloadProtocolIdentifier,
} from '@rserpool/wire';

type TableOptions<Message> = Omit<AssociationTableOptions<Message>, 'protocol'> & {
  /** Limits of the messages that are accepted. */
  readonly limits: Partial<DecodeLimits> | undefined;
};

/**
 * A table of associations with pool elements and pool users.
 *
 * @param options - Endpoint, group and where inputs go.
 */
export function asapTable({ limits, ...options }: TableOptions<AsapMessage>): AssociationTable<AsapMessage> {
  return new AssociationTable({
    ...options,
    protocol: {
      payloadProtocolIdentifier: AsapPayloadProtocolIdentifier,
      encode: encodeAsapMessage,
      decode: (bytes) => decodeAsapMessage(bytes, limits),
    },
  });
}

/**
 * A table of associations with peer registrars.
 *
 * @param options - Endpoint, group and where inputs go.
 */
export function enrpTable({ limits, ...options }: TableOptions<EnrpMessage>): AssociationTable<EnrpMessage> {
  return new AssociationTable({
    ...options,
    protocol: {
      payloadProtocolIdentifier: EnrpPayloadProtocolIdentifier,
      encode: encodeEnrpMessage,
      decode: (bytes) => decodeEnrpMessage(bytes, limits),
    },
  });
}

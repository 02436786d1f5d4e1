import type { IpAddress } from '@rserpool/wire';
import { decodeSocketAddress } from '../native/socket-address.ts';
import { NotificationType } from './sctp-constants.ts';

/** What the kernel tells about an association (RFC 6458 section 6.1). */
export type KernelNotification =
  | {
      readonly type: 'associationChange';
      readonly association: number;
      /** One of AssociationChange. */
      readonly state: number;
      readonly outboundStreams: number;
      /** Whether an ABORT chunk of the peer came with it. */
      readonly hasAbort: boolean;
    }
  | {
      readonly type: 'peerAddressChange';
      readonly association: number;
      readonly address: IpAddress;
      /** One of PeerAddressChange. */
      readonly state: number;
    }
  | { readonly type: 'sendFailed'; readonly association: number; readonly context: number }
  | { readonly type: 'shutdown'; readonly association: number }
  | { readonly type: 'senderDry'; readonly association: number };

/** Lengths of the structures, in bytes. */
const associationChangeLength = 20;
const peerAddressChangeLength = 148;
const sendFailedLength = 48;
const shortLength = 12;

/**
 * Reads a notification; `undefined` where it is of no interest.
 *
 * @param bytes - Exactly the notification.
 */
export function decodeNotification(bytes: Buffer): KernelNotification | undefined {
  if (bytes.length < shortLength) return undefined;
  switch (bytes.readUInt16LE(0)) {
    case NotificationType.associationChange:
      if (bytes.length < associationChangeLength) return undefined;
      return {
        type: 'associationChange',
        state: bytes.readUInt16LE(8),
        outboundStreams: bytes.readUInt16LE(12),
        association: bytes.readInt32LE(16),
        hasAbort: bytes.length > associationChangeLength,
      };
    case NotificationType.peerAddressChange: {
      if (bytes.length < peerAddressChangeLength) return undefined;
      const address = decodeSocketAddress(bytes, 8)?.address;
      if (address === undefined) return undefined;
      return {
        type: 'peerAddressChange',
        address,
        state: bytes.readInt32LE(136),
        association: bytes.readInt32LE(144),
      };
    }
    case NotificationType.sendFailed:
      if (bytes.length < sendFailedLength) return undefined;
      return { type: 'sendFailed', context: bytes.readUInt32LE(24), association: bytes.readInt32LE(44) };
    case NotificationType.shutdown:
      return { type: 'shutdown', association: bytes.readInt32LE(8) };
    case NotificationType.senderDry:
      return { type: 'senderDry', association: bytes.readInt32LE(8) };
    default:
      return undefined;
  }
}

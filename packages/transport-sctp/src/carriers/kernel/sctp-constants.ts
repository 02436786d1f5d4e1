/** Numbers of the Linux SCTP socket API (RFC 6458; the values are Linux's own). */

/** Socket options. */
export const SctpOption = {
  rtoInfo: 0,
  associationInfo: 1,
  initMessage: 2,
  noDelay: 3,
  primaryAddress: 6,
  peerAddressParameters: 9,
  events: 11,
  status: 14,
  delayedSack: 16,
  fragmentInterleave: 18,
  maxBurst: 20,
  receiveReceiveInfo: 32,
  bindAdd: 100,
  bindRemove: 101,
  peelOff: 102,
  peerAddresses: 108,
  connect: 111,
  associationStatistics: 112,
  event: 127,
} as const;

/** The message is a notification (flag of recvmsg). */
export const flagNotification = 0x8000;

/** Types of ancillary data. */
export const controlSendInfo = 2;
export const controlReceiveInfo = 3;

/** Flags of messages to send; also of messages received, for the first one. */
export const SendFlag = { unordered: 1, abort: 4, endOfAssociation: 0x200 } as const;

/** Types of notifications. */
export const NotificationType = {
  associationChange: 0x8001,
  peerAddressChange: 0x8002,
  sendFailed: 0x8003,
  shutdown: 0x8005,
  senderDry: 0x8009,
} as const;

/** States of an association change. */
export const AssociationChange = { up: 0, lost: 1, restart: 2, shutdownComplete: 3, cannotStart: 4 } as const;

/** States of a peer address change. */
export const PeerAddressChange = {
  available: 0,
  unreachable: 1,
  removed: 2,
  added: 3,
  madePrimary: 4,
  confirmed: 5,
  potentiallyFailed: 6,
} as const;

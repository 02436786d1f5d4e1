// The transport of our programs, and the groups of the reference implementation.
import { createUdpGroups } from '@rserpool/transport';
import { createSctpTransport } from '@rserpool/transport-sctp';
import { parseIpAddress } from '@rserpool/wire';
import { settings } from './conversation.mjs';

/** Where this program is. */
export const address = settings.address;

/** SCTP over the carrier of this cell; over UDP the port is that which the kernel of the guest has. */
export const transport = createSctpTransport({
  carrier: settings.carrier,
  encapsulationPort: 9899,
  groups: createUdpGroups(),
});

const timeToLive = 30;

/** The reference implementation's own groups: IANA has assigned another one to ASAP, and none to ENRP. */
export const announceGroup = { group: parseIpAddress('239.0.0.50'), port: 3863, timeToLive };
export const enrpGroup = { group: parseIpAddress('239.0.0.51'), port: 9901, timeToLive };

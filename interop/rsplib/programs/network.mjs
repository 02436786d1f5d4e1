// The transport of our programs.
import { createUdpGroups } from '@rserpool/transport';
import { createSctpTransport } from '@rserpool/transport-sctp';
import { settings } from './conversation.mjs';

/** Where this program is. */
export const { address } = settings;

/** SCTP over the carrier of this cell; over UDP the port is that which the kernel of the guest has. */
export const transport = createSctpTransport({
  carrier: settings.carrier,
  encapsulationPort: 9899,
  groups: createUdpGroups(),
});

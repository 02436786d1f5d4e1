import type { IpAddress } from '@rserpool/wire';
import type { Association } from '../association/association.ts';
import { beginAuthenticated, endAuthenticated } from '../authentication/sign-packet.ts';
import { includesAddress } from '../endpoint/address-lists.ts';
import { sourceAddresses } from '../endpoint/source-address.ts';
import type { Path } from '../path/path.ts';
import { isBeingDeleted } from './reconfiguration.ts';
import { putAsconf } from '../wire/chunks/asconf.ts';

/** Sends the ASCONFs that are outstanding, for the first time or again, in a packet of their own behind AUTH. */
export function sendAsconf(association: Association, now: number): void {
  const { core, reconfiguration, peerPort, peerTag } = association;
  if (reconfiguration === undefined || reconfiguration.outstanding.length === 0) return;
  const { path, outstanding } = reconfiguration;
  reconfiguration.deadline = now + path.rtoMs;
  const writer = core.startPacket(peerPort, peerTag);
  const authentication = beginAuthenticated(association, writer);
  for (const { asconf } of outstanding) putAsconf(writer, asconf);
  endAuthenticated(association, writer, authentication);
  core.emit(core.finishPacket(sourceFor(association, path), path.destination, path.encapsulationPort));
}

/**
 * RFC 5061 section 5.3 F6: not from an address that it deletes; and F1: from an address that it adds only where the
 * peer knows none that is left.
 */
function sourceFor(association: Association, path: Path): IpAddress {
  const { core, localAddresses } = association;
  const known = core.addresses.filter(
    (address) =>
      includesAddress(localAddresses, address) && !isBeingDeleted(association.reconfiguration, address),
  );
  if (includesAddress(known, path.source)) return path.source;
  return (
    sourceAddresses([path.destination], known)[0] ??
    sourceAddresses([path.destination], core.addresses)[0] ??
    path.source
  );
}

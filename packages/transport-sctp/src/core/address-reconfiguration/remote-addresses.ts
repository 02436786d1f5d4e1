import { bytesEqual, type IpAddress } from '@rserpool/wire';
import type { Association } from '../association/association.ts';
import { encapsulationPortOf, makePaths } from '../association/make-paths.ts';
import { maximumRemoteAddresses, usableRemoteAddresses } from '../endpoint/address-lists.ts';
import { probeSoon } from '../path/heartbeat.ts';
import type { PacketInput } from '../sctp-input.ts';
import { CauseCode } from '../wire/cause-code.ts';

/**
 * The peer has one more address (RFC 5061 section 5.3 F1, F9, F14): a path that has to be confirmed first.
 *
 * @returns The cause of a refusal.
 */
export function addRemoteAddress(
  association: Association,
  packet: PacketInput,
  address: IpAddress,
  now: number,
): number | undefined {
  const { core, paths, peerPort } = association;
  if (paths.all.some((path) => bytesEqual(path.destination, address))) return undefined;
  const isUsable = usableRemoteAddresses([address], packet.source, core.addresses).some((usable) =>
    bytesEqual(usable, address),
  );
  const other = core.table.byAddress(address, peerPort);
  if (!isUsable || other !== undefined) return CauseCode.requestRefusedNoAuthorization;
  if (paths.all.length >= maximumRemoteAddresses) return CauseCode.operationRefusedResourceShortage;
  const after = makePaths(
    association,
    [...paths.all.map((path) => path.destination), address],
    paths.all,
    () => false,
    (added) => encapsulationPortOf(association, packet.source, packet.encapsulationPort, added),
  );
  const path = after.at(-1);
  if (path === undefined || after.length === paths.all.length)
    return CauseCode.operationRefusedResourceShortage;
  // The way that the request came by is known to work.
  if (bytesEqual(address, packet.source)) path.source = packet.destination;
  paths.replace(after);
  core.table.addAddress(association, path.destination);
  association.choosePath();
  probeSoon(path, now);
  return undefined;
}

/**
 * The peer gives an address up (section 5.3 F7, F8, F13): what was under way by it goes elsewhere.
 *
 * @returns The cause of a refusal.
 */
export function deleteRemoteAddress(
  association: Association,
  packet: PacketInput,
  address: IpAddress,
): number | undefined {
  const { core, paths, sender, shutdown } = association;
  const path = paths.all.find((candidate) => bytesEqual(candidate.destination, address));
  // Who wants it to be gone is content that it is.
  if (path === undefined) return undefined;
  if (paths.all.length === 1) return CauseCode.deleteLastRemainingAddress;
  if (bytesEqual(address, packet.source)) return CauseCode.deleteSourceAddress;
  paths.replace(paths.all.filter((other) => other !== path));
  core.table.removeAddress(association, path.destination);
  association.control = association.control.filter((chunk) => chunk.path !== path);
  const { forData } = paths;
  if (association.sackPath === path) association.sackPath = forData;
  if (shutdown?.path === path) shutdown.path = forData;
  const { reconfiguration } = association;
  if (reconfiguration?.path === path) reconfiguration.path = forData;
  association.choosePath();
  sender?.pathRemoved(path);
  return undefined;
}

/** The peer would like DATA to come to one of its addresses (section 5.4). */
export function preferRemoteAddress(association: Association, address: IpAddress): number | undefined {
  const { paths } = association;
  const path = paths.all.find((candidate) => bytesEqual(candidate.destination, address));
  if (path === undefined) return CauseCode.unresolvableAddress;
  if (path === paths.primary) return undefined;
  const before = paths.primary;
  paths.setPrimary(path);
  association.pathChanged(before);
  association.pathChanged(path);
  return undefined;
}

import { bytesEqual, type IpAddress } from '@rserpool/wire';
import type { Association } from '../association/association.ts';
import { maySendHeartbeats } from '../association/association-state.ts';
import { addressesToList, includesAddress } from '../endpoint/address-lists.ts';
import type { EndpointCore } from '../endpoint/endpoint-core.ts';
import { sourceAddresses } from '../endpoint/source-address.ts';
import { retransmitOutstanding } from '../association/transmission.ts';
import { countAssociationFailure, sendHeartbeat } from '../path/heartbeat.ts';
import { countPathFailure } from '../path/path-failure.ts';
import { never } from '../path/path.ts';
import type { AsconfRequest } from '../wire/chunks/asconf.ts';
import { tsnAdd } from '../wire/serial.ts';
import { isBeingDeleted, maximumBundledAsconfs, type Reconfiguration } from './reconfiguration.ts';
import { sendAsconf } from './send-asconf.ts';

/** The endpoint has other addresses: every association is told (RFC 5061 section 5.1). */
export function changeLocalAddresses(core: EndpointCore, addresses: readonly IpAddress[], now: number): void {
  if (addresses.length === 0) return;
  core.changeAddresses(addresses);
  for (const association of core.table.all()) {
    if (!association.isUp) continue;
    chooseSources(association);
    reconcile(association, now);
    core.touch(association);
  }
}

/** An association came up: the endpoint's addresses may have changed since the INIT or INIT ACK that listed them. */
export function catchUpWithAddresses(association: Association, now: number): void {
  chooseSources(association);
  reconcile(association, now);
}

/** Asks the peer for what is different from the addresses that the endpoint has now, unless it is being asked already. */
function reconcile(association: Association, now: number): void {
  if ((association.reconfiguration?.outstanding.length ?? 0) > 0) return;
  if (appendAsconf(association)) sendAsconf(association, now);
}

/** T4-rto expired (section 5.1 B1 to B5): counted like any timeout, and sent again by another path. */
export function handleT4(association: Association, now: number): void {
  const { reconfiguration } = association;
  if (reconfiguration === undefined) return;
  const { path } = reconfiguration;
  if (countPathFailure(path, association.parameters)) association.pathChanged(path);
  countAssociationFailure(association);
  if (!association.isUp) return;
  reconfiguration.path = association.paths.alternateOf(path);
  // Section 5.5: what has changed since goes with it.
  appendAsconf(association);
  sendAsconf(association, now);
}

/**
 * All ASCONFs were answered: the addresses may have changed meanwhile.
 *
 * @param wasHeld - Whether nothing could be sent up to now, see {@link isHeld}.
 * @param isContent - Whether the peer did all that it was asked for.
 */
export function reconfigured(
  association: Association,
  wasHeld: boolean,
  isContent: boolean,
  now: number,
): void {
  dealSources(association, now);
  // What was sent last went from an address that is no more.
  if (wasHeld && !isHeld(association)) retransmitOutstanding(association, now);
  // What was refused is not asked again until the endpoint's addresses change.
  if (isContent) reconcile(association, now);
  association.core.touch(association);
}

/** Adds an ASCONF to those that are outstanding, for what is different from what they ask for already. */
function appendAsconf(association: Association): boolean {
  const { core, authentication, paths } = association;
  if (authentication?.canReconfigure !== true || !maySendHeartbeats(association.state)) return false;
  const reconfiguration = reconfigurationOf(association);
  const { outstanding, isRefused } = reconfiguration;
  if (isRefused || outstanding.length >= maximumBundledAsconfs) return false;
  const before = outstanding.at(-1)?.localAddresses ?? association.localAddresses;
  const after = addressesToList(core.addresses, paths.primary.destination);
  const added = after.filter((address) => !includesAddress(before, address));
  const removed = before.filter((address) => !includesAddress(core.addresses, address));
  const kept = before.filter((address) => !removed.includes(address));
  // Section 5.3 F5: the last address is not deleted before there is another one.
  if (added.length === 0 && (removed.length === 0 || kept.length === 0)) return false;
  const [preferred] = after;
  let correlationIdentifier = 1;
  const request = (type: AsconfRequest['type'], address: IpAddress): AsconfRequest => ({
    type,
    address,
    correlationIdentifier: correlationIdentifier++,
  });
  const requests = [
    ...added.map((address) => request('add', address)),
    ...removed.map((address) => request('delete', address)),
  ];
  const isOther = preferred !== undefined && !bytesEqual(preferred, before[0] ?? preferred);
  if (preferred !== undefined && isOther) requests.push(request('setPrimary', preferred));
  const localAddresses = core.addresses.filter(
    (address) => includesAddress(kept, address) || includesAddress(added, address),
  );
  // Section 5.3.2: the address by which the peer finds the association is one that it knows.
  const address = kept[0] ?? before[0] ?? localAddresses[0];
  if (address === undefined) return false;
  const serialNumber = reconfiguration.nextSerialNumber;
  reconfiguration.nextSerialNumber = tsnAdd(serialNumber, 1);
  if (outstanding.length === 0) reconfiguration.path = paths.forData;
  outstanding.push({ asconf: { serialNumber, address, requests }, localAddresses });
  return true;
}

/** The state of reconfiguration, made when it is needed first. */
export function reconfigurationOf(association: Association): Reconfiguration {
  association.reconfiguration ??= {
    // Section 5.1 A2: it begins with the initial TSN.
    nextSerialNumber: association.localInitialTsn,
    outstanding: [],
    path: association.paths.primary,
    deadline: never,
    isRefused: false,
    peerSerialNumber: tsnAdd(association.peerInitialTsn, -1),
    answers: [],
    pendingAnswers: [],
  };
  return association.reconfiguration;
}

/**
 * The addresses that may be sent from: the peer knows them (section 5.3 F1), they are still there, and the peer is not asked
 * to delete them (F4), although they may be there again: it may have done so.
 */
function usableSources(association: Association): IpAddress[] {
  const { core, localAddresses } = association;
  return core.addresses.filter(
    (address) =>
      includesAddress(localAddresses, address) && !isBeingDeleted(association.reconfiguration, address),
  );
}

/** Gives another local address to each path whose own one is gone; the paths that changed. */
export function chooseSources(association: Association): void {
  const { paths } = association;
  const usable = usableSources(association);
  const sources = sourceAddresses(
    paths.all.map((path) => path.destination),
    usable,
  );
  for (const [index, path] of paths.all.entries()) {
    const source = sources[index];
    if (source !== undefined && !includesAddress(usable, path.source)) path.source = source;
  }
}

/** The peer has granted addresses: paths are dealt out anew, and those that changed are tried. */
function dealSources(association: Association, now: number): void {
  const { paths } = association;
  const sources = sourceAddresses(
    paths.all.map((path) => path.destination),
    usableSources(association),
  );
  for (const [index, path] of paths.all.entries()) {
    const source = sources[index];
    if (source === undefined || bytesEqual(source, path.source)) continue;
    path.source = source;
    if (maySendHeartbeats(association.state)) sendHeartbeat(association, path, now);
  }
}

/** Whether nothing may be sent but ASCONF: no address that the peer knows is left. */
export function isHeld(association: Association): boolean {
  const outstanding = association.reconfiguration?.outstanding.length ?? 0;
  return outstanding > 0 && usableSources(association).length === 0;
}

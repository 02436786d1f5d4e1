import { bytesEqual } from '@rserpool/wire';
import type { StateCookie } from '../cookie/state-cookie.ts';
import { queueCookieAck } from '../endpoint/cookie-ack.ts';
import { never } from '../path/path.ts';
import type { PacketInput } from '../sctp-input.ts';
import { CauseCode } from '../wire/cause-code.ts';
import { putErrorCause } from '../wire/causes/error-cause.ts';
import { tsnAdd } from '../wire/serial.ts';
import type { Association } from './association.ts';
import { AssociationState } from './association-state.ts';
import { isStale, reportStaleCookie, takeCookie } from './cookie-content.ts';
import { failUnacknowledged } from './end.ts';
import { establish, tellAddresses } from './establish.ts';
import { encapsulationPortOf, makePaths } from './make-paths.ts';
import { putError } from './send-alone.ts';
import { resendShutdownChunk } from './shutdown.ts';
import { enqueue, startReceiving, startSending } from './transmission.ts';
import { startHeartbeats } from '../path/heartbeat.ts';

/** The actions of table 12; `discard` is for what is not in it. */
type Action = 'restart' | 'collision' | 'late' | 'duplicate' | 'discard';

/**
 * A COOKIE ECHO came for an association that exists (RFC 9260 section 5.2.4).
 *
 * @returns The association that the rest of the packet is for; `undefined` where the packet is discarded.
 */
export function handleDuplicateCookie(
  association: Association,
  packet: PacketInput,
  cookie: StateCookie,
  now: number,
): Association | undefined {
  const { core } = association;
  const action = actionOf(association, cookie);
  // Rule 3: a cookie with both tags of the association is valid for ever.
  if (action !== 'duplicate' && isStale(cookie, now)) {
    reportStaleCookie(core, packet, cookie, now);
    return undefined;
  }
  switch (action) {
    case 'restart':
      return restart(association, packet, cookie, now);
    case 'collision':
      return resolveCollision(association, packet, cookie, now);
    case 'duplicate':
      queueCookieAck(association, packet, now);
      // What is in the queue before belongs to the same association: no other packet may go first.
      if (association.state === AssociationState.cookieEchoed) establish(association, now);
      return association;
    case 'late':
    case 'discard':
      core.statistics.invalidCookies += 1;
      return undefined;
  }
}

/** Table 12. */
function actionOf(association: Association, cookie: StateCookie): Action {
  const isLocalTag = cookie.localTag === association.localTag;
  const isPeerTag = association.peerTag !== 0 && cookie.peerTag === association.peerTag;
  if (isLocalTag) return isPeerTag ? 'duplicate' : 'collision';
  const hasTieTags = cookie.localTieTag !== 0 || cookie.peerTieTag !== 0;
  if (isPeerTag) return hasTieTags ? 'discard' : 'late';
  const isTied =
    cookie.localTieTag !== 0 &&
    cookie.localTieTag === association.localTieTag &&
    cookie.peerTieTag === association.peerTieTag;
  return isTied && association.peerTag !== 0 ? 'restart' : 'discard';
}

/** Action A: the peer has restarted. */
function restart(
  association: Association,
  packet: PacketInput,
  cookie: StateCookie,
  now: number,
): Association | undefined {
  const { core, paths } = association;
  if (association.state === AssociationState.shutdownAckSent) {
    const path = paths.find(packet.source) ?? paths.forData;
    resendShutdownChunk(association);
    association.queueControl({
      path,
      bytes: 8,
      put: (writer) =>
        putError(writer, (error) => putErrorCause(error, CauseCode.cookieReceivedWhileShuttingDown)),
    });
    return undefined;
  }
  failUnacknowledged(association);
  core.usedCookies.add(association.localTag, association.cookieExpiresAt, now);
  core.table.changeTag(association, cookie.localTag);
  association.localInitialTsn = cookie.localInitialTsn;
  takeCookie(association, cookie);
  association.localTieTag = 0;
  association.peerTieTag = 0;
  association.shutdown = undefined;
  association.reconfiguration = undefined;
  association.endsByApplication = false;
  association.control = [];
  for (const path of paths.all) {
    path.rto.reset();
    path.congestion.reset();
    path.errorCount = 0;
    path.reachability = 'active';
    path.t3Deadline = undefined;
    path.heartbeatAt = never;
    path.heartbeatTimeoutAt = never;
  }
  const restarted = paths.find(cookie.peerAddress);
  if (restarted !== undefined) paths.setPrimary(restarted);
  startSending(association, cookie.peerWindowBytes);
  startReceiving(association);
  const wasUp = association.isUp;
  queueCookieAck(association, packet, now);
  if (!wasUp) {
    establish(association, now);
    return association;
  }
  association.state = AssociationState.established;
  association.setup = undefined;
  association.errorCount = 0;
  association.heardAt = now;
  core.emit({ type: 'associationRestarted', association: association.id });
  tellAddresses(association, now);
  startHeartbeats(association, now);
  core.touch(association);
  return association;
}

/** Action B: both sides opened at the same time, and this cookie says how the peer goes on. */
function resolveCollision(
  association: Association,
  packet: PacketInput,
  cookie: StateCookie,
  now: number,
): Association {
  const { setup, receiver } = association;
  const hasReceived =
    receiver !== undefined && receiver.cumulativeTsn !== tsnAdd(association.peerInitialTsn, -1);
  if (association.isUp) {
    association.peerTag = cookie.peerTag;
    if (!hasReceived) {
      association.peerInitialTsn = cookie.peerInitialTsn;
      startReceiving(association);
    }
    queueCookieAck(association, packet, now);
    return association;
  }
  takeCookie(association, cookie);
  takeAddresses(association, cookie);
  const isFirst = association.sender === undefined;
  if (isFirst) startSending(association, cookie.peerWindowBytes);
  startReceiving(association);
  association.choosePath();
  for (const message of setup?.waiting.splice(0) ?? []) enqueue(association, message);
  queueCookieAck(association, packet, now);
  establish(association, now);
  return association;
}

/** The addresses of the peer's INIT; the paths that are there stay. */
function takeAddresses(association: Association, cookie: StateCookie): void {
  const { core, paths, peerPort } = association;
  const usable = cookie.peerAddresses.filter((address) => {
    const other = core.table.byAddress(address, peerPort);
    return other === undefined || other === association;
  });
  const heard = paths.find(cookie.peerAddress);
  if (heard !== undefined) heard.encapsulationPort = cookie.encapsulationPort;
  const before = paths.all;
  const after = makePaths(
    association,
    usable,
    before,
    (address) => bytesEqual(address, cookie.peerAddress),
    (address) => encapsulationPortOf(association, cookie.peerAddress, cookie.encapsulationPort, address),
  );
  for (const path of before) {
    if (!after.includes(path)) core.table.removeAddress(association, path.destination);
  }
  for (const path of after) core.table.addAddress(association, path.destination);
  paths.replace(after);
  association.sackPath = paths.primary;
}

import { randomFraction } from '@rserpool/wire';
import type { Association } from '../association/association.ts';
import { maySendHeartbeats } from '../association/association-state.ts';
import { endAssociation } from '../association/end.ts';
import { putHeartbeat } from '../wire/chunks/heartbeat.ts';
import type { PacketWriter } from '../wire/packet-writer.ts';
import { countPathFailure, pathAnswered } from './path-failure.ts';
import { never, type Path } from './path.ts';

/** Number of the path, nonce, time of sending. */
const informationBytes = 20;

/** How many bytes of a packet a HEARTBEAT takes. */
export const heartbeatBytes: number = 8 + informationBytes;

/** Starts HEARTBEATs on all paths (RFC 9260 sections 5.4 and 8.3): unconfirmed addresses are probed at once. */
export function startHeartbeats(association: Association, now: number): void {
  for (const path of association.paths.all) {
    if (isProbed(path)) {
      path.heartbeatAt = now;
      runHeartbeatTimers(association, path, now);
    } else scheduleHeartbeat(association, path, now);
  }
}

/** Asks a path at once that has just become potentially failed. */
export function probeSoon(path: Path, now: number): void {
  if (isProbed(path) && path.heartbeatTimeoutAt === never) path.heartbeatAt = now;
}

/** Runs the two timers that a path has for its HEARTBEATs. */
export function runHeartbeatTimers(association: Association, path: Path, now: number): void {
  if (!maySendHeartbeats(association.state)) {
    path.heartbeatAt = never;
    path.heartbeatTimeoutAt = never;
    return;
  }
  if (path.heartbeatTimeoutAt <= now) heartbeatLost(association, path, now);
  if (path.heartbeatAt > now || !maySendHeartbeats(association.state)) return;
  const { heartbeatIntervalMs } = association.parameters;
  if (path.isGood && path.acknowledgedAt >= 0 && path.acknowledgedAt + heartbeatIntervalMs > now) {
    // Not idle (section 8.3): DATA has told what a HEARTBEAT would.
    scheduleHeartbeat(association, path, path.acknowledgedAt);
    return;
  }
  if (path.isConfirmed || takesPartInRound(association, path, now)) sendHeartbeat(association, path, now);
}

/** Sends a HEARTBEAT with the next packet. */
export function sendHeartbeat(association: Association, path: Path, now: number): void {
  association.queueControl({
    path,
    bytes: heartbeatBytes,
    put: (writer) => putHeartbeatOf(association, path, writer, now),
  });
  // Where one is out already, its timeout holds: otherwise frequent ones would never time out.
  if (path.heartbeatTimeoutAt === never) path.heartbeatTimeoutAt = now + path.rtoMs;
  // On a path that is probed, the timeout sends the next one.
  if (isProbed(path)) path.heartbeatAt = never;
  else scheduleHeartbeat(association, path, now);
}

/**
 * Whether a path is asked once an RTO: an unconfirmed one (section 5.4) and a potentially failed one (RFC 7829
 * section 4.2). An inactive one is asked as often as an idle one.
 */
function isProbed(path: Path): boolean {
  return path.reachability !== 'inactive' && !path.isGood;
}

/** Sets when an idle path is asked the next time: HB.interval and an RTO, give or take half of it, from `from` on. */
function scheduleHeartbeat(association: Association, path: Path, from: number): void {
  const { heartbeatIntervalMs } = association.parameters;
  const jitter = randomFraction(association.core.options.random) - 0.5;
  path.heartbeatAt =
    heartbeatIntervalMs === 0 ? never : from + heartbeatIntervalMs + path.rtoMs * (1 + jitter);
}

/** Writes a HEARTBEAT for a path. */
export function putHeartbeatOf(
  association: Association,
  path: Path,
  writer: PacketWriter,
  now: number,
): void {
  if (path.nonceHigh === 0 && path.nonceLow === 0) {
    const { random } = association.core.options;
    path.nonceHigh = random();
    path.nonceLow = random();
  }
  const information = new Uint8Array(informationBytes);
  const view = new DataView(information.buffer);
  view.setUint32(0, path.number);
  view.setUint32(4, path.nonceHigh);
  view.setUint32(8, path.nonceLow);
  view.setFloat64(12, now);
  putHeartbeat(writer, information);
}

/** HEARTBEAT ACK came (section 8.3): the path that the HEARTBEAT went by is alive, and confirmed (section 5.4). */
export function handleHeartbeatAck(association: Association, information: Uint8Array, now: number): void {
  if (information.length !== informationBytes) return;
  const view = new DataView(information.buffer, information.byteOffset, informationBytes);
  const number = view.getUint32(0);
  const path = association.paths.all.find((candidate) => candidate.number === number);
  if (path === undefined || (path.nonceHigh === 0 && path.nonceLow === 0)) return;
  if (view.getUint32(4) !== path.nonceHigh || view.getUint32(8) !== path.nonceLow) return;
  const roundTripMs = now - view.getFloat64(12);
  if (!(roundTripMs >= 0 && roundTripMs <= association.parameters.rtoMaxMs)) return;
  path.rto.measured(roundTripMs);
  path.heartbeatTimeoutAt = never;
  // Section 8.1: where DATA waits to be acknowledged, its timeouts count. HEARTBEATs are short: on a path that loses
  // whatever is long they would let it be sent again for ever.
  if ((association.sender?.outstandingBytes ?? 0) === 0) association.errorCount = 0;
  const wasConfirmed = path.isConfirmed;
  path.isConfirmed = true;
  const hasChanged = pathAnswered(path) || !wasConfirmed;
  if (!maySendHeartbeats(association.state)) return;
  scheduleHeartbeat(association, path, now);
  if (hasChanged) association.pathChanged(path);
}

/** A HEARTBEAT was not answered within an RTO (sections 8.1 to 8.3). */
function heartbeatLost(association: Association, path: Path, now: number): void {
  const carriesData = path.isConfirmed && path === association.paths.forData;
  path.heartbeatTimeoutAt = never;
  // Where DATA waits on the same path, T3-rtx counts: one RTO of silence is one timeout, and doubles the RTO once.
  const counts = path.t3Deadline === undefined;
  const hasChanged = counts && countPathFailure(path, association.parameters);
  if (isProbed(path)) path.heartbeatAt = now;
  else if (path.heartbeatAt === never) scheduleHeartbeat(association, path, now);
  if (hasChanged) association.pathChanged(path);
  // Section 8.1: only the path that data takes says something about the peer as a whole.
  if (carriesData && counts) countAssociationFailure(association);
}

/** Counts a timeout of the association as a whole (section 8.1). */
export function countAssociationFailure(association: Association): void {
  const { parameters } = association;
  association.errorCount += 1;
  if (association.errorCount > parameters.associationMaxRetrans) {
    endAssociation(association, 'unreachable', `${association.errorCount} timeouts in a row`);
  }
}

/** HB.Max.Burst (section 5.4): only so many unconfirmed addresses are probed within an RTO; the others wait. */
function takesPartInRound(association: Association, path: Path, now: number): boolean {
  if (path.reachability === 'inactive') return true;
  if (now >= association.probeRoundEndsAt) {
    association.probeRoundEndsAt = now + path.rtoMs;
    association.probesInRound = 0;
  }
  if (association.probesInRound >= association.parameters.heartbeatMaxBurst) {
    path.heartbeatAt = association.probeRoundEndsAt;
    return false;
  }
  association.probesInRound += 1;
  return true;
}

import { isHeld } from '../address-reconfiguration/change-addresses.ts';
import { beginAuthenticated, endAuthenticated, notAuthenticated } from '../authentication/sign-packet.ts';
import { ChunkType } from '../wire/chunk-type.ts';
import { heartbeatBytes, putHeartbeatOf } from '../path/heartbeat.ts';
import type { Path } from '../path/path.ts';
import type { PacketOutput } from '../sctp-output.ts';
import { putUnrecognizedParametersCause } from '../wire/causes/error-cause.ts';
import { putCookieEcho, putShutdownAck } from '../wire/chunks/plain.ts';
import { putShutdown } from '../wire/chunks/shutdown.ts';
import type { PacketWriter } from '../wire/packet-writer.ts';
import type { Association } from './association.ts';
import { AssociationState, maySendData } from './association-state.ts';
import { putError } from './send-alone.ts';

/**
 * Makes the next packet of an association, if it has something to send: control chunks, then a SACK, then as many DATA
 * chunks as there is room for (RFC 9260 section 6.10).
 */
export function nextPacket(association: Association, now: number): PacketOutput | undefined {
  const { state } = association;
  if (state < AssociationState.established) {
    return state === AssociationState.cookieEchoed ? cookieEchoPacket(association, now) : undefined;
  }
  if (association.reconfiguration !== undefined && isHeld(association)) return undefined;
  const { core, receiver, authentication } = association;
  const sackIsDue = receiver?.needsSack(now) === true;
  const path = nextPath(association, sackIsDue, now);
  if (path === undefined) return undefined;
  const writer = core.startPacket(association.peerPort, association.peerTag);
  writer.limitTo(path.mtuBytes);
  const auth = authentication?.isForAll === true ? beginAuthenticated(association, writer) : notAuthenticated;
  const begin = writer.position;
  if (association.control.length > 0) putControl(association, path, writer);
  if (association.shutdown?.chunkDue === true && association.shutdown.path === path) {
    putShutdownChunk(association, writer);
  }
  const mayCarryData = maySendData(state) && path.isConfirmed;
  const hasData = mayCarryData && association.sender?.hasToSend(path, now) === true;
  if (receiver !== undefined) {
    const isDueHere = sackIsDue && association.sackPath === path && receiver.needsSack(now);
    if (isDueHere || (hasData && receiver.hasUnacknowledged)) receiver.putSack(writer);
  }
  if (hasData) association.sender?.fill(writer, path, now);
  if (writer.position === begin) return undefined;
  if (auth !== notAuthenticated) endAuthenticated(association, writer, auth);
  return core.finishPacket(path.source, path.destination, path.encapsulationPort);
}

/** Where the next packet goes; `undefined` where there is nothing to send. */
function nextPath(association: Association, sackIsDue: boolean, now: number): Path | undefined {
  const [control] = association.control;
  if (control !== undefined) return control.path;
  if (association.shutdown?.chunkDue === true) return association.shutdown.path;
  if (sackIsDue) return association.sackPath;
  if (!maySendData(association.state)) return undefined;
  return association.sender?.nextPath(now) as Path | undefined;
}

/** Puts the control chunks for one path into a packet, in their order, as many as there is room for. */
function putControl(association: Association, path: Path, writer: PacketWriter): void {
  const { control } = association;
  let count = 0;
  for (const chunk of control) {
    if (chunk.path !== path || (chunk.bytes > writer.room && !writer.isEmpty)) break;
    chunk.put(writer);
    count += 1;
  }
  if (count === control.length) association.control = [];
  else control.splice(0, count);
}

function putShutdownChunk(association: Association, writer: PacketWriter): void {
  const { shutdown, receiver, state } = association;
  if (shutdown === undefined || receiver === undefined) return;
  shutdown.chunkDue = false;
  if (state === AssociationState.shutdownAckSent) {
    putShutdownAck(writer);
    return;
  }
  putShutdown(writer, receiver.cumulativeTsn);
  if (shutdown.sackDue) receiver.putSack(writer);
  shutdown.sackDue = false;
}

/** COOKIE ECHO first, then what has to be reported, then DATA (sections 5.1 C and 3.2.2). Nothing else until COOKIE ACK. */
function cookieEchoPacket(association: Association, now: number): PacketOutput | undefined {
  const { core, setup, sender } = association;
  if (setup?.echoDue !== true || setup.cookie === undefined) return undefined;
  setup.echoDue = false;
  const { path, cookie, unrecognized } = setup;
  const { authentication } = association;
  const writer = core.startPacket(association.peerPort, association.peerTag);
  const isAuthFirst = authentication?.required.includes(ChunkType.cookieEcho) === true;
  let auth = isAuthFirst ? beginAuthenticated(association, writer) : notAuthenticated;
  putCookieEcho(writer, cookie);
  if (!isAuthFirst && authentication?.isForAll === true) auth = beginAuthenticated(association, writer);
  // Section 5.4: where the address is not confirmed, a HEARTBEAT with a nonce goes with it, and no DATA.
  if (!path.isConfirmed && writer.room >= heartbeatBytes) putHeartbeatOf(association, path, writer, now);
  if (unrecognized.length > 0 && writer.room > 64) {
    putError(writer, (error) => putUnrecognizedParametersCause(error, unrecognized));
  }
  if (path.isConfirmed && sender?.hasToSend(path, now) === true) sender.fill(writer, path, now);
  endAuthenticated(association, writer, auth);
  return core.finishPacket(path.source, path.destination, path.encapsulationPort);
}

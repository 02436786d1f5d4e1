import { DataFlag, dataChunkBytes, dataHeaderLength, putDataChunk } from '../wire/chunks/data.ts';
import type { PacketWriter } from '../wire/packet-writer.ts';
import type { PathFlight } from './path-flight.ts';
import type { SendingPath } from './sending-path.ts';
import { mostOutstanding, type SendingState } from './sending-state.ts';

/** Puts DATA chunks into a packet: retransmissions, then new data (RFC 9260 section 6.1 C). */
export function fillPacket(state: SendingState, writer: PacketWriter, path: SendingPath, now: number): void {
  const flight = state.flightOf(path);
  let last = -1;
  const resends = state.mayRetransmit(flight);
  if (resends) last = putRetransmissions(state, writer, flight, now);
  // Whether the window is open was asked before the packet: the last one may exceed it (section 6.1 B).
  if ((last >= 0 || !resends) && state.maySendNew(flight, now)) {
    const at = putNew(state, writer, flight, now);
    if (at >= 0) last = at;
  }
  if (last < 0) return;
  const isLast = !state.mayRetransmit(flight) && !state.maySendNew(flight, now);
  const isMore =
    resends || state.burstSent > 1 || state.shutdownPending || state.streams.message !== undefined;
  flight.isAnswerWanted = isLast && isMore;
  if (flight.isAnswerWanted) {
    // Nothing follows until the peer answers, and it may wait for a second packet before it does (section 6.1).
    writer.bytes[last + 1] = (writer.bytes[last + 1] as number) | DataFlag.immediate;
  }
  if (isLast) state.scheduleProbe(flight, now);
  flight.publishDeadline();
}

/** @returns Where the header of the last chunk is, or -1. */
function putRetransmissions(
  state: SendingState,
  writer: PacketWriter,
  flight: PathFlight,
  now: number,
): number {
  const outstanding = state.outstanding;
  flight.path.congestion.sent(now, flight.path.rtoMs);
  let last = -1;
  while (flight.marked > 0) {
    const tsn = outstanding.firstMarkedOf(flight);
    const from = outstanding.fromOf(tsn);
    const to = outstanding.toOf(tsn);
    if (dataChunkBytes(to - from) > writer.room && !writer.isEmpty) break;
    last = writer.position;
    put(state, writer, tsn, from, to);
    outstanding.resent(tsn, now);
    state.peerWindow = Math.max(0, state.peerWindow - (to - from));
    flight.stopMeasuring();
    if ((tsn === outstanding.first && !flight.isProbe) || !flight.isT3Running) flight.startT3(now);
  }
  if (last >= 0) {
    flight.isForced = false;
    flight.isProbe = false;
  }
  return last;
}

/** @returns Where the header of the last chunk is, or -1. */
function putNew(state: SendingState, writer: PacketWriter, flight: PathFlight, now: number): number {
  const outstanding = state.outstanding;
  const streams = state.streams;
  flight.path.congestion.sent(now, flight.path.rtoMs);
  let last = -1;
  for (let { message } = streams; message !== undefined; { message } = streams) {
    const { from } = streams;
    const bytes = nextUserBytes(state, message.data.length - from, from > 0, writer);
    if (bytes === 0 || outstanding.count >= mostOutstanding) break;
    if (bytes > state.peerWindow) {
      if (!state.mayProbe) break;
      state.mayProbe = false;
      state.isProbing = true;
      state.wasProbeAnswered = false;
    }
    last = writer.position;
    const tsn = outstanding.next;
    const ends = from + bytes === message.data.length ? DataFlag.ending : 0;
    const flags = ends | (from === 0 ? DataFlag.beginning : 0) | (message.unordered ? DataFlag.unordered : 0);
    outstanding.append(message, from, from + bytes, flags, streams.streamSequenceNumber, flight, now);
    put(state, writer, tsn, from, from + bytes);
    streams.advance(bytes);
    state.peerWindow = Math.max(0, state.peerWindow - bytes);
    flight.measure(tsn);
    if (!flight.isT3Running) flight.startT3(now);
  }
  if (last >= 0) {
    state.burst -= 1;
    state.burstSent += 1;
  }
  return last;
}

/**
 * How many bytes the next chunk takes of a message; 0 where it has to wait for the next packet. A message that fits a
 * packet is never cut. One that does not begins in what is left of this packet, unless that is a small piece (section 6.9).
 */
function nextUserBytes(state: SendingState, left: number, begun: boolean, writer: PacketWriter): number {
  const room = (writer.room - dataHeaderLength) & ~3;
  if (left <= room && left <= state.largestUserBytes) return left;
  if (writer.isEmpty) return Math.min(left, state.largestUserBytes);
  const isLong = begun || left > state.largestUserBytes;
  return isLong && room >= state.largestUserBytes >> 2 ? Math.min(room, state.largestUserBytes) : 0;
}

function put(state: SendingState, writer: PacketWriter, tsn: number, from: number, to: number): void {
  const outstanding = state.outstanding;
  const message = outstanding.messageOf(tsn);
  putDataChunk(
    writer,
    outstanding.flagsOf(tsn),
    tsn,
    message.stream,
    outstanding.streamSequenceNumberOf(tsn),
    message.payloadProtocolIdentifier,
    message.data,
    from,
    to,
  );
}

import { hexToBytes } from '@rserpool/wire';
import { ChunkType, tagReflected } from '../wire/chunk-type.ts';
import { DataFlag, putDataChunk } from '../wire/chunks/data.ts';
import { putSack } from '../wire/chunks/sack.ts';
import { putShutdown } from '../wire/chunks/shutdown.ts';
import type { PacketWriter } from '../wire/packet-writer.ts';
import { ParameterType } from '../wire/parameter-type.ts';

/** What a script writes behind the name of a chunk. */
export type Fields = Readonly<Record<string, string>>;

/** What the chunks of a scripted peer are made of where a script does not say. */
export interface PeerState {
  /** The peer's tag. */
  readonly tag: number;
  /** TSN of the peer's first DATA chunk, which a script calls 1. */
  readonly initialTsn: number;
  /** TSN of the endpoint's first DATA chunk, which a script calls 1, too. */
  endpointInitialTsn: number;
  /** The cookie that the endpoint made. */
  cookie: Uint8Array;
  /** The information of the endpoint's latest HEARTBEAT. */
  heartbeat: Uint8Array;
}

/** Writes the chunk that a line of a script names. */
export function putScriptedChunk(writer: PacketWriter, name: string, fields: Fields, peer: PeerState): void {
  const put = writers[name];
  if (put === undefined) throw new Error(`a script knows no chunk ${name}`);
  put(writer, fields, peer);
}

type Put = (writer: PacketWriter, fields: Fields, peer: PeerState) => void;

const writers: Readonly<Record<string, Put>> = {
  DATA(writer, fields, peer) {
    const { flags = 'BE', sid = '0', ssn = '0', ppid = '0', len = '4', tsn = '1' } = fields;
    const length = Number(len);
    let bits = 0;
    if (flags.includes('I')) bits |= DataFlag.immediate;
    if (flags.includes('U')) bits |= DataFlag.unordered;
    if (flags.includes('B')) bits |= DataFlag.beginning;
    if (flags.includes('E')) bits |= DataFlag.ending;
    const number = (peer.initialTsn + Number(tsn) - 1) >>> 0;
    const data = new Uint8Array(length).fill(Number(tsn));
    putDataChunk(writer, bits, number, Number(sid), Number(ssn), Number(ppid), data, 0, length);
  },
  INIT: (writer, fields, peer) => putInit(writer, ChunkType.init, fields, peer),
  'INIT-ACK': (writer, fields, peer) => putInit(writer, ChunkType.initAck, fields, peer),
  SACK(writer, fields, peer) {
    const { cum = '0', rwnd = '65536', gaps = '', dups = '' } = fields;
    const blocks = gaps.split(/[-,]/).filter(Boolean).map(Number);
    const duplicates = dups
      .split(',')
      .filter(Boolean)
      .map((tsn) => (peer.endpointInitialTsn + Number(tsn) - 1) >>> 0);
    const cumulative = (peer.endpointInitialTsn + Number(cum) - 1) >>> 0;
    putSack(writer, cumulative, Number(rwnd), blocks, blocks.length / 2, duplicates, duplicates.length);
  },
  HEARTBEAT: (writer, fields) =>
    putRaw(writer, ChunkType.heartbeat, 0, `0001000c${fields['info'] ?? '0123456789abcdef'}`),
  'HEARTBEAT-ACK'(writer, _fields, peer) {
    const chunk = writer.beginChunk(ChunkType.heartbeatAck, 0);
    const parameter = writer.beginParameter(ParameterType.heartbeatInfo);
    writer.putBytes(peer.heartbeat);
    writer.endParameter(parameter);
    writer.endChunk(chunk);
  },
  ABORT: (writer, fields) => putRaw(writer, ChunkType.abort, flagsOf(fields), fields['causes'] ?? ''),
  ERROR: (writer, fields) => putRaw(writer, ChunkType.error, 0, fields['causes'] ?? ''),
  SHUTDOWN(writer, { cum = '0' }, peer) {
    putShutdown(writer, (peer.endpointInitialTsn + Number(cum) - 1) >>> 0);
  },
  'SHUTDOWN-ACK': (writer) => putRaw(writer, ChunkType.shutdownAck, 0, ''),
  'SHUTDOWN-COMPLETE': (writer, fields) => putRaw(writer, ChunkType.shutdownComplete, flagsOf(fields), ''),
  'COOKIE-ECHO'(writer, { cookie = 'right' }, peer) {
    const bytes = cookie === 'right' || cookie === 'altered' ? peer.cookie.slice() : hexToBytes(cookie);
    if (cookie === 'altered') bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
    const chunk = writer.beginChunk(ChunkType.cookieEcho, 0);
    writer.putBytes(bytes);
    writer.endChunk(chunk);
  },
  'COOKIE-ACK': (writer) => putRaw(writer, ChunkType.cookieAck, 0, ''),
  /** A chunk of any type: `CHUNK type=255 hex=0102`. */
  CHUNK: (writer, { type = '255', hex = '' }) => putRaw(writer, Number(type), 0, hex),
};

function flagsOf({ t = '0' }: Fields): number {
  return t === '1' ? tagReflected : 0;
}

function putRaw(writer: PacketWriter, type: number, flags: number, hex: string): void {
  const chunk = writer.beginChunk(type, flags);
  writer.putBytes(hexToBytes(hex));
  writer.endChunk(chunk);
}

function putInit(writer: PacketWriter, type: number, fields: Fields, peer: PeerState): void {
  const {
    tag = String(peer.tag),
    rwnd = '65536',
    os = '10',
    is = '10',
    params = '',
    cookie = 'c00c1e00',
  } = fields;
  const chunk = writer.beginChunk(type, 0);
  writer.put32(Number(tag));
  writer.put32(Number(rwnd));
  writer.put16(Number(os));
  writer.put16(Number(is));
  writer.put32(peer.initialTsn);
  if (type === ChunkType.initAck && cookie !== 'none') {
    const parameter = writer.beginParameter(ParameterType.stateCookie);
    writer.putBytes(hexToBytes(cookie));
    writer.endParameter(parameter);
  }
  writer.align();
  writer.putBytes(hexToBytes(params));
  writer.endChunk(chunk);
}

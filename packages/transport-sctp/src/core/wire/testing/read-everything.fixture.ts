import { readErrorCauses } from '../causes/read-error-causes.ts';
import { ChunkType } from '../chunk-type.ts';
import { ChunkWalk } from '../chunk-walk.ts';
import { readAsconf } from '../chunks/asconf.ts';
import { readAsconfAck } from '../chunks/asconf-ack.ts';
import { authenticatedBytes, authHmac, authHmacIdentifier } from '../chunks/auth.ts';
import { isChunkLengthRight } from '../chunks/chunk-length.ts';
import { dataTsn, dataUserData } from '../chunks/data.ts';
import { decodeInit, decodeInitAck } from '../chunks/decode-init.ts';
import { readForwardTsn } from '../chunks/forward-tsn.ts';
import { readHeartbeatInformation } from '../chunks/heartbeat.ts';
import { readCookieEcho } from '../chunks/plain.ts';
import {
  isSackWellFormed,
  sackDuplicate,
  sackDuplicates,
  sackGapBlocks,
  sackGapEnd,
} from '../chunks/sack.ts';
import { shutdownCumulativeTsn } from '../chunks/shutdown.ts';

type Reader = (bytes: Uint8Array, offset: number, length: number) => unknown;

const readers: Readonly<Record<number, Reader>> = {
  [ChunkType.data]: (bytes, offset, length) => [dataTsn(bytes, offset), dataUserData(bytes, offset, length)],
  [ChunkType.init]: decodeInit,
  [ChunkType.initAck]: decodeInitAck,
  [ChunkType.sack]: readSack,
  [ChunkType.heartbeat]: readHeartbeatInformation,
  [ChunkType.heartbeatAck]: readHeartbeatInformation,
  [ChunkType.abort]: readErrorCauses,
  [ChunkType.shutdown]: shutdownCumulativeTsn,
  [ChunkType.error]: readErrorCauses,
  [ChunkType.cookieEcho]: readCookieEcho,
  [ChunkType.auth]: (bytes, offset, length) => [
    authHmac(bytes, offset, length),
    authHmacIdentifier(bytes, offset),
    authenticatedBytes(bytes, offset, length),
  ],
  [ChunkType.asconf]: readAsconf,
  [ChunkType.asconfAck]: readAsconfAck,
  [ChunkType.forwardTsn]: readForwardTsn,
};

function readSack(bytes: Uint8Array, offset: number, length: number): unknown {
  if (!isSackWellFormed(bytes, offset, length)) return undefined;
  const blocks = sackGapBlocks(bytes, offset);
  const duplicates = sackDuplicates(bytes, offset);
  return [
    blocks > 0 ? sackGapEnd(bytes, offset, blocks - 1) : 0,
    duplicates > 0 ? sackDuplicate(bytes, offset, duplicates - 1) : 0,
  ];
}

/** Reads every chunk of a packet with the reader of its type; returns how many there were. */
export function readEverything(bytes: Uint8Array): number {
  const walk = new ChunkWalk();
  walk.start(bytes);
  let chunks = 0;
  while (walk.next()) {
    chunks++;
    if (isChunkLengthRight(walk.type, walk.length)) readers[walk.type]?.(bytes, walk.offset, walk.length);
  }
  return chunks;
}

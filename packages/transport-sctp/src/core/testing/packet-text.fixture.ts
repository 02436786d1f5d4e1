import { bytesToHex, formatIpAddress } from '@rserpool/wire';
import { readErrorCauses } from '../wire/causes/read-error-causes.ts';
import { ChunkType } from '../wire/chunk-type.ts';
import { ChunkWalk } from '../wire/chunk-walk.ts';
import {
  dataPayloadProtocolIdentifier,
  dataStream,
  dataStreamSequenceNumber,
  dataTsn,
} from '../wire/chunks/data.ts';
import { decodeInit, decodeInitAck } from '../wire/chunks/decode-init.ts';
import type { Init } from '../wire/chunks/init.ts';
import {
  sackCumulativeTsn,
  sackDuplicate,
  sackDuplicates,
  sackGapBlocks,
  sackGapEnd,
  sackGapStart,
  sackReceiverWindow,
} from '../wire/chunks/sack.ts';
import { shutdownCumulativeTsn } from '../wire/chunks/shutdown.ts';

/** A chunk in words. */
export interface ChunkText {
  /** The RFC's name. */
  readonly name: string;
  /** Its fields, as a script writes them. */
  readonly fields: Readonly<Record<string, string>>;
}

/** From which numbers a script counts TSNs: the first one is 1. */
export interface Numbering {
  /** Initial TSN of who sent the packet. */
  sender: number;
  /** Initial TSN of who receives it. */
  receiver: number;
}

/** The names of chunks by type. */
export const chunkNames: ReadonlyMap<number, string> = new Map([
  [ChunkType.data, 'DATA'],
  [ChunkType.init, 'INIT'],
  [ChunkType.initAck, 'INIT-ACK'],
  [ChunkType.sack, 'SACK'],
  [ChunkType.heartbeat, 'HEARTBEAT'],
  [ChunkType.heartbeatAck, 'HEARTBEAT-ACK'],
  [ChunkType.abort, 'ABORT'],
  [ChunkType.shutdown, 'SHUTDOWN'],
  [ChunkType.shutdownAck, 'SHUTDOWN-ACK'],
  [ChunkType.error, 'ERROR'],
  [ChunkType.cookieEcho, 'COOKIE-ECHO'],
  [ChunkType.cookieAck, 'COOKIE-ACK'],
  [ChunkType.shutdownComplete, 'SHUTDOWN-COMPLETE'],
]);

/** Says what is in a packet. */
export function textOfPacket(bytes: Uint8Array, numbering: Numbering): readonly ChunkText[] {
  const walk = new ChunkWalk();
  walk.start(bytes);
  const chunks: ChunkText[] = [];
  while (walk.next()) {
    const name = chunkNames.get(walk.type) ?? `CHUNK-${walk.type}`;
    chunks.push({ name, fields: fieldsOf(bytes, walk, numbering) });
  }
  if (walk.malformed) chunks.push({ name: 'MALFORMED', fields: {} });
  return chunks;
}

/** The same on one line. */
export function lineOfPacket(chunks: readonly ChunkText[]): string {
  const texts = chunks.map(({ name, fields }) => {
    return [name, ...Object.entries(fields).map(([key, value]) => `${key}=${value}`)].join(' ');
  });
  return texts.join('; ');
}

function relative(tsn: number, initial: number): string {
  return String(((tsn - initial) | 0) + 1);
}

function fieldsOf(bytes: Uint8Array, walk: ChunkWalk, numbering: Numbering): Record<string, string> {
  const { offset, length, flags } = walk;
  const flag = (bit: number, letter: string): string => ((flags & bit) === 0 ? '' : letter);
  switch (walk.type) {
    case ChunkType.data:
      return {
        tsn: relative(dataTsn(bytes, offset), numbering.sender),
        sid: String(dataStream(bytes, offset)),
        ...((flags & 4) === 0 && { ssn: String(dataStreamSequenceNumber(bytes, offset)) }),
        flags: flag(4, 'U') + flag(2, 'B') + flag(1, 'E'),
        ppid: String(dataPayloadProtocolIdentifier(bytes, offset)),
        len: String(length - 16),
      };
    case ChunkType.init: {
      const result = decodeInit(bytes, offset, length);
      return result.ok ? fieldsOfInit(result.init) : { fault: result.fault.why };
    }
    case ChunkType.initAck: {
      const result = decodeInitAck(bytes, offset, length);
      if (!result.ok) return { fault: result.fault.why };
      const unrecognized = result.init.unrecognizedParameters.map(bytesToHex).join(',');
      return { ...fieldsOfInit(result.init), ...(unrecognized !== '' && { unrecognized }) };
    }
    case ChunkType.sack:
      return fieldsOfSack(bytes, offset, numbering);
    case ChunkType.heartbeat:
    case ChunkType.heartbeatAck:
      return { info: bytesToHex(bytes.subarray(offset + 8, offset + length)) };
    case ChunkType.shutdown:
      return { cum: relative(shutdownCumulativeTsn(bytes, offset), numbering.receiver) };
    case ChunkType.abort:
    case ChunkType.error: {
      const causes = readErrorCauses(bytes, offset, length) ?? [];
      return { t: flag(1, '1') || '0', causes: causes.map(({ code }) => code).join(',') };
    }
    case ChunkType.shutdownComplete:
      return { t: flag(1, '1') || '0' };
    case ChunkType.cookieEcho:
      return { cookie: bytesToHex(bytes.subarray(offset + 4, offset + length)) };
    default:
      return {};
  }
}

function fieldsOfInit(init: Init): Record<string, string> {
  return {
    os: String(init.outboundStreams),
    is: String(init.inboundStreams),
    addresses: init.addresses.map(formatIpAddress).join(','),
  };
}

function fieldsOfSack(bytes: Uint8Array, offset: number, numbering: Numbering): Record<string, string> {
  const gaps: string[] = [];
  for (let block = 0; block < sackGapBlocks(bytes, offset); block++) {
    gaps.push(`${sackGapStart(bytes, offset, block)}-${sackGapEnd(bytes, offset, block)}`);
  }
  const duplicates: string[] = [];
  for (let index = 0; index < sackDuplicates(bytes, offset); index++) {
    duplicates.push(relative(sackDuplicate(bytes, offset, index), numbering.receiver));
  }
  return {
    cum: relative(sackCumulativeTsn(bytes, offset), numbering.receiver),
    rwnd: String(sackReceiverWindow(bytes, offset)),
    gaps: gaps.join(','),
    dups: duplicates.join(','),
  };
}

import type { IpAddress } from '@rserpool/wire';
import { ChunkType } from '../chunk-type.ts';
import type { PacketWriter } from '../packet-writer.ts';
import { putInitParameters } from './init-parameters.ts';

/** The length of INIT and INIT ACK up to their parameters, in bytes. */
export const initHeaderLength = 20;

/** The smallest window that INIT and INIT ACK may offer, in bytes. */
export const minimumReceiverWindow = 1500;

/** The parameters of AUTH in INIT and INIT ACK (RFC 4895 section 3). */
export interface AuthenticationParameters {
  /** The random number, 32 bytes. */
  readonly random: Uint8Array;
  /** The types of the chunks that the other side has to authenticate; absent: the parameter was not sent. */
  readonly chunks?: readonly number[];
  /** The HMAC identifiers, the most wanted one first: 1 is SHA-1, 3 is SHA-256. */
  readonly hmacAlgorithms: readonly number[];
}

/** INIT (RFC 9260 section 3.3.2), and what INIT ACK has in common with it. */
export interface Init {
  /** The tag that packets to its sender carry, never 0. */
  readonly initiateTag: number;
  /** The advertised receiver window credit in bytes, at least 1500. */
  readonly receiverWindow: number;
  /** How many streams its sender wants to send on, 1 .. 65535. */
  readonly outboundStreams: number;
  /** How many streams its sender allows the other side, 1 .. 65535. */
  readonly inboundStreams: number;
  /** The TSN of its sender's first DATA chunk. */
  readonly initialTsn: number;
  /** Further addresses of its sender, in order. */
  readonly addresses: readonly IpAddress[];
  /** By how much a longer cookie life is wanted, in milliseconds (section 3.3.2.1.3). */
  readonly cookiePreservativeMs?: number;
  /** The parameter types of the addresses that its sender supports (section 3.3.2.1.5); absent: all. */
  readonly supportedAddressTypes?: readonly number[];
  /** The chunk types of the extensions that its sender supports (RFC 5061 section 4.2.7); absent: none was listed. */
  readonly supportedExtensions?: readonly number[];
  /** Whether partial reliability is supported (RFC 3758 section 3.1). */
  readonly forwardTsnSupported?: boolean;
  /** What is needed for AUTH. */
  readonly authentication?: AuthenticationParameters;
  /** The adaptation layer's indication (RFC 5061 section 4.2.6). */
  readonly adaptationLayerIndication?: number;
}

/** Writes an INIT chunk. */
export function putInit(writer: PacketWriter, init: Init): void {
  const chunk = beginInit(writer, ChunkType.init, init);
  putInitParameters(writer, init);
  writer.endChunk(chunk);
}

/** Writes what INIT and INIT ACK begin with. */
export function beginInit(writer: PacketWriter, type: number, init: Init): number {
  const chunk = writer.beginChunk(type, 0);
  writer.put32(init.initiateTag);
  writer.put32(init.receiverWindow);
  writer.put16(init.outboundStreams);
  writer.put16(init.inboundStreams);
  writer.put32(init.initialTsn);
  return chunk;
}

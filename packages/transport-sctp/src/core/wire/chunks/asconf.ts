import type { IpAddress } from '@rserpool/wire';
import { ChunkType } from '../chunk-type.ts';
import { ParameterType, unknownParameterIsReported, unknownParameterStops } from '../parameter-type.ts';
import { ParameterWalk, parameterHeaderLength } from '../parameter-walk.ts';
import type { PacketWriter } from '../packet-writer.ts';
import { addressOfParameter, putAddressParameter } from '../parameters/address.ts';
import { read32 } from '../words.ts';

/** What one parameter of an ASCONF asks for (RFC 5061 section 4.2). */
export interface AsconfRequest {
  /** `unrecognized`: a parameter of a type that has to be reported. */
  readonly type: 'add' | 'delete' | 'setPrimary' | 'unrecognized';
  /** Given back in the answer, so that the asker knows what it is about; 0 where it is not recognized. */
  readonly correlationIdentifier: number;
  /** The address; the unspecified one (0.0.0.0 or ::) stands for the packet's source address. Empty where not recognized. */
  readonly address: IpAddress;
}

/** A request as it was received. */
export interface ReceivedAsconfRequest extends AsconfRequest {
  /** The whole parameter, header included, for the error cause of a refusal: a copy. */
  readonly parameter: Uint8Array;
}

/** ASCONF (RFC 5061 section 4.1.1). */
export interface Asconf<Request extends AsconfRequest = AsconfRequest> {
  /** Counts the ASCONF chunks of its sender. */
  readonly serialNumber: number;
  /** An address that the association is known by before the change; unspecified: the packet's source address. */
  readonly address: IpAddress;
  /** What is asked for, in order. */
  readonly requests: readonly Request[];
}

/** More requests are not read from one chunk. */
const maximumRequests = 64;

const parameterTypes = {
  add: ParameterType.addIpAddress,
  delete: ParameterType.deleteIpAddress,
  setPrimary: ParameterType.setPrimaryAddress,
} as const;

/** Writes an ASCONF chunk; requests of the type `unrecognized` cannot be sent and are left out. */
export function putAsconf(writer: PacketWriter, asconf: Asconf): void {
  const chunk = writer.beginChunk(ChunkType.asconf, 0);
  writer.put32(asconf.serialNumber);
  putAddressParameter(writer, asconf.address);
  for (const { type, correlationIdentifier, address } of asconf.requests) {
    if (type === 'unrecognized') continue;
    const parameter = writer.beginParameter(parameterTypes[type]);
    writer.put32(correlationIdentifier);
    putAddressParameter(writer, address);
    writer.endParameter(parameter);
  }
  writer.endChunk(chunk);
}

/** Reads the ASCONF chunk at `offset`; `undefined` where it is malformed. */
export function readAsconf(
  bytes: Uint8Array,
  offset: number,
  length: number,
): Asconf<ReceivedAsconfRequest> | undefined {
  if (length < 8) return undefined;
  const walk = new ParameterWalk();
  walk.start(bytes, offset + 8, offset + length);
  const address = walk.next() ? addressOfParameter(walk.type, walk.value()) : undefined;
  if (address === undefined) return undefined;
  const requests: ReceivedAsconfRequest[] = [];
  while (requests.length < maximumRequests && walk.next()) {
    const type = requestType(walk.type);
    if (type === undefined) {
      if (unknownParameterIsReported(walk.type)) {
        const parameter = walk.whole().slice();
        requests.push({ type: 'unrecognized', correlationIdentifier: 0, address: nothing, parameter });
      }
      if (unknownParameterStops(walk.type)) break;
      continue;
    }
    const request = readRequest(type, bytes, walk);
    if (request === undefined) return undefined;
    requests.push(request);
  }
  if (walk.malformed) return undefined;
  return { serialNumber: read32(bytes, offset + 4), address, requests };
}

function requestType(type: number): 'add' | 'delete' | 'setPrimary' | undefined {
  if (type === ParameterType.addIpAddress) return 'add';
  if (type === ParameterType.deleteIpAddress) return 'delete';
  return type === ParameterType.setPrimaryAddress ? 'setPrimary' : undefined;
}

function readRequest(
  type: 'add' | 'delete' | 'setPrimary',
  bytes: Uint8Array,
  walk: ParameterWalk,
): ReceivedAsconfRequest | undefined {
  const at = walk.offset + parameterHeaderLength;
  const end = walk.offset + walk.length;
  if (end - at < 4) return undefined;
  const inner = new ParameterWalk();
  inner.start(bytes, at + 4, end);
  const address = inner.next() ? addressOfParameter(inner.type, inner.value()) : undefined;
  if (address === undefined) return undefined;
  return { type, correlationIdentifier: read32(bytes, at), address, parameter: walk.whole().slice() };
}

const nothing = new Uint8Array(0);

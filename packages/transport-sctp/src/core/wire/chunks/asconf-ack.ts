import { ChunkType } from '../chunk-type.ts';
import { type ErrorCause, readErrorCausesBetween } from '../causes/read-error-causes.ts';
import { putErrorCause } from '../causes/error-cause.ts';
import { ParameterType } from '../parameter-type.ts';
import { ParameterWalk, parameterHeaderLength } from '../parameter-walk.ts';
import type { PacketWriter } from '../packet-writer.ts';
import { read32 } from '../words.ts';

/** What became of one request of an ASCONF (RFC 5061 sections 4.2.3 and 4.2.5). */
export interface AsconfResponse {
  /** The request's. */
  readonly correlationIdentifier: number;
  /** Why it was refused; empty where it was done. */
  readonly causes: readonly ErrorCause[];
}

/** ASCONF ACK (RFC 5061 section 4.1.2). A request without a response was done. */
export interface AsconfAck {
  /** The serial number of the ASCONF. */
  readonly serialNumber: number;
  /** What became of its requests. */
  readonly responses: readonly AsconfResponse[];
}

/** More responses are not read from one chunk. */
const maximumResponses = 64;

/** Writes an ASCONF ACK chunk. */
export function putAsconfAck(writer: PacketWriter, ack: AsconfAck): void {
  const chunk = writer.beginChunk(ChunkType.asconfAck, 0);
  writer.put32(ack.serialNumber);
  for (const { correlationIdentifier, causes } of ack.responses) {
    const type = causes.length === 0 ? ParameterType.successIndication : ParameterType.errorCauseIndication;
    const parameter = writer.beginParameter(type);
    writer.put32(correlationIdentifier);
    for (const { code, value } of causes) putErrorCause(writer, code, value);
    writer.endParameter(parameter);
  }
  writer.endChunk(chunk);
}

/** Reads the ASCONF ACK chunk at `offset`; `undefined` where it is malformed. Other parameters are ignored. */
export function readAsconfAck(bytes: Uint8Array, offset: number, length: number): AsconfAck | undefined {
  if (length < 8) return undefined;
  const walk = new ParameterWalk();
  walk.start(bytes, offset + 8, offset + length);
  const responses: AsconfResponse[] = [];
  while (responses.length < maximumResponses && walk.next()) {
    const refused = walk.type === ParameterType.errorCauseIndication;
    if (!refused && walk.type !== ParameterType.successIndication) continue;
    const at = walk.offset + parameterHeaderLength;
    const end = walk.offset + walk.length;
    if (end - at < 4) return undefined;
    const causes = refused ? readErrorCausesBetween(bytes, at + 4, end) : [];
    // An error without a cause would read as a success.
    if (causes === undefined || (refused && causes.length === 0)) return undefined;
    responses.push({ correlationIdentifier: read32(bytes, at), causes });
  }
  return walk.malformed ? undefined : { serialNumber: read32(bytes, offset + 4), responses };
}

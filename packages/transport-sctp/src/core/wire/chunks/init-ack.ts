import { ChunkType } from '../chunk-type.ts';
import { ParameterType } from '../parameter-type.ts';
import type { PacketWriter } from '../packet-writer.ts';
import { beginInit, type Init } from './init.ts';
import { putInitParameters } from './init-parameters.ts';

/** INIT ACK (RFC 9260 section 3.3.3). */
export interface InitAck extends Init {
  /** The state cookie, which COOKIE ECHO gives back. */
  readonly stateCookie: Uint8Array;
  /** Parameters of the INIT that were not recognized and have to be reported, header included. */
  readonly unrecognizedParameters: readonly Uint8Array[];
}

/** Writes an INIT ACK chunk. */
export function putInitAck(writer: PacketWriter, init: InitAck): void {
  const chunk = beginInit(writer, ChunkType.initAck, init);
  const cookie = writer.beginParameter(ParameterType.stateCookie);
  writer.putBytes(init.stateCookie);
  writer.endParameter(cookie);
  putInitParameters(writer, init);
  for (const unrecognized of init.unrecognizedParameters) {
    const parameter = writer.beginParameter(ParameterType.unrecognizedParameter);
    writer.putBytes(unrecognized);
    writer.endParameter(parameter);
  }
  writer.endChunk(chunk);
}

import { putAddressParameter } from '../parameters/address.ts';
import { ParameterType } from '../parameter-type.ts';
import type { PacketWriter } from '../packet-writer.ts';
import type { AuthenticationParameters, Init } from './init.ts';

/** Writes the parameters that INIT and INIT ACK may have both. */
export function putInitParameters(writer: PacketWriter, init: Init): void {
  for (const address of init.addresses) putAddressParameter(writer, address);
  if (init.cookiePreservativeMs !== undefined) {
    putNumber(writer, ParameterType.cookiePreservative, init.cookiePreservativeMs);
  }
  if (init.supportedAddressTypes !== undefined) {
    putNumbers16(writer, ParameterType.supportedAddressTypes, init.supportedAddressTypes);
  }
  if (init.supportedExtensions !== undefined) {
    putNumbers8(writer, ParameterType.supportedExtensions, init.supportedExtensions);
  }
  if (init.forwardTsnSupported === true) {
    writer.endParameter(writer.beginParameter(ParameterType.forwardTsnSupported));
  }
  if (init.authentication !== undefined) putAuthenticationParameters(writer, init.authentication);
  if (init.adaptationLayerIndication !== undefined) {
    putNumber(writer, ParameterType.adaptationLayerIndication, init.adaptationLayerIndication);
  }
}

/**
 * Writes RANDOM, CHUNKS and HMAC-ALGO. The keys of AUTH are made of these very bytes, with their headers and without
 * the last one's padding (RFC 4895 section 6.1).
 */
export function putAuthenticationParameters(
  writer: PacketWriter,
  parameters: AuthenticationParameters,
): void {
  const random = writer.beginParameter(ParameterType.random);
  writer.putBytes(parameters.random);
  writer.endParameter(random);
  if (parameters.chunks !== undefined) putNumbers8(writer, ParameterType.chunkList, parameters.chunks);
  putNumbers16(writer, ParameterType.hmacAlgorithms, parameters.hmacAlgorithms);
}

function putNumber(writer: PacketWriter, type: number, value: number): void {
  const parameter = writer.beginParameter(type);
  writer.put32(value);
  writer.endParameter(parameter);
}

function putNumbers8(writer: PacketWriter, type: number, values: readonly number[]): void {
  const parameter = writer.beginParameter(type);
  for (const value of values) writer.put8(value);
  writer.endParameter(parameter);
}

function putNumbers16(writer: PacketWriter, type: number, values: readonly number[]): void {
  const parameter = writer.beginParameter(type);
  for (const value of values) writer.put16(value);
  writer.endParameter(parameter);
}

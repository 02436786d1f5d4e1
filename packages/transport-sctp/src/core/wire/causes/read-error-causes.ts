import { chunkHeaderLength } from '../chunk-walk.ts';
import { ParameterWalk } from '../parameter-walk.ts';

/** One cause of an ERROR or ABORT chunk. */
export interface ErrorCause {
  /** Its code (RFC 9260 section 3.3.10). */
  readonly code: number;
  /** Its cause-specific information: a copy. */
  readonly value: Uint8Array;
}

/** More causes than this are not read from one chunk: a whole packet of empty ones would become 16000 objects. */
const maximumCauses = 32;

/**
 * The causes in an ERROR or ABORT chunk (RFC 9260 sections 3.3.7 and 3.3.10).
 *
 * @param bytes - The packet.
 * @param offset - Where the chunk begins.
 * @param length - Its length without padding.
 * @returns The first 32 causes; `undefined` where the lengths do not fit, then the chunk is discarded (section 3.3.7).
 */
export function readErrorCauses(
  bytes: Uint8Array,
  offset: number,
  length: number,
): readonly ErrorCause[] | undefined {
  return readErrorCausesBetween(bytes, offset + chunkHeaderLength, offset + length);
}

/** The causes that lie in `from` .. `to` (excluded); see {@link readErrorCauses}. */
export function readErrorCausesBetween(
  bytes: Uint8Array,
  from: number,
  to: number,
): readonly ErrorCause[] | undefined {
  const walk = new ParameterWalk();
  walk.start(bytes, from, to);
  const causes: ErrorCause[] = [];
  while (walk.next()) {
    if (causes.length < maximumCauses) causes.push({ code: walk.type, value: walk.value().slice() });
  }
  return walk.malformed ? undefined : causes;
}

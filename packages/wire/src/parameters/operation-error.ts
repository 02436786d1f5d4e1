import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { ParameterType } from './parameter-type.ts';

/**
 * One error cause of an Operation Error parameter (RFC 5354 section 3.12).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Cause Code          |          Cause Length         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                   Cause-Specific Information                  :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface ErrorCause {
  /** The 16-bit cause code: one of {@link ErrorCauseCode}, or any other number that a peer uses. */
  readonly code: number;
  /** The cause-specific information as on the wire, possibly empty. Decoded, it is a view of the input. */
  readonly information: Uint8Array;
}

/**
 * The Operation Error parameter (RFC 5354 section 3.12): what went wrong.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Type = 0xc          |       Length = variable       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                    one or more Error Causes                   :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface OperationError {
  /** The causes, at least one. */
  readonly causes: readonly ErrorCause[];
}

/**
 * Reads the Operation Error parameter that has to stand next. Every cause code is taken, known or not.
 *
 * @returns `undefined` where the reader has noted a failure.
 */
export function readOperationError(reader: Reader): OperationError | undefined {
  if (!reader.expect(ParameterType.operationError) || !reader.need(4)) return undefined;
  const causes: ErrorCause[] = [];
  while (reader.left() > 0) {
    if (causes.length >= reader.limits.errorCauses) {
      reader.failLimit('errorCauses');
      return undefined;
    }
    const cause = readErrorCause(reader);
    if (cause === undefined) return undefined;
    causes.push(cause);
  }
  reader.leave();
  return { causes };
}

function readErrorCause(reader: Reader): ErrorCause | undefined {
  const left = reader.left();
  if (left < 4) {
    reader.failLength('truncated', 'an error cause header is cut off');
    return undefined;
  }
  const code = reader.u16();
  const length = reader.u16();
  if (length < 4 || length > left) {
    const reason = `error cause 0x${code.toString(16)} has length ${length}, ${left} bytes are there`;
    reader.failLength(length < 4 ? 'bad-length' : 'truncated', reason);
    return undefined;
  }
  const information = reader.view(length - 4);
  reader.align();
  return { code, information };
}

/** Writes an Operation Error parameter. */
export function writeOperationError(writer: Writer, error: OperationError): void {
  writer.beginParameter(ParameterType.operationError, 'error', -1, undefined);
  const { causes } = error;
  if (causes.length === 0) throw writer.invalid('causes', 'is empty; an Operation Error has at least one');
  for (let at = 0; at < causes.length; at++) {
    const cause = causes[at] as ErrorCause;
    writer.beginCause(cause.code, at);
    writer.bytes(cause.information, 'information');
    writer.end();
  }
  writer.end();
}

import type { ParameterContainer } from '../parameters/unknown-parameter.ts';
import { RserpoolError } from '../rserpool-error.ts';
import type { CodecsByName } from './message-table.ts';
import { Writer } from './writer.ts';

// One writer with its buffer is lent from encoding to encoding; one that failed is given up.
let idle: Writer | undefined;

/** Encodes one message of a protocol the general way. Throws for what cannot be encoded. */
export function encodeMessage<Message extends ParameterContainer & { readonly type: string }>(
  writer: Writer,
  codecs: CodecsByName<Message>,
  message: Message,
): Uint8Array {
  const codec = codecs.get(message.type);
  if (codec === undefined)
    throw writer.invalid('type', `is '${message.type}', which is no message of the protocol`);
  writer.beginMessage(codec.number, message.unknownParameters);
  codec.encode(writer, message);
  return writer.endMessage();
}

/** Encodes one parameter alone, without padding behind it. */
export function encodeBare<Value>(write: (writer: Writer, value: Value) => void, value: Value): Uint8Array {
  const writer = borrowWriter();
  try {
    write(writer, value);
    const bytes = writer.endBare();
    idle = writer;
    return bytes;
  } catch (cause) {
    throw encodingError(cause);
  }
}

/** A writer that stands at the beginning. Who has succeeded gives it back by {@link returnWriter}. */
export function borrowWriter(): Writer {
  const writer = idle ?? new Writer();
  idle = undefined;
  writer.reset();
  return writer;
}

/** Lends the writer to the next encoding. */
export function returnWriter(writer: Writer): void {
  idle = writer;
}

/** What an encoder throws for what it has caught. */
export function encodingError(cause: unknown): RserpoolError {
  if (RserpoolError.is(cause)) return cause;
  return new RserpoolError('ERR_RSERPOOL_INVALID_MESSAGE', 'a mandatory property is missing or no object', {
    cause,
  });
}

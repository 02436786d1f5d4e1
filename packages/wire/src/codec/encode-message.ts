import type { ParameterContainer } from '../parameters/unknown-parameter.ts';
import { RserpoolError } from '../rserpool-error.ts';
import type { MessageCodec, MessageCodecs } from './message-codec.ts';
import { Writer } from './writer.ts';

// One writer with its buffer is lent from encoding to encoding; one that failed is given up.
let idle: Writer | undefined;

/** Encodes one message of a protocol. Throws {@link RserpoolError} for what cannot be encoded. */
export function encodeMessage<Message extends ParameterContainer & { readonly type: string }>(
  codecs: MessageCodecs<Message>,
  message: Message,
): Uint8Array {
  return withWriter((writer) => {
    const known = codecs as Readonly<Record<string, MessageCodec<Message>>>;
    const codec = Object.hasOwn(known, message.type) ? known[message.type] : undefined;
    if (codec === undefined)
      throw writer.invalid('type', `is '${message.type}', which is no message of the protocol`);
    writer.beginMessage(codec.number, message.unknownParameters);
    codec.encode(writer, message);
    return writer.endMessage();
  });
}

/** Encodes one parameter alone, without padding behind it. */
export function encodeBare<Value>(write: (writer: Writer, value: Value) => void, value: Value): Uint8Array {
  return withWriter((writer) => {
    write(writer, value);
    return writer.endBare();
  });
}

function withWriter(write: (writer: Writer) => Uint8Array): Uint8Array {
  const writer = idle ?? new Writer();
  idle = undefined;
  writer.reset();
  let bytes: Uint8Array;
  try {
    bytes = write(writer);
  } catch (cause) {
    if (RserpoolError.is(cause)) throw cause;
    throw new RserpoolError('ERR_RSERPOOL_INVALID_MESSAGE', 'a mandatory property is missing or no object', {
      cause,
    });
  }
  idle = writer;
  return bytes;
}

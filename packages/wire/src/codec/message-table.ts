import type { MessageCodec, MessageCodecs } from './message-codec.ts';

/** The codecs of a protocol by the numbers of its messages. */
export type MessageTable<Message> = readonly (MessageCodec<Message> | undefined)[];

/** Orders the codecs of a protocol by the numbers of its messages. */
export function messageTable<Message extends { readonly type: string }>(
  codecs: MessageCodecs<Message>,
): MessageTable<Message> {
  const table: (MessageCodec<Message> | undefined)[] = [];
  for (const codec of Object.values<MessageCodec<Message>>(codecs)) {
    while (table.length <= codec.number) table.push(undefined);
    table[codec.number] = codec;
  }
  return table;
}

/** The codecs of a protocol by the names of its messages, as they are found fastest. */
export type CodecsByName<Message> = ReadonlyMap<string, MessageCodec<Message>>;

/** Orders the codecs of a protocol by the names of its messages. */
export function codecsByName<Message extends { readonly type: string }>(
  codecs: MessageCodecs<Message>,
): CodecsByName<Message> {
  return new Map(Object.entries<MessageCodec<Message>>(codecs));
}

// How many messages a second are encoded and decoded, validation included.
import { decodeAsapMessage, decodeEnrpMessage, encodeAsapMessage, encodeEnrpMessage } from '@rserpool/wire';
import { measure } from './measure.mjs';
import { asapMessages, enrpMessages } from './messages.mjs';

export async function benchCodec(options) {
  const tasks = [
    ...Object.entries(asapMessages).map(([name, message]) => [name, message, encodeAsapMessage, decodeAsapMessage]),
    ...Object.entries(enrpMessages).map(([name, message]) => [name, message, encodeEnrpMessage, decodeEnrpMessage]),
  ];
  return measure(
    'codec',
    tasks.flatMap(([name, message, encode, decode]) => {
      const bytes = encode(message);
      if (!decode(bytes).ok) throw new Error(`${name} does not decode`);
      return [
        { op: 'encode', message: name, bytes: bytes.length, run: () => encode(message) },
        { op: 'decode', message: name, bytes: bytes.length, run: () => decode(bytes) },
      ];
    }),
    options,
  );
}

// How many messages a second are encoded and decoded, validation included.
import { decodeAsapMessage, decodeEnrpMessage, encodeAsapMessage, encodeEnrpMessage } from '@rserpool/wire';
import { measure } from './measure.mjs';
import { asapMessages, enrpMessages } from './messages.mjs';

export async function benchCodec(options) {
  const asap = Object.entries(asapMessages).flatMap(([name, message]) =>
    tasks(name, () => encodeAsapMessage(message), decodeAsapMessage),
  );
  const enrp = Object.entries(enrpMessages).flatMap(([name, message]) =>
    tasks(name, () => encodeEnrpMessage(message), decodeEnrpMessage),
  );
  return measure('codec', [...asap, ...enrp], options);
}

function tasks(message, encode, decode) {
  const bytes = encode();
  if (!decode(bytes).ok) throw new Error(`${message} does not decode`);
  return [
    { op: 'encode', message, bytes: bytes.length, run: encode },
    { op: 'decode', message, bytes: bytes.length, run: () => decode(bytes) },
  ];
}

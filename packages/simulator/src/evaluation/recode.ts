import type { MessageProtocol } from '@rserpool/transport/internal';
import { RserpoolError } from '@rserpool/wire';
import { asapProtocol, enrpProtocol } from '../cluster/protocols.ts';
import type { Transmission } from './link-end.ts';

/**
 * What arrives when a message is encoded, sent as bytes and decoded.
 *
 * @param transmission - The message as its sender has it.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_MESSAGE` where the codec does not take what a machine sends.
 */
export function recode(transmission: Transmission): Transmission {
  switch (transmission.protocol) {
    case 'asap':
      return { protocol: 'asap', message: through(asapProtocol, transmission.message) };
    case 'enrp':
      return { protocol: 'enrp', message: through(enrpProtocol, transmission.message) };
    case 'data': {
      const { data, payloadProtocolIdentifier, stream, unordered } = transmission.message;
      return {
        protocol: 'data',
        message: { data: data.slice(), payloadProtocolIdentifier, stream, unordered },
      };
    }
  }
}

function through<Message>({ encode, decode }: MessageProtocol<Message>, message: Message): Message {
  const decoded = decode(encode(message));
  if (decoded.ok) return decoded.message;
  throw new RserpoolError('ERR_RSERPOOL_INVALID_MESSAGE', 'a machine sent what the codec does not decode');
}

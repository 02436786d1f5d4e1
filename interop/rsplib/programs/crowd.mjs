// Many pool elements on one association, of which each answers its keep-alives:
// node crowd.mjs '{ carrier, address, registrar, count, first, pools }'
import {
  AsapPayloadProtocolIdentifier,
  asapPort,
  decodeAsapMessage,
  encodeAsapMessage,
  parseIpAddress,
  parseRemoteEndpoint,
  poolHandleFromText,
  TransportUse,
} from '@rserpool/wire';
import { answerWith, settings, tell } from './conversation.mjs';
import { address, transport } from './network.mjs';

const { count, first, pools, registrar } = settings;
const requestsUnderWay = 32;
const registrationLifeMs = 600_000;

const endpoint = await transport.bind({ addresses: [parseIpAddress(address)], port: 0, listen: true });
const association = await endpoint.connect(parseRemoteEndpoint(registrar, asapPort));
const userTransport = {
  protocol: 'sctp',
  port: endpoint.port,
  transportUse: TransportUse.dataPlusControl,
  addresses: [parseIpAddress(address)],
};
let sent = 0;
let accepted = 0;
let rejected = 0;
let answered = 0;

function send(message) {
  association.send({
    data: encodeAsapMessage(message),
    payloadProtocolIdentifier: AsapPayloadProtocolIdentifier,
  });
}

function register() {
  if (sent === count) return;
  const number = sent++;
  send({
    type: 'ASAP_REGISTRATION',
    poolHandle: poolHandleFromText(`Crowd-${number % pools}`),
    poolElement: {
      identifier: first + number,
      homeRegistrar: 0,
      registrationLife: registrationLifeMs,
      userTransport,
      policy: { type: 'roundRobin' },
    },
  });
}

association.handlers = {
  message: ({ data }) => {
    const decoded = decodeAsapMessage(data);
    if (!decoded.ok) return;
    const { message } = decoded;
    if (message.type === 'ASAP_REGISTRATION_RESPONSE') {
      if (message.rejected) rejected += 1;
      else accepted += 1;
      if (accepted + rejected === count) tell('registered', { accepted, rejected });
      else register();
    }
    if (message.type === 'ASAP_ENDPOINT_KEEP_ALIVE') {
      answered += 1;
      const { poolHandle, poolElementIdentifier } = message;
      send({ type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK', poolHandle, poolElementIdentifier });
    }
  },
  lost: (reason) => tell('lost', { reason }),
};
for (let number = 0; number < requestsUnderWay; number += 1) register();

await answerWith({ answered: () => answered });

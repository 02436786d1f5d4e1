// Says in the name of a registrar that one of its elements is gone, to another registrar, which then knows less than the
// owner: node forger.mjs '{ carrier, address, enrp, owner, receiver, poolHandle, identifier }'
import {
  EnrpPayloadProtocolIdentifier,
  encodeEnrpMessage,
  enrpPort,
  parseIpAddress,
  parseRemoteEndpoint,
  poolHandleFromText,
  TransportUse,
  UpdateAction,
} from '@rserpool/wire';
import { settings, tell } from './conversation.mjs';
import { address, transport } from './network.mjs';

const { enrp, owner, receiver, poolHandle, identifier } = settings;
const endpoint = await transport.bind({ addresses: [parseIpAddress(address)], port: enrpPort, listen: true });
const association = await endpoint.connect(parseRemoteEndpoint(enrp, enrpPort));
association.handlers = { message: () => tell('message'), lost: (reason) => tell('lost', { reason }) };
const sctp = (transportUse) => ({
  protocol: 'sctp',
  port: 5000,
  transportUse,
  addresses: [parseIpAddress(address)],
});
association.send({
  data: encodeEnrpMessage({
    type: 'ENRP_HANDLE_UPDATE',
    senderIdentifier: owner,
    receiverIdentifier: receiver,
    takeoverSuggested: false,
    action: UpdateAction.deletePoolElement,
    poolHandle: poolHandleFromText(poolHandle),
    poolElement: {
      identifier,
      homeRegistrar: owner,
      registrationLife: 90_000,
      userTransport: sctp(TransportUse.dataPlusControl),
      policy: { type: 'roundRobin' },
      asapTransport: sctp(TransportUse.dataOnly),
    },
  }),
  payloadProtocolIdentifier: EnrpPayloadProtocolIdentifier,
});
// Gone before anybody takes this for the way to the registrar.
await association.close();
await endpoint.close();
tell('forged');

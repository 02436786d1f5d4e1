// The messages that the codec is measured with: the everyday ones of both protocols, with and without elements.
import { parseIpAddress, poolHandleFromText, TransportUse } from '@rserpool/wire';

export const poolHandle = poolHandleFromText('EchoPool');

/** A pool element with two IPv4 addresses and one IPv6 address. */
export function poolElement(
  identifier,
  { homeRegistrar = 0, policy = { type: 'leastUsed', load: 0x40000000 }, asap = false } = {},
) {
  const transport = {
    protocol: 'sctp',
    port: 7777,
    transportUse: TransportUse.dataPlusControl,
    addresses: [parseIpAddress('10.1.2.3'), parseIpAddress('10.2.2.3'), parseIpAddress('2001:db8::1:2:3')],
  };
  return {
    identifier,
    homeRegistrar,
    registrationLife: 300,
    userTransport: transport,
    policy,
    ...(asap && { asapTransport: { ...transport, transportUse: TransportUse.dataOnly } }),
  };
}

const elements = (count) =>
  Array.from({ length: count }, (_, index) => poolElement(index + 1, { homeRegistrar: 7, asap: true }));
const server = {
  identifier: 7,
  transport: { protocol: 'sctp', port: 9901, transportUse: 0, addresses: [parseIpAddress('10.1.2.3')] },
};
const enrp = { senderIdentifier: 7, receiverIdentifier: 0 };

export const asapMessages = {
  registration: { type: 'ASAP_REGISTRATION', poolHandle, poolElement: poolElement(1) },
  handleResolution: { type: 'ASAP_HANDLE_RESOLUTION', subscribe: false, poolHandle, items: 4 },
  handleResolutionResponse4: {
    type: 'ASAP_HANDLE_RESOLUTION_RESPONSE',
    subscribed: false,
    poolHandle,
    policy: { type: 'leastUsed', load: 0 },
    poolElements: elements(4),
  },
  endpointKeepAlive: {
    type: 'ASAP_ENDPOINT_KEEP_ALIVE',
    home: false,
    serverIdentifier: 7,
    poolHandle,
    poolElementIdentifier: 1,
  },
  endpointKeepAliveAck: { type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK', poolHandle, poolElementIdentifier: 1 },
};

export const enrpMessages = {
  handleUpdate: {
    ...enrp,
    type: 'ENRP_HANDLE_UPDATE',
    takeoverSuggested: false,
    action: 0,
    poolHandle,
    poolElement: elements(1)[0],
  },
  handleTableResponse20: {
    ...enrp,
    type: 'ENRP_HANDLE_TABLE_RESPONSE',
    rejected: false,
    moreToSend: true,
    poolEntries: [{ poolHandle, poolElements: elements(20) }],
  },
  presence: {
    ...enrp,
    type: 'ENRP_PRESENCE',
    replyRequired: false,
    checksum: 0x1234,
    serverInformation: server,
  },
};

// The eight messages that both implementations read and write: with no, one, four and twenty pool elements.
import { encodeAsapMessage, encodeEnrpMessage, parseIpAddress, poolHandleFromText } from '@rserpool/wire';

const poolHandle = poolHandleFromText('EchoPool-000001');
const [registrar, peer] = [0x77770001, 0x77770002];
const policy = { type: 'leastUsed', load: 0x20000000 };

/** Two IPv4 addresses and one IPv6 address. */
function transport(port, host) {
  const addresses = [`10.1.0.${host}`, `10.2.0.${host}`, `2001:db8::${host.toString(16)}`];
  return { protocol: 'sctp', port, transportUse: 0, addresses: addresses.map(parseIpAddress) };
}

/** What an element sends when it registers, and what a registrar tells a pool user. */
function element(host, homeRegistrar) {
  return {
    identifier: 0x12340000 + host,
    homeRegistrar,
    registrationLife: 30_000,
    userTransport: transport(7000, host),
    policy,
  };
}

/** What registrars tell one another: with the address that the registration came from. */
function elementWithControl(host) {
  return { ...element(host, registrar), asapTransport: transport(7001, host) };
}

function elements(count, make) {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}

const asap = {
  registration: { type: 'ASAP_REGISTRATION', poolHandle, poolElement: element(1, 0) },
  handleResolution: { type: 'ASAP_HANDLE_RESOLUTION', subscribe: false, poolHandle },
  handleResolutionResponse4: {
    type: 'ASAP_HANDLE_RESOLUTION_RESPONSE',
    subscribed: false,
    poolHandle,
    policy,
    poolElements: elements(4, (host) => element(host, registrar)),
  },
  endpointKeepAlive: {
    type: 'ASAP_ENDPOINT_KEEP_ALIVE',
    home: false,
    serverIdentifier: registrar,
    poolHandle,
  },
  endpointKeepAliveAck: {
    type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK',
    poolHandle,
    poolElementIdentifier: 0x12340001,
  },
};

const header = { senderIdentifier: registrar, receiverIdentifier: peer };
const enrp = {
  handleUpdate: {
    type: 'ENRP_HANDLE_UPDATE',
    ...header,
    takeoverSuggested: false,
    action: 0,
    poolHandle,
    poolElement: elementWithControl(1),
  },
  handleTableResponse20: {
    type: 'ENRP_HANDLE_TABLE_RESPONSE',
    ...header,
    rejected: false,
    moreToSend: false,
    poolEntries: [{ poolHandle, poolElements: elements(20, elementWithControl) }],
  },
  presence: {
    type: 'ENRP_PRESENCE',
    ...header,
    replyRequired: false,
    checksum: 0xabcd,
    serverInformation: { identifier: registrar, transport: transport(9901, 1) },
  },
};

/** What both programs are given: the bytes, and the payload protocol identifier that tells ASAP from ENRP. */
export function codecMessages() {
  return [
    ...Object.entries(asap).map(([name, message]) => ({
      name,
      payloadProtocolIdentifier: 11,
      bytes: encodeAsapMessage(message),
    })),
    ...Object.entries(enrp).map(([name, message]) => ({
      name,
      payloadProtocolIdentifier: 12,
      bytes: encodeEnrpMessage(message),
    })),
  ];
}

// This project's registrar in a process of its own: handle resolutions by a pool user, registrations by one element's
// association, over TCP on loopback.
import { createPoolUser } from '@rserpool/session';
import { createAsapTcpTransport, createFramedTcpTransport } from '@rserpool/transport';
import {
  decodeAsapMessage,
  encodeAsapMessage,
  parseIpAddress,
  poolHandleFromText,
  TransportUse,
} from '@rserpool/wire';
import { startServer } from '../failover/child.mjs';
import { measureClient, membersPerService, serviceOf, services } from './load.mjs';

const nameOf = (service) => `service-${String(service).padStart(8, '0')}`;
const registrationsKept = 4000;
/** More than are ever under way. */
const waitingPlaces = 1024;

export async function benchRserpool(timeMs) {
  const registrar = await startServer('registrar.mjs', ['rfc']);
  const elements = await openElements(registrar.info.port);
  for (let service = 0; service < services; service++) {
    for (let member = 1; member <= membersPerService; member++)
      await elements.register(nameOf(service), member);
  }
  const user = await createPoolUser({
    transport: createAsapTcpTransport(),
    registrars: [`127.0.0.1:${registrar.info.poolUserPort}`],
  });
  try {
    const lookup = async (worker, turn) => {
      const { elements: found } = await user.resolve(nameOf(serviceOf(worker, turn)));
      if (found.length !== membersPerService) throw new Error(`the registrar found ${found.length} members`);
    };
    let last = 0;
    const register = async () => {
      last += 1;
      await elements.register(`pool-${last % registrationsKept}`, last);
    };
    return await measureClient('rserpool', { lookup, register }, timeMs);
  } finally {
    await user.close();
    await elements.close();
    await registrar.end();
  }
}

/** An endpoint that registers as many elements as it is told, and answers for all of them. */
async function openElements(port) {
  const endpoint = await createFramedTcpTransport().bind();
  const association = await endpoint.connect({ addresses: [parseIpAddress('127.0.0.1')], port });
  // An association keeps the order, so that the responses come in the order of the registrations.
  const waiting = new Array(waitingPlaces).fill(undefined);
  let sent = 0;
  let answered = 0;
  const send = (message) =>
    association.send({ data: encodeAsapMessage(message), payloadProtocolIdentifier: 11 });
  association.handlers = {
    message: ({ data }) => {
      const decoded = decodeAsapMessage(data);
      if (!decoded.ok) return;
      const { type, poolHandle, poolElementIdentifier } = decoded.message;
      if (type === 'ASAP_ENDPOINT_KEEP_ALIVE') {
        send({ type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK', poolHandle, poolElementIdentifier });
      } else if (type === 'ASAP_REGISTRATION_RESPONSE') {
        const { identifier, resolve, reject } = waiting[answered % waitingPlaces];
        answered += 1;
        if (identifier !== poolElementIdentifier) reject(new Error('the registrar answered out of order'));
        else if (decoded.message.rejected) reject(new Error('the registrar rejected a registration'));
        else resolve();
      }
    },
  };
  const userTransport = {
    protocol: 'sctp',
    port: endpoint.port,
    transportUse: TransportUse.dataPlusControl,
    addresses: endpoint.localAddresses,
  };
  return {
    register: (pool, identifier) =>
      new Promise((resolve, reject) => {
        const poolHandle = poolHandleFromText(pool);
        waiting[sent % waitingPlaces] = { identifier, resolve, reject };
        sent += 1;
        const poolElement = {
          identifier,
          homeRegistrar: 0,
          registrationLife: 300,
          userTransport,
          policy: { type: 'roundRobin' },
        };
        send({ type: 'ASAP_REGISTRATION', poolHandle, poolElement });
      }),
    close: async () => endpoint.close(),
  };
}

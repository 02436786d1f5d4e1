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
  const waiting = new Map();
  const keyOf = (poolHandle, identifier) => `${identifier} ${Buffer.from(poolHandle).toString('latin1')}`;
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
        const key = keyOf(poolHandle, poolElementIdentifier);
        const { resolve, reject } = waiting.get(key);
        waiting.delete(key);
        if (decoded.message.rejected) reject(new Error('the registrar rejected a registration'));
        else resolve();
      }
    },
  };
  return {
    register: (pool, identifier) =>
      new Promise((resolve, reject) => {
        const poolHandle = poolHandleFromText(pool);
        waiting.set(keyOf(poolHandle, identifier), { resolve, reject });
        const userTransport = {
          protocol: 'sctp',
          port: endpoint.port,
          transportUse: TransportUse.dataPlusControl,
          addresses: endpoint.localAddresses,
        };
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

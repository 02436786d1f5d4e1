// How many handle resolutions a second a registrar answers that has many elements: ASAP messages in, ASAP messages
// out, over the in-memory transport in virtual time, so that no host timer is in the figure. Beside it the same with few elements: the figures should be alike, because no
// resolution looks at all elements of a pool.
import { createRegistrar } from '@rserpool/registrar';
import { createMemoryNetwork, createVirtualClock } from '@rserpool/transport';
import {
  decodeAsapMessage,
  encodeAsapMessage,
  parseIpAddress,
  poolHandleFromText,
  TransportUse,
} from '@rserpool/wire';
import { measure } from './measure.mjs';

const resolutionsPerRun = 64;
const policies = [
  { type: 'roundRobin' },
  { type: 'weightedRandom', weight: 3 },
  { type: 'leastUsed', load: 1000 },
  { type: 'leastUsedWithDegradation', load: 1000, loadDegradation: 10 },
];

export async function benchResolution(options) {
  const rows = [];
  for (const policy of policies) {
    for (const elements of [100, 10_000]) {
      const scope = await startScope(elements, policy);
      const task = {
        op: 'resolve',
        policy: policy.type,
        elements,
        h: 4,
        batch: resolutionsPerRun,
        isAsync: true,
        run: scope.run,
      };
      rows.push(...(await measure('resolution', [task], options)));
      await scope.end();
    }
  }
  return rows;
}

async function startScope(elements, policy) {
  const clock = createVirtualClock();
  const network = createMemoryNetwork({ clock });
  const host = network.host('10.0.0.1');
  const registrar = await createRegistrar({
    clock,
    asap: { transport: host.transport },
    enrp: { transport: host.transport },
    // The elements here only register: nobody is there to acknowledge keep-alives or to renew.
    timing: { asap: { keepAliveIntervalMs: 3_600_000 } },
    addressVerification: 'off',
    limits: { asap: { maximumRegistrationsPerAssociation: elements, maximumResolutionsPerSecond: Infinity } },
  });
  const client = await network.host('10.0.0.2').transport.bind({ listen: false });
  const connecting = client.connect(registrar.asapEndpoint);
  await clock.advance(1000);
  const association = await connecting;
  let waiting = 0;
  association.handlers = {
    message: ({ data }) => {
      if (!decodeAsapMessage(data).ok) throw new Error('the registrar sent what is no message');
      waiting -= 1;
    },
  };
  const exchange = async (messages) => {
    waiting = messages.length;
    for (const data of messages) association.send({ data, payloadProtocolIdentifier: 11 });
    await clock.runUntil(() => waiting === 0, 1000);
  };
  const poolHandle = poolHandleFromText('EchoPool');
  for (let first = 1; first <= elements; first += 100) {
    await exchange(
      Array.from({ length: 100 }, (_, index) => registration(poolHandle, first + index, policy)),
    );
  }
  if (registrar.elementCount !== elements)
    throw new Error(`${registrar.elementCount} of ${elements} are registered`);
  const request = encodeAsapMessage({
    type: 'ASAP_HANDLE_RESOLUTION',
    subscribe: false,
    poolHandle,
    items: 4,
  });
  const requests = Array.from({ length: resolutionsPerRun }, () => request);
  return {
    run: () => exchange(requests),
    end: async () => {
      association.abort();
      await registrar.close();
    },
  };
}

function registration(poolHandle, identifier, policy) {
  return encodeAsapMessage({
    type: 'ASAP_REGISTRATION',
    poolHandle,
    poolElement: {
      identifier,
      homeRegistrar: 0,
      registrationLife: 3600,
      userTransport: {
        protocol: 'sctp',
        port: 7777,
        transportUse: TransportUse.dataOnly,
        addresses: [parseIpAddress('10.0.0.2')],
      },
      policy,
    },
  });
}

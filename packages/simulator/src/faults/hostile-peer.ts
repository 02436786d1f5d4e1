import {
  asapPort,
  AsapPayloadProtocolIdentifier,
  decodeAsapMessage,
  decodeEnrpMessage,
  encodeAsapMessage,
  encodeEnrpMessage,
  enrpPort,
  EnrpPayloadProtocolIdentifier,
} from '@rserpool/wire';
import type { Association } from '@rserpool/transport';
import type { Cluster } from '../cluster/cluster.ts';
import type { ProcessNode } from '../cluster/process-node.ts';
import type { RandomStream } from '../engine/random-stream.ts';
import { corrupted } from '../network/corrupt.ts';
import type { SimulatedHost } from '../network/simulated-host.ts';
import type { Fault } from './fault-context.ts';

/** How many messages a hostile peer sends in one attack. */
const messages = 200;

const elementPort = 7000;

/**
 * Somebody opens associations to a registrar or an element, and sends mutated messages of either protocol. What still
 * is a message after its mutation is a lie, and without the security of RFC 5355 lies are believed: it is only sent
 * where the network is wild anyway.
 */
export const hostile: Fault = ({ cluster, random }) => {
  const { network, time, timing, trace } = cluster.world;
  const victim = random.pick([...cluster.registrars, ...cluster.elements].filter((node) => node.isRunning));
  if (victim === undefined) return undefined;
  const host = hostileHost(cluster);
  const isEnrp = random.chance(0.5);
  const isRegistrar = (cluster.registrars as readonly ProcessNode[]).includes(victim);
  const port = isRegistrar ? (isEnrp ? enrpPort : asapPort) : elementPort;
  if (trace.isOn) trace.note(time.now(), host.name, 'hostile', `to ${victim.name} port ${port}`);
  const endpoint = host.bind(0, timing.registrarHeartbeat, false);
  let association: Association | undefined;
  const open = (): void => {
    endpoint.dial({ addresses: victim.host.addresses, port }, {}, (outcome) => {
      association = 'association' in outcome ? outcome.association : undefined;
    });
  };
  open();
  const samples = isEnrp ? enrpSamples(cluster) : asapSamples(cluster);
  const payloadProtocolIdentifier = isEnrp ? EnrpPayloadProtocolIdentifier : AsapPayloadProtocolIdentifier;
  for (let count = 1; count <= messages; count += 1) {
    time.setTimer(time.now() + (count * timing.minuteMs) / 600, () => {
      const data = lie(random.pick(samples), isEnrp, cluster.world.isWild, random);
      try {
        association?.send({ data, payloadProtocolIdentifier });
      } catch {
        // The victim has closed it, as it may.
        open();
      }
    });
  }
  time.setTimer(time.now() + ((messages + 1) * timing.minuteMs) / 600, () => {
    endpoint.close();
  });
  network.review(host);
  return undefined;
};

function hostileHost({ world }: Cluster): SimulatedHost {
  const { network } = world;
  return network.hosts.find(({ name }) => name === 'hostile') ?? network.addHost('hostile', '10.9.9.9');
}

/** Bytes that are no message; or, where lies are allowed, any mutation. */
function lie(
  sample: Uint8Array | undefined,
  isEnrp: boolean,
  mayBeMessage: boolean,
  random: RandomStream,
): Uint8Array {
  const original = sample ?? new Uint8Array(8);
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const data = corrupted(original, random);
    const decoded = isEnrp ? decodeEnrpMessage(data) : decodeAsapMessage(data);
    if (mayBeMessage || !decoded.ok) return data;
  }
  return original.subarray(0, 3);
}

function asapSamples({ elements }: Cluster): Uint8Array[] {
  return elements.slice(0, 6).flatMap(({ poolHandle, identifier }) => [
    encodeAsapMessage({ type: 'ASAP_HANDLE_RESOLUTION', subscribe: false, poolHandle }),
    encodeAsapMessage({ type: 'ASAP_DEREGISTRATION', poolHandle, poolElementIdentifier: identifier }),
    encodeAsapMessage({
      type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK',
      poolHandle,
      poolElementIdentifier: identifier,
    }),
    encodeAsapMessage({ type: 'ASAP_ENDPOINT_UNREACHABLE', poolHandle, poolElementIdentifier: identifier }),
    encodeAsapMessage({ type: 'ASAP_COOKIE_ECHO', cookie: Uint8Array.of(0, 0, 0, 9) }),
  ]);
}

function enrpSamples({ registrars }: Cluster): Uint8Array[] {
  return registrars.flatMap((node) => {
    const header = { senderIdentifier: node.identifier, receiverIdentifier: 0 };
    const page = node.handlespace.page(undefined, { maximumElements: 8, maximumBytes: 4000 });
    return [
      encodeEnrpMessage({ ...header, type: 'ENRP_PRESENCE', replyRequired: true, checksum: 4711 }),
      encodeEnrpMessage({ ...header, type: 'ENRP_HANDLE_TABLE_REQUEST', ownChildrenOnly: false }),
      encodeEnrpMessage({
        ...header,
        type: 'ENRP_HANDLE_TABLE_RESPONSE',
        rejected: false,
        moreToSend: true,
        poolEntries: page.poolEntries,
      }),
      encodeEnrpMessage({ ...header, type: 'ENRP_INIT_TAKEOVER', targetIdentifier: node.identifier }),
      encodeEnrpMessage({ ...header, type: 'ENRP_LIST_REQUEST' }),
    ];
  });
}

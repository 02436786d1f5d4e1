// This project's SCTP over UDP encapsulation, as everybody uses it: through the contract of a transport.
import { createSctpTransport } from '@rserpool/transport-sctp';

const loopback = Uint8Array.of(127, 0, 0, 1);
const payloadProtocolIdentifier = 11;

function linkOf(association) {
  let resume;
  const link = {
    onMessage: undefined,
    ready: () =>
      new Promise((resolve) => {
        resume = resolve;
      }),
    send: (data) => association.send({ data, payloadProtocolIdentifier }),
  };
  association.handlers = {
    message: ({ data }) => link.onMessage(data),
    writable: () => resume?.(),
    lost: (reason) => {
      throw new Error(`the association is lost: ${reason}`);
    },
  };
  return link;
}

const transport = ({ local, remote }) =>
  createSctpTransport({ encapsulationPort: { local, remote: {}, others: remote } });

export async function serve(ports, onLink) {
  const endpoint = await transport(ports).bind({ addresses: [loopback], port: ports.port });
  endpoint.onAssociation = (association) => {
    const link = linkOf(association);
    onLink(link);
  };
}

export async function connect(ports) {
  const endpoint = await transport(ports).bind({ addresses: [loopback], listen: false });
  return linkOf(await endpoint.connect({ addresses: [loopback], port: ports.port }));
}

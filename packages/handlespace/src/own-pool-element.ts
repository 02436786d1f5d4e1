import type {
  ParameterContainer,
  PolicyParameter,
  PoolElement,
  SctpTransport,
  UserTransport,
} from '@rserpool/wire';

/**
 * Copies a byte field. What a decoder returns is a view of its input: keeping it would keep the whole receive
 * buffer in memory, and whoever uses the buffer again would change the handlespace. Not `slice`, which shares
 * the memory where the bytes are a Node.js Buffer.
 *
 * @param bytes - The bytes of somebody else.
 */
export function ownBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

/**
 * A copy of a pool element that shares no memory with the original.
 *
 * @param element - The element, possibly decoded from a buffer.
 */
export function ownPoolElement(element: PoolElement): PoolElement {
  const { identifier, homeRegistrar, registrationLife, asapTransport } = element;
  return {
    identifier,
    homeRegistrar,
    registrationLife,
    userTransport: ownUserTransport(element.userTransport),
    policy: ownPolicy(element.policy),
    ...(asapTransport === undefined ? {} : { asapTransport: ownSctpTransport(asapTransport) }),
    ...ownUnknownParameters(element),
  };
}

function ownPolicy(policy: PolicyParameter): PolicyParameter {
  return policy.type === 'unknown' ? { ...policy, data: ownBytes(policy.data) } : { ...policy };
}

function ownUserTransport(transport: UserTransport): UserTransport {
  switch (transport.protocol) {
    case 'sctp':
      return ownSctpTransport(transport);
    case 'opaque':
      return { protocol: 'opaque', data: ownBytes(transport.data) };
    default:
      return { ...transport, address: ownBytes(transport.address), ...ownUnknownParameters(transport) };
  }
}

function ownSctpTransport(transport: SctpTransport): SctpTransport {
  const addresses = transport.addresses.map(ownBytes);
  return { ...transport, addresses, ...ownUnknownParameters(transport) };
}

function ownUnknownParameters(container: ParameterContainer): ParameterContainer {
  const { unknownParameters } = container;
  if (unknownParameters === undefined) return {};
  return {
    unknownParameters: unknownParameters.map((parameter) => ({
      ...parameter,
      value: ownBytes(parameter.value),
    })),
  };
}

import { bytesEqual, type IpAddress } from '@rserpool/wire';
import { addressesToList } from '../endpoint/address-lists.ts';
import type { EndpointCore } from '../endpoint/endpoint-core.ts';
import type { SctpParameters } from '../sctp-input.ts';
import { supportedExtensions } from '../authentication/authentication.ts';
import type { AuthenticationParameters, Init } from '../wire/chunks/init.ts';
import { ParameterType } from '../wire/parameter-type.ts';

/**
 * What INIT and INIT ACK say about this side (RFC 9260 sections 3.3.2 and 3.3.3).
 *
 * @param core - The endpoint.
 * @param parameters - The parameters that hold.
 * @param tag - This side's verification tag.
 * @param initialTsn - The TSN of this side's first DATA chunk.
 * @param source - The local address that the chunk is sent from.
 * @param peer - Where it goes.
 * @param authentication - What it says about AUTH.
 */
export function initContent(
  core: EndpointCore,
  parameters: SctpParameters,
  tag: number,
  initialTsn: number,
  source: IpAddress,
  peer: IpAddress,
  authentication: AuthenticationParameters | undefined,
): Init {
  const listed = addressesToList(core.addresses, peer);
  // Without a list the source address is the only one (section 5.1.2 A), which also lets address translators work.
  const isAlone = listed.length === 0 || (listed.length === 1 && bytesEqual(listed[0] ?? source, source));
  return {
    initiateTag: tag,
    receiverWindow: parameters.receiveWindowBytes,
    outboundStreams: parameters.outboundStreams,
    inboundStreams: parameters.maximumInboundStreams,
    initialTsn,
    addresses: isAlone ? [] : listed,
    ...(authentication === undefined ? {} : { authentication, supportedExtensions }),
  };
}

/** The types of addresses that can be used from here, for INIT (section 3.3.2.1.5). */
export function supportedAddressTypes(addresses: readonly IpAddress[]): number[] {
  const types: number[] = [];
  if (addresses.some((address) => address.length === 4)) types.push(ParameterType.ipv4Address);
  if (addresses.some((address) => address.length === 16)) types.push(ParameterType.ipv6Address);
  return types;
}

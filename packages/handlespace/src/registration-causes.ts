import {
  encodePolicyParameter,
  encodePoolElementParameter,
  encodeTransportParameter,
  type ErrorCause,
  ErrorCauseCode,
  type PolicyParameter,
  type PoolElement,
  RserpoolError,
  type UserTransport,
} from '@rserpool/wire';
import type { PoolTransport } from './pool.ts';

/**
 * A response repeats the offending parameter inside an error cause inside a parameter, beside the pool handle:
 * a parameter that filled its message would not fit into the response. Beyond this length it is left out.
 */
const maximumInformationBytes = 16_384;

const noInformation: Uint8Array = new Uint8Array(0);

/** Type 9 and length 4: a Pool Handle parameter without a byte (RFC 5354 section 3.9). */
const emptyPoolHandleParameter: readonly number[] = [0x00, 0x09, 0x00, 0x04];

const ipv4Unspecified: Uint8Array = new Uint8Array(4);

function cause(code: number, information: Uint8Array = noInformation): ErrorCause {
  return { code, information };
}

function invalid(encode: () => Uint8Array): ErrorCause {
  let information = noInformation;
  try {
    const parameter = encode();
    if (parameter.length <= maximumInformationBytes) information = parameter;
  } catch (error) {
    // Did not come off the wire, so there is no parameter to show.
    if (!RserpoolError.is(error)) throw error;
  }
  return cause(ErrorCauseCode.invalidValues, information);
}

/** Invalid Values (RFC 5354 section 3.12.4): the pool handle has no byte. */
export function emptyPoolHandle(): ErrorCause {
  return cause(ErrorCauseCode.invalidValues, Uint8Array.from(emptyPoolHandleParameter));
}

/** Invalid Values (RFC 5354 section 3.12.4): a field of the Pool Element parameter itself. */
export function invalidPoolElement(element: PoolElement): ErrorCause {
  return invalid(() => encodePoolElementParameter(element));
}

/** Invalid Values (RFC 5354 section 3.12.4): the policy, of a type that is not known. */
export function invalidPolicy(policy: PolicyParameter): ErrorCause {
  return invalid(() => encodePolicyParameter(policy));
}

/** Invalid Values (RFC 5354 section 3.12.4): the user transport. */
export function invalidTransport(transport: UserTransport): ErrorCause {
  return invalid(() => encodeTransportParameter(transport));
}

/** Inconsistent Pool Policy (RFC 5354 section 3.12.6), with the overall policy of the pool. */
export function inconsistentPolicy(poolPolicy: PolicyParameter): ErrorCause {
  return cause(ErrorCauseCode.inconsistentPoolPolicy, encodePolicyParameter(poolPolicy));
}

/**
 * Inconsistent Transport Type (RFC 5354 section 3.12.8), with a transport parameter of the pool's type. The pool
 * as such has no address, and whoever is rejected need not learn one: port 0 on the unspecified address.
 */
export function inconsistentTransport(poolTransport: PoolTransport): ErrorCause {
  return cause(ErrorCauseCode.inconsistentTransportType, encodeTransportParameter(example(poolTransport)));
}

/** Inconsistent Data/Control Configuration (RFC 5354 section 3.12.9); carries nothing. */
export function inconsistentDataControl(): ErrorCause {
  return cause(ErrorCauseCode.inconsistentDataControlConfiguration);
}

/** Lack of Resources (RFC 5354 section 3.12.7); carries nothing. */
export function lackOfResources(): ErrorCause {
  return cause(ErrorCauseCode.lackOfResources);
}

function example(poolTransport: PoolTransport): UserTransport {
  const { protocol, transportUse } = poolTransport;
  switch (protocol) {
    case 'sctp':
      return { protocol, port: 0, transportUse, addresses: [ipv4Unspecified] };
    case 'dccp':
      return { protocol, port: 0, serviceCode: 0, address: ipv4Unspecified };
    case 'opaque':
      return { protocol, data: noInformation };
    default:
      return { protocol, port: 0, address: ipv4Unspecified };
  }
}

import { encodePolicyParameter, encodeTransportParameter } from '../encode-parameter.ts';
import type { ErrorCause } from '../parameters/operation-error.ts';
import type { PolicyParameter } from '../parameters/selection-policy.ts';
import type { UserTransport } from '../parameters/user-transport.ts';
import { ErrorCauseCode } from './error-cause-code.ts';

/** Unspecified Error (RFC 5354 section 3.12.1): something went wrong that has no cause of its own. */
export function unspecifiedCause(): ErrorCause {
  return withoutInformation(ErrorCauseCode.unspecified);
}

/**
 * Unrecognized Parameter (RFC 5354 section 3.12.2). Decoding prepares this cause itself, see
 * {@link DecodeResult}.
 *
 * @param parameter - The complete parameter with its header, without padding.
 */
export function unrecognizedParameterCause(parameter: Uint8Array): ErrorCause {
  return { code: ErrorCauseCode.unrecognizedParameter, information: parameter };
}

/**
 * Unrecognized Message (RFC 5354 section 3.12.3). Decoding prepares this cause itself, see {@link DecodeError}.
 *
 * @param message - The message with its header.
 */
export function unrecognizedMessageCause(message: Uint8Array): ErrorCause {
  return { code: ErrorCauseCode.unrecognizedMessage, information: message };
}

/**
 * Invalid Values (RFC 5354 section 3.12.4).
 *
 * @param parameter - The offending parameter with its header, for example by {@link encodePoolElementParameter}.
 */
export function invalidValuesCause(parameter: Uint8Array): ErrorCause {
  return { code: ErrorCauseCode.invalidValues, information: parameter };
}

/** Non-unique PE Identifier (RFC 5354 section 3.12.5): the identifier is in use in the pool. */
export function nonUniquePoolElementIdentifierCause(): ErrorCause {
  return withoutInformation(ErrorCauseCode.nonUniquePoolElementIdentifier);
}

/**
 * Inconsistent Pooling Policy (RFC 5354 section 3.12.6).
 *
 * @param policy - The overall policy of the pool.
 * @throws {@link RserpoolError} `ERR_RSERPOOL_INVALID_MESSAGE` where the policy cannot be encoded.
 */
export function inconsistentPoolPolicyCause(policy: PolicyParameter): ErrorCause {
  return { code: ErrorCauseCode.inconsistentPoolPolicy, information: encodePolicyParameter(policy) };
}

/** Lack of Resources (RFC 5354 section 3.12.7): the sender cannot perform what was asked. */
export function lackOfResourcesCause(): ErrorCause {
  return withoutInformation(ErrorCauseCode.lackOfResources);
}

/**
 * Inconsistent Transport Type (RFC 5354 section 3.12.8).
 *
 * @param transport - A transport of the type that the pool has.
 * @throws {@link RserpoolError} `ERR_RSERPOOL_INVALID_MESSAGE` where the transport cannot be encoded.
 */
export function inconsistentTransportTypeCause(transport: UserTransport): ErrorCause {
  return { code: ErrorCauseCode.inconsistentTransportType, information: encodeTransportParameter(transport) };
}

/** Inconsistent Data/Control Configuration (RFC 5354 section 3.12.9): the Transport Use is not the pool's. */
export function inconsistentDataControlConfigurationCause(): ErrorCause {
  return withoutInformation(ErrorCauseCode.inconsistentDataControlConfiguration);
}

/** Rejected Due to Security Considerations (RFC 5354 section 3.12.10). */
export function rejectedDueToSecurityCause(): ErrorCause {
  return withoutInformation(ErrorCauseCode.rejectedDueToSecurity);
}

/** Unknown Pool Handle (RFC 5354 section 3.12.11). */
export function unknownPoolHandleCause(): ErrorCause {
  return withoutInformation(ErrorCauseCode.unknownPoolHandle);
}

function withoutInformation(code: number): ErrorCause {
  return { code, information: new Uint8Array(0) };
}

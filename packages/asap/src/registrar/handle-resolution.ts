import type { AsapMessage, AssociationId, PolicyParameter } from '@rserpool/wire';
import {
  decodeAsapMessage,
  encodedPoolHandleLength,
  encodePolicyParameter,
  ErrorCauseCode,
} from '@rserpool/wire';
import { EncodedSend, encodeHandleResolutionResponse } from '@rserpool/wire/internal';
import type { RegistrarRuntime } from './registrar-runtime.ts';

const messageHeaderBytes = 4;

/** No policy that a handlespace takes in has a longer parameter (RFC 5356), so that its length need not be known where there is more room. */
const longestKnownPolicyBytes = 64;
const noInformation: Uint8Array = new Uint8Array(0);

/**
 * Handle resolution (RFC 5352 section 3.3): the whole pool in the order of its policy, up to the configured maximum,
 * up to what the pool user asks for (option 0x803f) and up to what one message holds. The overall policy is always
 * named, also Round Robin. Dynamic updates (S flag) are not given: the A flag is 0.
 */
export function resolveHandle(
  runtime: RegistrarRuntime,
  association: AssociationId,
  request: Extract<AsapMessage, { type: 'ASAP_HANDLE_RESOLUTION' }>,
): void {
  const { counters, handlespace, limits } = runtime;
  const { poolHandle } = request;
  // An option of 0 asks for the registrar's default.
  const items =
    request.items === undefined || request.items === 0 ? limits.maximumResolutionItems : request.items;
  const chosen = runtime.chosen;
  const found = handlespace.resolveInto(poolHandle, Math.min(items, limits.maximumResolutionItems), chosen);
  if (found === -1) {
    counters.resolutionsUnknown += 1;
    refuse(runtime, association, poolHandle, ErrorCauseCode.unknownPoolHandle);
    return;
  }
  const policy = found === 0 ? undefined : handlespace.poolPolicy(chosen[0] ?? 0);
  const count = policy === undefined ? 0 : countThatFits(runtime, poolHandle, policy, found);
  // The policy has counted the rest as used, too. Asking it for fewer would need the sizes before the choice.
  if (count < found) counters.resolutionsTruncated += 1;
  if (count === 0) {
    // A positive answer has at least one element (section 2.2.6).
    refuse(runtime, association, poolHandle, ErrorCauseCode.lackOfResources);
    return;
  }
  counters.resolutions += 1;
  const response = encodeHandleResolutionResponse(poolHandle, policy, false, chosen, handlespace, count);
  runtime.outputs.push(new EncodedSend(association, response, decodeAsapMessage));
}

/** How many of the chosen elements one message holds, from the first one on. */
function countThatFits(
  { handlespace, limits, chosen }: RegistrarRuntime,
  poolHandle: Uint8Array,
  policy: PolicyParameter,
  found: number,
): number {
  const others = messageHeaderBytes + encodedPoolHandleLength(poolHandle);
  let bytes = others + handlespace.encodedLengths(chosen, found);
  if (bytes + longestKnownPolicyBytes <= limits.maximumResponseBytes) return found;
  bytes = others + encodePolicyParameter(policy).length;
  for (let count = 0; count < found; count++) {
    bytes += handlespace.encodedLength(chosen[count] ?? 0);
    if (bytes > limits.maximumResponseBytes) return count;
  }
  return found;
}

function refuse(
  runtime: RegistrarRuntime,
  association: AssociationId,
  poolHandle: Uint8Array,
  code: number,
): void {
  runtime.send(association, {
    type: 'ASAP_HANDLE_RESOLUTION_RESPONSE',
    subscribed: false,
    poolHandle,
    poolElements: [],
    error: { causes: [{ code, information: noInformation }] },
  });
}

import type { AsapMessage, AssociationId, PoolElement } from '@rserpool/wire';
import {
  encodedPoolElementLength,
  encodedPoolHandleLength,
  encodePolicyParameter,
  ErrorCauseCode,
} from '@rserpool/wire';
import type { RegistrarRuntime } from './registrar-runtime.ts';

const messageHeaderBytes = 4;
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
  const resolution = handlespace.resolve(poolHandle, Math.min(items, limits.maximumResolutionItems));
  if (resolution === undefined) {
    counters.resolutionsUnknown += 1;
    refuse(runtime, association, poolHandle, ErrorCauseCode.unknownPoolHandle);
    return;
  }
  const { policy } = resolution;
  const poolElements: PoolElement[] = [];
  let bytes = messageHeaderBytes + encodedPoolHandleLength(poolHandle) + encodePolicyParameter(policy).length;
  for (const reference of resolution.elements) {
    const element = handlespace.poolElement(reference);
    bytes += encodedPoolElementLength(element);
    if (bytes > limits.maximumResponseBytes) {
      // The policy has counted the rest as used, too. Asking it for fewer would need the sizes before the choice.
      counters.resolutionsTruncated += 1;
      break;
    }
    poolElements.push(element);
  }
  if (poolElements.length === 0) {
    // A positive answer has at least one element (section 2.2.6).
    refuse(runtime, association, poolHandle, ErrorCauseCode.lackOfResources);
    return;
  }
  counters.resolutions += 1;
  runtime.send(association, {
    type: 'ASAP_HANDLE_RESOLUTION_RESPONSE',
    subscribed: false,
    poolHandle,
    policy,
    poolElements,
  });
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

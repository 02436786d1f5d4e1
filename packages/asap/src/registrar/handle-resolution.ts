import type { AsapMessage, AssociationId } from '@rserpool/wire';
import { decodeAsapMessage, ErrorCauseCode } from '@rserpool/wire';
import { EncodedSend, encodeHandleResolutionResponse } from '@rserpool/wire/internal';
import { countThatFits } from './elements-that-fit.ts';
import { negativeResponse } from './negative-response.ts';
import type { PoolSubscriptions } from './pool-subscriptions.ts';
import type { RegistrarRuntime } from './registrar-runtime.ts';

/**
 * Handle resolution (RFC 5352 section 3.3): the whole pool in the order of its policy, up to the configured maximum,
 * up to what the pool user asks for (option 0x803f) and up to what one message holds. The overall policy is always
 * named, also Round Robin. The S flag of a request that is answered with elements subscribes to the pool, and the A
 * flag says whether it did (section 2.2.6); none follows a negative answer (section 2.2.5).
 */
export function resolveHandle(
  runtime: RegistrarRuntime,
  subscriptions: PoolSubscriptions,
  association: AssociationId,
  request: Extract<AsapMessage, { type: 'ASAP_HANDLE_RESOLUTION' }>,
): void {
  const { counters, handlespace, limits } = runtime;
  const { poolHandle } = request;
  // An option of 0 asks for the registrar's default.
  const items =
    request.items === undefined || request.items === 0 ? limits.defaultResolutionItems : request.items;
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
  // Encoded first: a new subscription lists its pool in the same array.
  const subscribed = request.subscribe && subscriptions.isRoomFor(association, poolHandle);
  const response = encodeHandleResolutionResponse(poolHandle, policy, subscribed, chosen, handlespace, count);
  if (subscribed) subscriptions.subscribe(association, poolHandle);
  runtime.outputs.push(new EncodedSend(association, response, decodeAsapMessage));
}

function refuse(
  runtime: RegistrarRuntime,
  association: AssociationId,
  poolHandle: Uint8Array,
  code: number,
): void {
  runtime.send(association, negativeResponse(poolHandle, code));
}

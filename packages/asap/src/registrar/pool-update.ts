import { encodeAsapMessage, ErrorCauseCode } from '@rserpool/wire';
import { encodeHandleResolutionResponse } from '@rserpool/wire/internal';
import { countThatFits } from './elements-that-fit.ts';
import { negativeResponse } from './negative-response.ts';
import type { RegistrarRuntime } from './registrar-runtime.ts';

/** A pool as its subscribers are told. */
export interface PoolUpdate {
  /** The ASAP_HANDLE_RESOLUTION_RESPONSE, encoded; the same bytes for every subscriber. */
  readonly message: Uint8Array;
  /** How many elements it lists; 0 where the pool is gone. */
  readonly elements: number;
  /** How many more the pool has. */
  readonly omitted: number;
}

/**
 * The present state of a pool as an update (RFC 5352 section 2.2.5): the elements in the order in which they joined,
 * so that no policy counts them as used, up to what an answer lists at most. Where the pool is gone, the negative
 * answer that a request would get, which ends the updates.
 *
 * @param runtime - What the procedures share.
 * @param poolHandle - The pool.
 */
export function poolUpdate(runtime: RegistrarRuntime, poolHandle: Uint8Array): PoolUpdate {
  const { chosen, handlespace, limits } = runtime;
  const pool = handlespace.peek(poolHandle);
  if (pool === undefined) {
    const message = encodeAsapMessage(negativeResponse(poolHandle, ErrorCauseCode.unknownPoolHandle));
    return { message, elements: 0, omitted: 0 };
  }
  const { policy, elements } = pool;
  const most = Math.min(elements.length, limits.maximumResolutionItems);
  for (let index = 0; index < most; index++) chosen[index] = elements[index] ?? 0;
  const count = countThatFits(runtime, poolHandle, policy, most);
  if (count === 0) {
    // As for a request: a positive answer has at least one element.
    const message = encodeAsapMessage(negativeResponse(poolHandle, ErrorCauseCode.lackOfResources));
    return { message, elements: 0, omitted: elements.length };
  }
  const message = encodeHandleResolutionResponse(poolHandle, policy, true, chosen, handlespace, count);
  return { message, elements: count, omitted: elements.length - count };
}

import type { AsapMessage } from '@rserpool/wire';

const noInformation: Uint8Array = new Uint8Array(0);

/**
 * An ASAP_HANDLE_RESOLUTION_RESPONSE that says why there are no elements (RFC 5352 section 2.2.6): neither elements nor
 * a policy, and no updates.
 *
 * @param poolHandle - The pool that was asked for.
 * @param code - The error cause.
 */
export function negativeResponse(poolHandle: Uint8Array, code: number): AsapMessage {
  return {
    type: 'ASAP_HANDLE_RESOLUTION_RESPONSE',
    subscribed: false,
    poolHandle,
    poolElements: [],
    error: { causes: [{ code, information: noInformation }] },
  };
}

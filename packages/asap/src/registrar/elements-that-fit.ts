import type { PolicyParameter } from '@rserpool/wire';
import { encodedPoolHandleLength, encodePolicyParameter } from '@rserpool/wire';
import type { RegistrarRuntime } from './registrar-runtime.ts';

const messageHeaderBytes = 4;

/** No policy that a handlespace takes in has a longer parameter (RFC 5356), so that its length need not be known where there is more room. */
const longestKnownPolicyBytes = 64;

/**
 * How many elements one ASAP_HANDLE_RESOLUTION_RESPONSE holds (RFC 5352 section 2.2.6), from the first one on.
 *
 * @param runtime - What the procedures share; the elements are those in `chosen`.
 * @param poolHandle - Their pool.
 * @param policy - Its overall policy.
 * @param found - How many there are.
 */
export function countThatFits(
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

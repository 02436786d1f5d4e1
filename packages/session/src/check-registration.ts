import type { PoolElementRegistration } from '@rserpool/asap';
import { encodeAsapMessage, RserpoolError } from '@rserpool/wire';

/**
 * Checks that a registration can be put into a message: otherwise it would only look as if no registrar answered.
 *
 * @param poolHandle - The pool.
 * @param registration - The element.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where a value has no place in an ASAP_REGISTRATION.
 */
export function checkRegistration(poolHandle: Uint8Array, registration: PoolElementRegistration): void {
  const poolElement = { ...registration, homeRegistrar: 0 };
  try {
    encodeAsapMessage({ type: 'ASAP_REGISTRATION', poolHandle, poolElement });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `The pool element cannot be registered (${reason}): correct its pool handle, policy or user transport.`,
      { cause: error },
    );
  }
}

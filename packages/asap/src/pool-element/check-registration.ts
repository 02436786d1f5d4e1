import { RserpoolError } from '@rserpool/wire';
import type { PoolElementRegistration } from './pool-element-input.ts';

/**
 * Refuses what no registrar could accept.
 *
 * @throws RserpoolError with ERR_RSERPOOL_INVALID_ARGUMENT.
 */
export function checkRegistration(poolHandle: Uint8Array, poolElement: PoolElementRegistration): void {
  if (poolHandle.length === 0) fail('the pool handle is empty; give at least one byte');
  const { identifier, registrationLife } = poolElement;
  if (!Number.isInteger(identifier) || identifier < 1 || identifier > 0xffffffff) {
    fail(`the identifier of a pool element has to be an integer in 1 .. 2^32 - 1, not ${String(identifier)}`);
  }
  const isLife =
    Number.isInteger(registrationLife) && registrationLife >= 1 && registrationLife <= 0x7fffffff;
  if (!isLife && registrationLife !== -1) {
    fail(
      `the registration life has to be an integer in 1 .. 2^31 - 1, or -1, not ${String(registrationLife)}`,
    );
  }
}

function fail(message: string): never {
  throw new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', message);
}

import type { ErrorCause, PolicyParameter, PoolElement } from '@rserpool/wire';
import { poolElementLength } from '@rserpool/wire/internal';
import type { ElementReference } from './element-reference.ts';
import { type ElementOrigin, invalidValues } from './element-validity.ts';
import type { HandlespaceLimits } from './handlespace-limits.ts';
import { checkIdentifier } from './identifier.ts';
import type { Pool } from './pool.ts';
import { inconsistencies } from './pool-consistency.ts';
import { emptyPoolHandle, lackOfResources } from './registration-causes.ts';
import type { RegistrationResult } from './registration-result.ts';
import type { Store } from './store.ts';

/**
 * Takes an element in, or says why not (RFC 5352 section 3.1 for registrations, RFC 5353 sections 3.2.3 and
 * 3.3.1 for what peers announce).
 *
 * @param store - The indices; unchanged where the result is a rejection.
 * @param limits - What the handlespace takes in at most.
 * @param poolHandle - The pool.
 * @param element - The element with its home registrar; copied.
 * @param origin - Who brings it.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for an identifier that is no 32-bit number.
 */
export function registerElement(
  store: Store,
  limits: HandlespaceLimits,
  poolHandle: Uint8Array,
  element: PoolElement,
  origin: ElementOrigin,
): RegistrationResult {
  if (poolHandle.length === 0) return rejected([emptyPoolHandle()]);
  if (poolHandle.length > limits.maximumPoolHandleBytes) return rejected([lackOfResources()]);
  checkIdentifier('pool element identifier', element.identifier);
  checkIdentifier('home registrar', element.homeRegistrar);
  // Read once: policies of different types have different shapes, which makes each look at one slow.
  const { type } = element.policy;
  const invalid = invalidValues(element, type, origin);
  if (invalid.length > 0) return rejected(invalid);
  const encodedLength = poolElementLength(element, type);
  if (encodedLength > limits.maximumPoolElementBytes) return rejected([lackOfResources()]);
  store.elements.encode(element, type, encodedLength);
  const number = store.pools.find(poolHandle);
  if (number === -1) return add(store, limits, poolHandle, undefined, element, type, encodedLength);
  const pool = store.pools.at(number);
  const known = store.index.find(number, element.identifier);
  if (known === -1) return add(store, limits, poolHandle, pool, element, type, encodedLength);
  return update(store, pool, known, element, type, encodedLength, origin);
}

function add(
  store: Store,
  limits: HandlespaceLimits,
  poolHandle: Uint8Array,
  pool: Pool | undefined,
  attributes: PoolElement,
  type: PolicyParameter['type'],
  encodedLength: number,
): RegistrationResult {
  if (pool !== undefined) {
    const causes = inconsistencies(pool, attributes, type);
    if (causes.length > 0) return rejected(causes);
  }
  const exhausted =
    store.elements.size >= limits.maximumPoolElements ||
    (pool === undefined
      ? store.pools.size >= limits.maximumPools
      : pool.size >= limits.maximumElementsPerPool);
  if (exhausted) return rejected([lackOfResources()]);
  const element = store.insert(pool ?? store.found(poolHandle, attributes), attributes, encodedLength);
  return { ok: true, outcome: 'added', element };
}

function update(
  store: Store,
  pool: Pool,
  element: ElementReference,
  attributes: PoolElement,
  type: PolicyParameter['type'],
  encodedLength: number,
  origin: ElementOrigin,
): RegistrationResult {
  const causes = inconsistencies(pool, attributes, type);
  let previousHomeRegistrar: number;
  if (causes.length === 0) {
    previousHomeRegistrar = store.replace(element, pool, attributes, encodedLength);
  } else if (origin === 'peer' && pool.size === 1) {
    // The only member contradicts nobody but its own past, of which the peer that owns it knows better.
    previousHomeRegistrar = store.refound(element, pool, attributes, encodedLength);
  } else {
    return rejected(causes);
  }
  if (previousHomeRegistrar === attributes.homeRegistrar) {
    return { ok: true, outcome: 'updated', element };
  }
  return { ok: true, outcome: 'updated', element, previousHomeRegistrar };
}

function rejected(causes: readonly ErrorCause[]): RegistrationResult {
  return { ok: false, causes };
}

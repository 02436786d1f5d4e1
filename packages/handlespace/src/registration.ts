import type { ErrorCause, PolicyParameter, PoolElement } from '@rserpool/wire';
import type { ElementReference } from './element-reference.ts';
import { type ElementOrigin, invalidValues, isUsuallyValid } from './element-validity.ts';
import type { HandlespaceLimits } from './handlespace-limits.ts';
import { checkIdentifier } from './identifier.ts';
import type { Pool } from './pool.ts';
import { inconsistencies, isConsistent } from './pool-consistency.ts';
import type { PoolTable } from './pool-table.ts';
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
  // Read once: policies of different types have different shapes, which makes each look at one slow.
  const { type } = element.policy;
  let encodedLength = store.elements.encodeUsual(element, type);
  if (!isInOrder(limits, poolHandle, element, origin, encodedLength)) {
    const causes = objections(limits, poolHandle, element, type, origin, encodedLength);
    if (causes.length > 0) return rejected(causes);
    if (encodedLength === -1) encodedLength = store.elements.encode(element, limits.maximumPoolElementBytes);
    if (encodedLength === -1) return rejected([lackOfResources()]);
  }
  const number = store.pools.find(poolHandle);
  const known = number === -1 ? -1 : store.index.find(number, element.identifier);
  return known === -1
    ? add(store, limits, poolHandle, number, element, type, encodedLength)
    : update(store, number, known, element, type, encodedLength, origin);
}

/**
 * Whether nothing is to be said against an element that was encoded the usual way. That takes a few comparisons; who
 * gets another answer looks closer ({@link objections}).
 */
function isInOrder(
  limits: HandlespaceLimits,
  poolHandle: Uint8Array,
  element: PoolElement,
  origin: ElementOrigin,
  encodedLength: number,
): boolean {
  const { length } = poolHandle;
  return (
    encodedLength !== -1 &&
    encodedLength <= limits.maximumPoolElementBytes &&
    length !== 0 &&
    length <= limits.maximumPoolHandleBytes &&
    isUsuallyValid(element, origin)
  );
}

/** What is to be said against an element, but for what its encoding says. */
function objections(
  limits: HandlespaceLimits,
  poolHandle: Uint8Array,
  element: PoolElement,
  type: PolicyParameter['type'],
  origin: ElementOrigin,
  encodedLength: number,
): readonly ErrorCause[] {
  if (poolHandle.length === 0) return [emptyPoolHandle()];
  if (poolHandle.length > limits.maximumPoolHandleBytes) return [lackOfResources()];
  checkIdentifier('pool element identifier', element.identifier);
  checkIdentifier('home registrar', element.homeRegistrar);
  const invalid = invalidValues(element, type, origin);
  if (invalid.length > 0) return invalid;
  return encodedLength > limits.maximumPoolElementBytes ? [lackOfResources()] : [];
}

function add(
  store: Store,
  limits: HandlespaceLimits,
  poolHandle: Uint8Array,
  number: number,
  attributes: PoolElement,
  type: PolicyParameter['type'],
  encodedLength: number,
): RegistrationResult {
  const { elements, pools } = store;
  if (elements.size >= limits.maximumPoolElements) return refuse(pools, number, attributes, type);
  let pool: Pool;
  if (number === -1) {
    if (pools.size >= limits.maximumPools) return rejected([lackOfResources()]);
    pool = store.found(poolHandle, attributes);
  } else {
    pool = pools.at(number);
    if (pool.size >= limits.maximumElementsPerPool || !isConsistent(pools, number, attributes, type)) {
      return refuse(pools, number, attributes, type);
    }
  }
  return { ok: true, outcome: 'added', element: store.insert(pool, attributes, encodedLength) };
}

/** An element that contradicts its pool is refused for that, whatever else there is. */
function refuse(
  pools: PoolTable,
  number: number,
  attributes: PoolElement,
  type: PolicyParameter['type'],
): RegistrationResult {
  const causes = number === -1 ? [] : inconsistencies(pools.at(number), attributes, type);
  return rejected(causes.length > 0 ? causes : [lackOfResources()]);
}

function update(
  store: Store,
  number: number,
  element: ElementReference,
  attributes: PoolElement,
  type: PolicyParameter['type'],
  encodedLength: number,
  origin: ElementOrigin,
): RegistrationResult {
  const previousHomeRegistrar = isConsistent(store.pools, number, attributes, type)
    ? store.replace(element, number, attributes, encodedLength)
    : refound(store, number, element, attributes, encodedLength, origin);
  if (previousHomeRegistrar === -1) {
    return rejected(inconsistencies(store.pools.at(number), attributes, type));
  }
  if (previousHomeRegistrar === attributes.homeRegistrar) return { ok: true, outcome: 'updated', element };
  return { ok: true, outcome: 'updated', element, previousHomeRegistrar };
}

/** As {@link Store.refound} for an element that contradicts its pool; -1 where it may not. */
function refound(
  store: Store,
  number: number,
  element: ElementReference,
  attributes: PoolElement,
  encodedLength: number,
  origin: ElementOrigin,
): number {
  const pool = store.pools.at(number);
  // The only member contradicts nobody but its own past, of which the peer that owns it knows better.
  if (origin !== 'peer' || pool.size !== 1) return -1;
  return store.refound(element, pool, attributes, encodedLength);
}

function rejected(causes: readonly ErrorCause[]): RegistrationResult {
  return { ok: false, causes };
}

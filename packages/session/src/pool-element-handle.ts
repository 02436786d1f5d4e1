import type { PoolElement } from '@rserpool/wire';
import { type ResolvedElement, toResolvedElement } from './resolved-element.ts';
import { type PoolHandleForm, toPoolHandle } from './text-forms.ts';

/**
 * A pool element handle (RFC 5352 section 1.1): a pool and one of its elements, with the address that it had when it
 * was named. Elements of a {@link PoolResolution}, senders of messages, and what a message was sent to can be used.
 */
export interface PoolElementHandle {
  /** The pool. */
  readonly poolHandle: Uint8Array;
  /** The element. */
  readonly element: ResolvedElement;
}

/** A pool element handle as an application may give it. */
export interface PoolElementHandleForm {
  /** The pool. */
  readonly poolHandle: PoolHandleForm;
  /** The element: one of `resolve()`, or what a registrar said of it. */
  readonly element: Pick<ResolvedElement, 'poolElement'>;
}

/** A pool, or one element of it: where RFC 5352 section 6 takes either handle. */
export type PoolOrElement = PoolHandleForm | PoolElementHandleForm;

/**
 * Makes a pool element handle.
 *
 * @param poolHandle - The pool.
 * @param poolElement - The element, as a registrar said it.
 */
export function toPoolElementHandle(poolHandle: Uint8Array, poolElement: PoolElement): PoolElementHandle {
  return { poolHandle, element: toResolvedElement(poolElement) };
}

/**
 * Reads what names a pool or one of its elements.
 *
 * @param form - Either handle.
 * @param maximumBytes - How many bytes a pool handle may have.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for what is no pool handle.
 */
export function readPoolOrElement(
  form: PoolOrElement,
  maximumBytes: number,
): {
  readonly poolHandle: Uint8Array;
  readonly poolElement: PoolElement | undefined;
} {
  if (typeof form === 'string' || form instanceof Uint8Array) {
    return { poolHandle: toPoolHandle(form, maximumBytes), poolElement: undefined };
  }
  const poolHandle = toPoolHandle(form.poolHandle, maximumBytes);
  return { poolHandle, poolElement: form.element.poolElement };
}

import type { ResolvedPool } from '@rserpool/asap';
import { formatPoolHandle, type IpAddress, type PoolElement, type PolicyParameter } from '@rserpool/wire';
import { addressText } from './address-text.ts';
import type { PoolHandleForm } from './text-forms.ts';

/** An element of a resolved pool, with what an application needs to reach it by its own means. */
export interface ResolvedElement {
  /** The pool element identifier; with the pool handle it names the element. */
  readonly identifier: number;
  /** The protocol of the service: `sctp`, `tcp`, `udp` and so on, or `opaque`. */
  readonly protocol: PoolElement['userTransport']['protocol'];
  /** The addresses as text, the preferred one first; empty for an opaque transport. */
  readonly addresses: readonly string[];
  /** The port of the service; 0 for an opaque transport. */
  readonly port: number;
  /** Everything that the registrar said. */
  readonly poolElement: PoolElement;
}

/** The answer to a resolution. */
export interface PoolResolution {
  /** The pool. */
  readonly poolHandle: Uint8Array;
  /** The pool as text: printable as it is, otherwise in hex. */
  readonly poolHandleText: string;
  /** The policy of the pool. */
  readonly policy: PolicyParameter;
  /** The elements in the order that the registrar chose by the policy. */
  readonly elements: readonly ResolvedElement[];
  /** Whether the cache answered. */
  readonly fromCache: boolean;
}

/**
 * Adds the text forms to an element.
 *
 * @param poolElement - What the registrar said.
 */
export function toResolvedElement(poolElement: PoolElement): ResolvedElement {
  const { identifier, userTransport } = poolElement;
  const { protocol } = userTransport;
  if (userTransport.protocol === 'opaque')
    return { identifier, protocol, addresses: [], port: 0, poolElement };
  const addresses =
    userTransport.protocol === 'sctp'
      ? textForms(userTransport.addresses)
      : [addressText(userTransport.address)];
  return { identifier, protocol, addresses, port: userTransport.port, poolElement };
}

/** Nearly all elements have one address: an array of one is made faster than any other. */
function textForms(addresses: readonly IpAddress[]): string[] {
  const [first] = addresses;
  return addresses.length === 1 && first !== undefined ? [addressText(first)] : addresses.map(addressText);
}

/** Texts that are their own readable form, as {@link formatPoolHandle} has it: printable ASCII. */
const isPlain = /^[ -~]+$/;

/**
 * Adds the text forms to a resolved pool.
 *
 * @param pool - What the registrar or the cache said.
 * @param form - The pool as the application named it, where it did.
 */
export function toPoolResolution(pool: ResolvedPool, form?: PoolHandleForm): PoolResolution {
  return {
    poolHandle: pool.poolHandle,
    poolHandleText: typeof form === 'string' && isPlain.test(form) ? form : formatPoolHandle(pool.poolHandle),
    policy: pool.policy,
    elements: pool.poolElements.map(toResolvedElement),
    fromCache: pool.fromCache,
  };
}

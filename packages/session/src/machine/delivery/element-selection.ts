import type { ResolvedPool } from '@rserpool/asap';
import { bytesEqual, bytesToHex, type PoolElement } from '@rserpool/wire';
import type { BusinessCard } from '../business-card.ts';
import { isUsable, type SessionProtocol } from '../element-choice.ts';
import type { PoolSelectors } from '../pool-selectors.ts';
import type { DeliveryCopy } from './delivery-copy.ts';
import type { DeliveryTarget } from './delivery-types.ts';

/** Of how many pools the last element is remembered; the pool that was sent to longest ago goes first. */
const maximumPools = 1024;

/**
 * Which elements of a pool get a message: one by the policy (RFC 5352 section 6.5.2), the one that got the last message
 * (ASAP_SEND_TO_LAST), or all but the sender itself (ASAP_SEND_TO_ALL, ASAP_SEND_TO_SELF).
 */
export class ElementSelection {
  readonly #selectors: PoolSelectors;
  readonly #protocols: readonly SessionProtocol[];
  readonly #ownCard: (() => BusinessCard | undefined) | undefined;
  readonly #last: Map<string, number> = new Map();

  /**
   * @param selectors - The policies' state, shared with the sessions of the pool user.
   * @param protocols - What can be reached.
   * @param ownCard - The card of the element that the pool user is part of.
   */
  constructor(
    selectors: PoolSelectors,
    protocols: readonly SessionProtocol[],
    ownCard: (() => BusinessCard | undefined) | undefined,
  ) {
    this.#selectors = selectors;
    this.#protocols = protocols;
    this.#ownCard = ownCard;
  }

  /**
   * Chooses one element.
   *
   * @param pool - The pool as a registrar or the cache has it.
   * @param copy - What is to be sent: elements that failed it are left out, and the order of the lost one's business
   *   card goes before the policy (section 3.9 BC2).
   */
  one(pool: ResolvedPool, copy: DeliveryCopy): DeliveryTarget | undefined {
    this.#selectors.offer(pool);
    const candidates = new Map<number, PoolElement>();
    for (const element of this.#usable(pool)) {
      if (!copy.tried.has(element.identifier)) candidates.set(element.identifier, element);
    }
    const last = copy.delivery.toLast ? this.#last.get(bytesToHex(pool.poolHandle)) : undefined;
    const wanted = last === undefined ? copy.preferred : [last, ...copy.preferred];
    const preferred = wanted.find((identifier) => candidates.has(identifier));
    const poolElement =
      preferred === undefined
        ? this.#selectors.select(pool.poolHandle, ({ identifier }) => !candidates.has(identifier))
        : candidates.get(preferred);
    return poolElement === undefined ? undefined : targetOf(pool.poolHandle, poolElement);
  }

  /**
   * All elements that can be reached. The policy has no say in it, and its state stays as it is.
   *
   * @param pool - The pool.
   * @param withSelf - Whether the sender itself is among them.
   * @returns The elements, or `undefined` where none can be reached.
   */
  all(pool: ResolvedPool, withSelf: boolean): DeliveryTarget[] | undefined {
    const usable = this.#usable(pool);
    if (usable.length === 0) return undefined;
    const own = this.#ownCard?.();
    const [self] = own !== undefined && bytesEqual(own.poolHandle, pool.poolHandle) ? own.poolElements : [];
    return usable
      .filter(({ identifier }) => withSelf || identifier !== self?.identifier)
      .map((poolElement) => targetOf(pool.poolHandle, poolElement));
  }

  /**
   * An element got a message.
   *
   * @param target - The element; a transport address has no pool.
   */
  sent({ element }: DeliveryTarget): void {
    if (element === undefined) return;
    const key = bytesToHex(element.poolHandle);
    this.#last.delete(key);
    this.#last.set(key, element.poolElement.identifier);
    const [oldest] = this.#last.keys();
    if (this.#last.size > maximumPools && oldest !== undefined) this.#last.delete(oldest);
  }

  #usable({ poolElements }: ResolvedPool): PoolElement[] {
    return poolElements.filter(({ userTransport }) => isUsable(userTransport, this.#protocols));
  }
}

/**
 * An element as a target.
 *
 * @param poolHandle - Its pool.
 * @param poolElement - The element.
 */
export function targetOf(poolHandle: Uint8Array, poolElement: PoolElement): DeliveryTarget {
  return { transport: poolElement.userTransport, element: { poolHandle, poolElement } };
}

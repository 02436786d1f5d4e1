import { bytesToHex, type PoolElement } from '@rserpool/wire';
import { internetChecksum, paddedBlock } from './internet-checksum.fixture.ts';

/** One element of the oracle. */
export interface NaiveElement {
  readonly poolHandle: Uint8Array;
  poolElement: PoolElement;
  expiry: number | undefined;
  marked: boolean;
}

/**
 * The oracle: a handlespace as one would write it without a thought for speed. One array in the order of
 * registration, everything else is searched for and computed from scratch.
 */
export class NaiveHandlespace {
  elements: NaiveElement[] = [];

  pool(poolHandle: Uint8Array): NaiveElement[] {
    const hex = bytesToHex(poolHandle);
    return this.elements.filter((element) => bytesToHex(element.poolHandle) === hex);
  }

  pools(): string[] {
    return [...new Set(this.elements.map((element) => bytesToHex(element.poolHandle)))].toSorted();
  }

  find(poolHandle: Uint8Array, identifier: number): NaiveElement | undefined {
    return this.pool(poolHandle).find(({ poolElement }) => poolElement.identifier === identifier);
  }

  ownedBy(homeRegistrar: number): NaiveElement[] {
    return this.elements.filter(({ poolElement }) => poolElement.homeRegistrar === homeRegistrar);
  }

  /** Whether the pool would take the element (RFC 5352 section 3.1 rules 1 to 3). */
  accepts(poolHandle: Uint8Array, poolElement: PoolElement): boolean {
    const first = this.pool(poolHandle)[0]?.poolElement;
    return (
      first === undefined ||
      (first.policy.type === poolElement.policy.type &&
        first.userTransport.protocol === poolElement.userTransport.protocol)
    );
  }

  register(poolHandle: Uint8Array, poolElement: PoolElement): void {
    const known = this.find(poolHandle, poolElement.identifier);
    if (known === undefined) {
      this.elements.push({ poolHandle, poolElement, expiry: undefined, marked: false });
    } else {
      known.poolElement = poolElement;
      known.marked = false;
    }
  }

  remove(element: NaiveElement): void {
    this.elements = this.elements.filter((other) => other !== element);
  }

  setHomeRegistrar(element: NaiveElement, homeRegistrar: number): void {
    if (element.poolElement.homeRegistrar === homeRegistrar) return;
    element.poolElement = { ...element.poolElement, homeRegistrar };
    element.marked = false;
  }

  checksum(homeRegistrar: number): number {
    return internetChecksum(
      this.ownedBy(homeRegistrar).map(({ poolHandle, poolElement }) =>
        paddedBlock(poolHandle, poolElement.identifier),
      ),
    );
  }
}

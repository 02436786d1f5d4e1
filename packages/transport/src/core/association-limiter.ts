import { bytesToHex, type IpAddress } from '@rserpool/wire';

/** Counts associations of an endpoint, those being set up included, in total and for each remote address. */
export class AssociationLimiter {
  readonly #maximum: number;
  readonly #maximumPerAddress: number;
  readonly #counts: Map<string, number> = new Map();
  #total = 0;

  constructor(maximum: number, maximumPerAddress: number) {
    this.#maximum = maximum;
    this.#maximumPerAddress = maximumPerAddress;
  }

  /**
   * Takes a place, or returns the name of the limit that is reached.
   *
   * @param address - The remote address.
   */
  acquire(address: IpAddress): 'maximumAssociations' | 'maximumAssociationsPerAddress' | undefined {
    const key = bytesToHex(address);
    const count = this.#counts.get(key) ?? 0;
    if (this.#total >= this.#maximum) return 'maximumAssociations';
    if (count >= this.#maximumPerAddress) return 'maximumAssociationsPerAddress';
    this.#total += 1;
    this.#counts.set(key, count + 1);
    return undefined;
  }

  /**
   * Gives a place back.
   *
   * @param address - The remote address that it was taken for.
   */
  release(address: IpAddress): void {
    const key = bytesToHex(address);
    const count = this.#counts.get(key) ?? 0;
    if (count === 0) return;
    this.#total -= 1;
    if (count === 1) this.#counts.delete(key);
    else this.#counts.set(key, count - 1);
  }
}

import { formatIpAddress, type IpAddress } from '@rserpool/wire';
import { addressFromSystem } from '@rserpool/transport/internal';

/** How many addresses are remembered; a flood from made-up ones costs no more memory than that. */
const maximumRemembered = 4096;

/**
 * Converts addresses to the system's text and back, once for each: a packet comes and goes with every few messages, and
 * parsing its address would cost more than the rest.
 */
export class AddressTexts {
  readonly #texts: WeakMap<IpAddress, string> = new WeakMap();
  readonly #addresses: Map<string, IpAddress> = new Map();

  /**
   * An address as the system wants it.
   *
   * @param address - The address; it must not change afterwards.
   */
  text(address: IpAddress): string {
    const known = this.#texts.get(address);
    if (known !== undefined) return known;
    const text = formatIpAddress(address);
    this.#texts.set(address, text);
    return text;
  }

  /**
   * An address as the system wrote it; the same object for the same text, as long as it is remembered.
   *
   * @param text - Such as `192.0.2.1` or `fe80::1%eth0`.
   */
  address(text: string): IpAddress {
    const known = this.#addresses.get(text);
    if (known !== undefined) return known;
    if (this.#addresses.size >= maximumRemembered) this.#addresses.clear();
    const address = addressFromSystem(text);
    this.#addresses.set(text, address);
    this.#texts.set(address, text);
    return address;
  }
}

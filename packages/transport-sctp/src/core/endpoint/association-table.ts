import type { AssociationId, IpAddress } from '@rserpool/wire';
import type { Association } from '../association/association.ts';
import { type TransportAddressKey, transportAddressKey } from './transport-address-key.ts';

/** All associations of an endpoint, by everything that they are looked for. */
export class AssociationTable {
  readonly #byId = new Map<AssociationId, Association>();
  readonly #byTag = new Map<number, Association>();
  readonly #byAddress = new Map<TransportAddressKey, Association>();
  readonly #countByAddress = new Map<TransportAddressKey, number>();

  /** How many there are. */
  get size(): number {
    return this.#byId.size;
  }

  /** By its name. */
  byId(id: AssociationId): Association | undefined {
    return this.#byId.get(id);
  }

  /** By this side's verification tag. */
  byTag(tag: number): Association | undefined {
    return this.#byTag.get(tag);
  }

  /** By an address and the port of the peer. */
  byAddress(address: IpAddress, port: number): Association | undefined {
    return this.#byAddress.get(transportAddressKey(address, port));
  }

  /** By the port and any one of some addresses of the peer. */
  byAnyAddress(addresses: readonly IpAddress[], port: number): Association | undefined {
    for (const address of addresses) {
      const association = this.byAddress(address, port);
      if (association !== undefined) return association;
    }
    return undefined;
  }

  /** How many associations have their primary path to an address when they are made. */
  countOf(address: IpAddress): number {
    return this.#countByAddress.get(transportAddressKey(address, 0)) ?? 0;
  }

  /** All of them; a copy. */
  all(): Association[] {
    return [...this.#byId.values()];
  }

  /** Adds an association with its tag and its addresses. */
  add(association: Association): void {
    this.#byId.set(association.id, association);
    this.#byTag.set(association.localTag, association);
    const key = transportAddressKey(association.countedAddress, 0);
    this.#countByAddress.set(key, (this.#countByAddress.get(key) ?? 0) + 1);
    for (const path of association.paths.all) this.addAddress(association, path.destination);
  }

  /** Takes an association out. */
  remove(association: Association): void {
    this.#byId.delete(association.id);
    this.#byTag.delete(association.localTag);
    const key = transportAddressKey(association.countedAddress, 0);
    const count = (this.#countByAddress.get(key) ?? 1) - 1;
    if (count > 0) this.#countByAddress.set(key, count);
    else this.#countByAddress.delete(key);
    for (const path of association.paths.all) this.removeAddress(association, path.destination);
  }

  /** Adds an address of the peer. */
  addAddress(association: Association, address: IpAddress): void {
    this.#byAddress.set(transportAddressKey(address, association.peerPort), association);
  }

  /** Takes an address of the peer out. */
  removeAddress(association: Association, address: IpAddress): void {
    const key = transportAddressKey(address, association.peerPort);
    if (this.#byAddress.get(key) === association) this.#byAddress.delete(key);
  }

  /** Gives an association another tag (restart). */
  changeTag(association: Association, tag: number): void {
    this.#byTag.delete(association.localTag);
    association.localTag = tag;
    this.#byTag.set(tag, association);
  }
}

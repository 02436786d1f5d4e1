import type { ElementReference } from '@rserpool/handlespace';
import type { AssociationId, RemoteEndpoint, SctpTransport } from '@rserpool/wire';
import { bytesToHex, TransportUse } from '@rserpool/wire';
import type { AsapRegistrarLimits } from './asap-registrar-limits.ts';
import { TokenBucket } from './token-bucket.ts';

/** What a registrar knows of one association. */
export interface RegistrarAssociation {
  /** Its number. */
  readonly id: AssociationId;
  /** The other end. */
  remote: RemoteEndpoint;
  /** The other end as what elements that register over this association get as their ASAP transport. */
  asapTransport: SctpTransport;
  /** Whether this registrar opened it. */
  readonly openedHere: boolean;
  /** Whether it is up; else it is being opened. */
  isUp: boolean;
  /** The own elements that are reached over it. */
  readonly elements: Set<ElementReference>;
  /** The elements with an unanswered keep-alive on it, or one that waits for it to come up. */
  readonly probed: Set<ElementReference>;
  /** How many reports it may send. */
  readonly reports: TokenBucket;
  /** How many handle resolutions it may send. */
  readonly resolutions: TokenBucket;
}

/** The associations of a registrar, found by number or by the other end's transport addresses. */
export class AssociationTable {
  readonly #associations: Map<AssociationId, RegistrarAssociation> = new Map();
  readonly #byAddress: Map<string, RegistrarAssociation> = new Map();
  /** How many were accepted from each address. */
  readonly #accepted: Map<string, number> = new Map();
  readonly #limits: AsapRegistrarLimits;
  readonly #removed: (association: AssociationId) => void;

  /**
   * @param limits - What each association may do.
   * @param removed - Is told of each association that is taken out.
   */
  constructor(limits: AsapRegistrarLimits, removed: (association: AssociationId) => void) {
    this.#limits = limits;
    this.#removed = removed;
  }

  /** How many there are, those being opened included. */
  get size(): number {
    return this.#associations.size;
  }

  /** All of them. */
  all(): Iterable<RegistrarAssociation> {
    return this.#associations.values();
  }

  /** How many were accepted from the address of an endpoint that most came from. */
  acceptedFrom(remote: RemoteEndpoint): number {
    let most = 0;
    for (const address of remote.addresses) {
      most = Math.max(most, this.#accepted.get(bytesToHex(address)) ?? 0);
    }
    return most;
  }

  /** The one with a number. */
  get(id: AssociationId): RegistrarAssociation | undefined {
    return this.#associations.get(id);
  }

  /** Adds one that was accepted (up) or is being opened. */
  add(id: AssociationId, remote: RemoteEndpoint, openedHere: boolean): RegistrarAssociation {
    const former = this.#associations.get(id);
    if (former !== undefined) this.remove(former);
    const association: RegistrarAssociation = {
      id,
      remote,
      asapTransport: asapTransportOf(remote),
      openedHere,
      isUp: !openedHere,
      elements: new Set(),
      probed: new Set(),
      reports: new TokenBucket(this.#limits.maximumReportsPerSecond),
      resolutions: new TokenBucket(this.#limits.maximumResolutionsPerSecond),
    };
    this.#associations.set(id, association);
    for (const key of addressKeys(remote)) this.#byAddress.set(key, association);
    if (!openedHere) this.#count(remote, 1);
    return association;
  }

  /** One that was being opened is up. */
  up(association: RegistrarAssociation, remote: RemoteEndpoint): void {
    this.#unindex(association);
    association.isUp = true;
    association.remote = remote;
    association.asapTransport = asapTransportOf(remote);
    for (const key of addressKeys(remote)) this.#byAddress.set(key, association);
  }

  /** Takes one out. */
  remove(association: RegistrarAssociation): void {
    this.#associations.delete(association.id);
    this.#unindex(association);
    if (!association.openedHere) this.#count(association.remote, -1);
    this.#removed(association.id);
  }

  /** One to a transport address of the endpoint, up or being opened. */
  findTo(remote: RemoteEndpoint): RegistrarAssociation | undefined {
    for (const key of addressKeys(remote)) {
      const association = this.#byAddress.get(key);
      if (association !== undefined) return association;
    }
    return undefined;
  }

  #count(remote: RemoteEndpoint, change: 1 | -1): void {
    for (const address of remote.addresses) {
      const key = bytesToHex(address);
      const count = (this.#accepted.get(key) ?? 0) + change;
      if (count === 0) this.#accepted.delete(key);
      else this.#accepted.set(key, count);
    }
  }

  #unindex(association: RegistrarAssociation): void {
    for (const key of addressKeys(association.remote)) {
      if (this.#byAddress.get(key) === association) this.#byAddress.delete(key);
    }
  }
}

function asapTransportOf({ addresses, port }: RemoteEndpoint): SctpTransport {
  return { protocol: 'sctp', port, transportUse: TransportUse.dataOnly, addresses };
}

function addressKeys(remote: RemoteEndpoint): string[] {
  return remote.addresses.map((address) => `${String(remote.port)} ${bytesToHex(address)}`);
}

import type { ElementReference } from '@rserpool/handlespace';
import type { AssociationId, RemoteEndpoint, SctpTransport } from '@rserpool/wire';
import { bytesToHex, TransportUse } from '@rserpool/wire';

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
  /** When the present second of counting reports began. */
  reportsSince: number;
  /** How many reports came in that second. */
  reports: number;
}

/** The associations of a registrar, found by number or by the other end's transport addresses. */
export class AssociationTable {
  readonly #associations: Map<AssociationId, RegistrarAssociation> = new Map();
  readonly #byAddress: Map<string, RegistrarAssociation> = new Map();

  /** How many there are, those being opened included. */
  get size(): number {
    return this.#associations.size;
  }

  /** All of them. */
  all(): Iterable<RegistrarAssociation> {
    return this.#associations.values();
  }

  /** The one with a number. */
  get(id: AssociationId): RegistrarAssociation | undefined {
    return this.#associations.get(id);
  }

  /** Adds one that was accepted (up) or is being opened. */
  add(id: AssociationId, remote: RemoteEndpoint, openedHere: boolean): RegistrarAssociation {
    const association: RegistrarAssociation = {
      id,
      remote,
      asapTransport: asapTransportOf(remote),
      openedHere,
      isUp: !openedHere,
      elements: new Set(),
      probed: new Set(),
      reportsSince: Number.NEGATIVE_INFINITY,
      reports: 0,
    };
    this.#associations.set(id, association);
    for (const key of addressKeys(remote)) this.#byAddress.set(key, association);
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
  }

  /** One to a transport address of the endpoint, up or being opened. */
  findTo(remote: RemoteEndpoint): RegistrarAssociation | undefined {
    for (const key of addressKeys(remote)) {
      const association = this.#byAddress.get(key);
      if (association !== undefined) return association;
    }
    return undefined;
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

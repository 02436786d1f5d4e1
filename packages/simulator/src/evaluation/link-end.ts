import type { AsapMessage, AssociationId, EnrpMessage, RemoteEndpoint } from '@rserpool/wire';
import type { SessionMessage } from '@rserpool/session/machine';

/** Why an association ended. */
export type LinkLoss = 'aborted' | 'closed-by-peer' | 'connection-refused';

/** What travels on a link, by the protocol that its payload protocol identifier would name. */
export type Transmission =
  | { readonly protocol: 'asap'; readonly message: AsapMessage }
  | { readonly protocol: 'enrp'; readonly message: EnrpMessage }
  | { readonly protocol: 'data'; readonly message: SessionMessage };

/** Who has associations. */
export interface LinkOwner {
  /** Its name in traces. */
  readonly name: string;
  /** An association that it has opened is up. */
  linkUp(end: LinkEnd): void;
  /** A message came. */
  received(end: LinkEnd, transmission: Transmission): void;
  /** An association is gone. */
  linkLost(end: LinkEnd, reason: LinkLoss): void;
}

/** One end of an association. */
export class LinkEnd {
  /** Its number at its owner. */
  readonly id: AssociationId;
  /** Who has it. */
  readonly owner: LinkOwner;
  /** Where the other end is, as its owner sees it. */
  readonly remote: RemoteEndpoint;
  /** Whether its owner has accepted it; otherwise the owner has opened it. */
  readonly isInbound: boolean;
  /** The other end, once somebody has accepted it. */
  peer: LinkEnd | undefined = undefined;
  /** Whether its owner was told that it is up. */
  isUp = false;
  /** Whether it is closed, or its owner is gone: nothing arrives here any more. */
  isClosed = false;

  /**
   * @param id - Its number.
   * @param owner - Who has it.
   * @param remote - Where the other end is.
   * @param isInbound - Whether its owner has accepted it.
   */
  constructor(id: AssociationId, owner: LinkOwner, remote: RemoteEndpoint, isInbound: boolean) {
    this.id = id;
    this.owner = owner;
    this.remote = remote;
    this.isInbound = isInbound;
  }
}

import type { IpAddress, RemoteEndpoint } from '@rserpool/wire';

/** Options of {@link GroupNetwork.join}. */
export interface JoinGroupOptions {
  /**
   * The multicast address: 224.0.1.185 or FF0X::133 for ASAP announces (RFC 5352 section 8.4), a configured one for
   * ENRP (RFC 5353 section 3.3).
   */
  readonly group: IpAddress;
  /** The port that the group's datagrams are sent to, 1 .. 65535. */
  readonly port: number;
  /**
   * The port that this member's datagrams come from. A receiver may take it for the sender's service port (as the
   * reference does for announces). By default 0: any free one.
   */
  readonly localPort?: number;
  /** The address of the local interface to use; by default the system's choice for multicast. */
  readonly interfaceAddress?: IpAddress;
  /** How many routers a datagram may cross, 0 .. 255; 1 (this network only) by default. */
  readonly timeToLive?: number;
  /** Whether members on this host, this one included, receive the datagrams; true by default. */
  readonly loopback?: boolean;
  /** Gives up joining; the promise is rejected with `ERR_RSERPOOL_ABORTED`. */
  readonly signal?: AbortSignal;
}

/** Membership in a group: datagrams to and from all members, unreliable and unordered. */
export interface Group extends AsyncDisposable {
  /** The port that this member's datagrams come from. */
  readonly localPort: number;
  /**
   * Is given each datagram with the address and port that it came from (not authenticated in any way). Datagrams
   * that come before it is set are dropped. It must not throw.
   */
  onDatagram: ((data: Uint8Array, source: RemoteEndpoint) => void) | undefined;
  /**
   * Sends a datagram to all members. Failures are losses: nothing tells.
   *
   * @param data - At most 65507 bytes, sensibly at most what the network carries unfragmented.
   * @throws RserpoolError `ERR_RSERPOOL_MESSAGE_TOO_LONG`, `ERR_RSERPOOL_GROUP_CLOSED`.
   */
  send(data: Uint8Array): void;
  /** Leaves the group; never rejects. */
  close(): Promise<void>;
  /** The same as {@link close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** A network with groups: UDP multicast ({@link createUdpGroups}) or in memory. */
export interface GroupNetwork {
  /**
   * Joins a group.
   *
   * @param options - Which group, and from which local port and interface.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`, `ERR_RSERPOOL_ADDRESS_IN_USE`,
   *   `ERR_RSERPOOL_BIND_FAILED` (no such interface, no permission: the cause says), `ERR_RSERPOOL_ABORTED`.
   */
  join(options: JoinGroupOptions): Promise<Group>;
}

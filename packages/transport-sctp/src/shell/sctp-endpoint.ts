import type { IpAddress } from '@rserpool/wire';
import type { Endpoint } from '@rserpool/transport';
import type { SctpStatistics } from '../core/endpoint/sctp-statistics.ts';

/** An {@link Endpoint} of SCTP, with what SCTP can do beyond the contract. */
export interface SctpEndpoint extends Endpoint {
  /** What was counted since it was bound; it goes on counting. Absent where the kernel does SCTP: see /proc/net/sctp. */
  readonly statistics?: Readonly<SctpStatistics>;
  /**
   * Changes the local addresses under the associations that are up (RFC 5061): what is new is offered to every peer, and
   * what is gone is taken back, where the peer supports that. New associations use the new addresses in any case.
   *
   * @param addresses - All local addresses from now on, the preferred one first; at least one.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`, `ERR_RSERPOOL_ADDRESS_IN_USE`, `ERR_RSERPOOL_BIND_FAILED`,
   *   `ERR_RSERPOOL_ENDPOINT_CLOSED`; then nothing has changed.
   */
  setLocalAddresses(addresses: readonly IpAddress[]): Promise<void>;
}

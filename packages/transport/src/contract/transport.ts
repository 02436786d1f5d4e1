import type { AssociationSupport } from './association.ts';
import type { BindOptions, Endpoint } from './endpoint.ts';
import type { GroupNetwork } from './group.ts';

/**
 * A way to reach other hosts. Everything above uses this contract only, and `describeTransportCompliance` of
 * `@rserpool/transport/testing` certifies who fulfils it.
 */
export interface Transport {
  /** A short name for logs, such as `memory` or `framed-tcp`. */
  readonly name: string;
  /** What its associations can do. */
  readonly supports: AssociationSupport;
  /** Its groups (multicast); absent where it has none, then lists of registrars and peers are static. */
  readonly groups?: GroupNetwork;
  /**
   * Creates an endpoint.
   *
   * @param options - Addresses, port, limits.
   * @throws RserpoolError `ERR_RSERPOOL_ADDRESS_IN_USE`, `ERR_RSERPOOL_BIND_FAILED` (the cause says why),
   *   `ERR_RSERPOOL_INVALID_ARGUMENT`, `ERR_RSERPOOL_ABORTED`.
   */
  bind(options?: BindOptions): Promise<Endpoint>;
}

import type { AssociationId, RemoteEndpoint } from '@rserpool/wire';

/** The registrar that a pool element or pool user sends its requests to (RFC 5352 section 1.1). */
export interface HomeRegistrar {
  /** The association to it. */
  readonly association: AssociationId;
  /** Where it is; unknown if it opened the association and the shell did not say. */
  readonly remote: RemoteEndpoint | undefined;
  /** Its identifier: known from an ASAP_SERVER_ANNOUNCE or an ASAP_ENDPOINT_KEEP_ALIVE, else `undefined`. */
  readonly serverIdentifier: number | undefined;
}

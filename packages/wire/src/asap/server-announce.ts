import type { SctpTransport } from '../parameters/sctp-transport.ts';
import type { TcpTransport } from '../parameters/tcp-transport.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/** A registrar makes itself known (RFC 5352 section 2.2.10). */
export interface AsapServerAnnounce extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_SERVER_ANNOUNCE';
  /** Server Identifier of the sender, 32 bits unsigned. */
  readonly serverIdentifier: number;
  /** Where the registrar speaks ASAP; may be empty (the reference implementation sends none). */
  readonly transports: readonly (SctpTransport | TcpTransport)[];
}

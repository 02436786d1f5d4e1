import type { SctpTransport } from './sctp-transport.ts';
import type { ParameterContainer } from './unknown-parameter.ts';

/** A Server Information parameter (RFC 5354 section 3.11): one registrar. */
export interface ServerInformation extends ParameterContainer {
  /** Server ID, 32 bits unsigned, not 0. */
  readonly identifier: number;
  /** Where the registrar speaks ENRP. */
  readonly transport: SctpTransport;
}

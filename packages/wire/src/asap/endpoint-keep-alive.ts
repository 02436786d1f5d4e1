import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/** A registrar probes a pool element (RFC 5352 section 2.2.7). */
export interface AsapEndpointKeepAlive extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_ENDPOINT_KEEP_ALIVE';
  /** H flag: the sender wants to be the element's home registrar. */
  readonly home: boolean;
  /** Server Identifier of the sender, 32 bits unsigned. */
  readonly serverIdentifier: number;
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** PE Identifier, 32 bits unsigned; the reference implementation adds it, the RFC has none. */
  readonly poolElementIdentifier?: number;
}

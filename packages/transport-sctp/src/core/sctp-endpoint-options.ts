import type { AllocateAssociation, IpAddress, RandomSource } from '@rserpool/wire';
import type { SctpParameters } from './sctp-input.ts';

/** Computes an HMAC, synchronously. */
export type HmacFunction = (key: Uint8Array, data: Uint8Array) => Uint8Array;

/** Computes HMAC-SHA-256. */
export type HmacSha256 = HmacFunction;

/** Options of the machine of an SCTP endpoint. */
export interface SctpEndpointOptions {
  /** The SCTP port, 1 .. 65535. */
  readonly port: number;
  /** The local addresses, the preferred one first; at least one. */
  readonly addresses: readonly IpAddress[];
  /** Whether associations are accepted. */
  readonly listen: boolean;
  /** Names associations; the shell draws from the same one. */
  readonly allocate: AllocateAssociation;
  /** Numbers that nobody can guess: verification tags, initial TSNs, nonces, keys. */
  readonly random: RandomSource;
  /** Signs state cookies. */
  readonly hmac: HmacSha256;
  /**
   * HMAC-SHA-1, which whoever authenticates chunks has to have (RFC 4895 section 3.3); HMAC-SHA-256 is preferred. Without
   * it the endpoint offers neither AUTH nor the reconfiguration of addresses (RFC 5061).
   */
  readonly hmacSha1?: HmacFunction;
  /**
   * The UDP port at which a remote endpoint that nothing was heard of yet is reached (RFC 6951); 0 for no encapsulation.
   */
  readonly encapsulationPort: (address: IpAddress, port: number) => number;
  /** How many associations may exist at once; 10000 by default. */
  readonly maximumAssociations?: number;
  /** How many of them with one remote address; 1000 by default. */
  readonly maximumAssociationsPerAddress?: number;
  /** Protocol parameters that differ from the defaults. */
  readonly parameters?: Partial<SctpParameters>;
}

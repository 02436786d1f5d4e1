/**
 * TLS with a key that both sides were given (RFC 5352 section 9.2): mutual authentication among registrars, and between
 * registrars and pool elements. Having the key is the authorization.
 *
 * @example
 * ```ts
 * import { createFramedTcpTransport } from '@rserpool/transport';
 * import { randomBytes } from 'node:crypto';
 *
 * // The same key on all hosts of the scope, handed out by whoever runs it.
 * const key = randomBytes(32);
 * const transport = createFramedTcpTransport({ tls: { authentication: 'preSharedKey', identity: 'pool', key } });
 * ```
 */
export interface PreSharedKeyTls {
  /** By a key that both sides have. */
  readonly authentication: 'preSharedKey';
  /** The name of the key, 1 to 128 bytes in UTF-8; sent in the clear. */
  readonly identity: string;
  /** The key, 16 to 64 bytes, as random as a generator for cryptography makes them. */
  readonly key: Uint8Array;
  /**
   * Further keys that are accepted from others, by identity: the old one while a new one is handed out. None by default.
   */
  readonly acceptedKeys?: ReadonlyMap<string, Uint8Array>;
}

/**
 * TLS with certificates (RFC 5352 section 9.2): pool users authenticate registrars. A registrar needs `certificate` and
 * `privateKey`; a pool user needs `authorities` unless the registrar's certificate comes from one that the system trusts.
 *
 * @example
 * ```ts
 * import { createAsapTcpTransport } from '@rserpool/transport';
 * import { readFileSync } from 'node:fs';
 *
 * const forRegistrar = createAsapTcpTransport({
 *   tls: {
 *     authentication: 'certificate',
 *     certificate: readFileSync('registrar.pem', 'utf8'),
 *     privateKey: readFileSync('registrar.key', 'utf8'),
 *   },
 * });
 * const forPoolUser = createAsapTcpTransport({
 *   tls: { authentication: 'certificate', authorities: readFileSync('authority.pem', 'utf8') },
 * });
 * ```
 */
export interface CertificateTls {
  /** By certificates. */
  readonly authentication: 'certificate';
  /** The own certificate with its chain, PEM. Needed to listen. */
  readonly certificate?: string;
  /** The private key of the certificate, PEM. */
  readonly privateKey?: string;
  /** The passphrase of the private key, where it has one. */
  readonly passphrase?: string;
  /** The root certificates of the authorities that are trusted, PEM; those of Node.js by default. */
  readonly authorities?: string | readonly string[];
  /**
   * The DNS name that the certificate of who is connected to has to have. By default the certificate has to have the IP
   * address that was connected to (RFC 5352 section 9.2: the reference identity).
   */
  readonly serverName?: string;
}

/** How connections are protected by TLS over TCP (RFC 5352 section 9.2, RFC 5353 section 6.2). */
export type TlsOptions = PreSharedKeyTls | CertificateTls;

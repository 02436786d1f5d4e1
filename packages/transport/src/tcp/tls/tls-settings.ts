import { createSecureContext, type SecureContext } from 'node:tls';
import { RserpoolError } from '@rserpool/wire';
import type { CertificateTls, PreSharedKeyTls, TlsOptions } from './tls-options.ts';

/**
 * TLS 1.2 with fresh keys for each connection, so that who learns the pre-shared key later cannot read what was recorded;
 * behind them the plain ones, for peers that have no others.
 */
const preSharedKeyCiphers = [
  'ECDHE-PSK-CHACHA20-POLY1305',
  'ECDHE-PSK-AES128-CBC-SHA256',
  'DHE-PSK-AES128-GCM-SHA256',
  'PSK-AES128-GCM-SHA256',
  'PSK-AES128-CBC-SHA256',
].join(':');

const shortestKeyBytes = 16;
const longestKeyBytes = 64;
const longestIdentityBytes = 128;

/** The checked options, with what is made of them once for all connections. */
export interface TlsSettings {
  /** The options. */
  readonly options: TlsOptions;
  /** Certificates, keys and cipher suites. */
  readonly context: SecureContext;
}

/**
 * Checks the options for TLS.
 *
 * @param options - What the caller gave.
 * @returns `undefined` where the caller gave none.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for a key or an identity of a wrong length, and for certificates or
 *   keys that cannot be read; the cause says why.
 */
export function tlsSettings(options: TlsOptions | undefined): TlsSettings | undefined {
  if (options === undefined) return undefined;
  const context =
    options.authentication === 'preSharedKey' ? preSharedKeyContext(options) : certificateContext(options);
  return { options, context };
}

function preSharedKeyContext(options: PreSharedKeyTls): SecureContext {
  checkKey(options.identity, options.key);
  for (const [identity, key] of options.acceptedKeys ?? []) checkKey(identity, key);
  // The callback for pre-shared keys belongs to TLS 1.2: version 1.3 means resumption by the same words.
  return createSecureContext({ ciphers: preSharedKeyCiphers, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' });
}

function checkKey(identity: string, key: Uint8Array): void {
  const identityBytes = Buffer.byteLength(identity);
  if (identityBytes < 1 || identityBytes > longestIdentityBytes) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `the identity of a pre-shared key has ${identityBytes} bytes; give it a name of 1 to ${longestIdentityBytes}`,
    );
  }
  if (key.length >= shortestKeyBytes && key.length <= longestKeyBytes) return;
  throw new RserpoolError(
    'ERR_RSERPOOL_INVALID_ARGUMENT',
    `the pre-shared key '${identity}' has ${key.length} bytes; give it ${shortestKeyBytes} to ${longestKeyBytes} random ones`,
  );
}

function certificateContext(options: CertificateTls): SecureContext {
  const { certificate, privateKey, passphrase, authorities } = options;
  if ((certificate === undefined) !== (privateKey === undefined)) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      'a certificate and its private key belong together; give both, or neither to connect only',
    );
  }
  try {
    // TLS_RSA_WITH_AES_128_CBC_SHA, which RFC 5352 section 9.2 demands, is among the suites that Node.js offers last.
    return createSecureContext({
      minVersion: 'TLSv1.2',
      ...(certificate === undefined ? {} : { cert: certificate, key: privateKey }),
      ...(passphrase === undefined ? {} : { passphrase }),
      ...(authorities === undefined
        ? {}
        : { ca: typeof authorities === 'string' ? authorities : [...authorities] }),
    });
  } catch (cause) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `the certificates or the private key cannot be used (${cause instanceof Error ? cause.message : String(cause)}); check the PEM files and the passphrase`,
      { cause },
    );
  }
}

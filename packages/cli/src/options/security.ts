import { readFileSync } from 'node:fs';
import type { CertificateTls, PreSharedKeyTls } from '@rserpool/transport';
import { type Command, InvalidArgumentError, Option } from 'commander';

/** What the options for TLS have found. */
export interface SecurityOptions {
  /** Keys that registrars and pool elements share. */
  readonly pskFile?: PreSharedKeyTls;
  /** PEM: the certificate that pool users are shown. */
  readonly tlsCertificate?: string;
  /** PEM: its private key. */
  readonly tlsPrivateKey?: string;
  /** PEM: the authorities that are trusted. */
  readonly tlsAuthority?: string;
  /** The name that the certificate has to have. */
  readonly tlsServerName?: string;
}

/**
 * Adds the option for TLS with pre-shared keys (RFC 5352 section 9.2).
 *
 * @param command - The command that talks to registrars or elements.
 */
export function addPreSharedKeys(command: Command): Command {
  return command.addOption(
    new Option(
      '--psk-file <file>',
      'use TLS with pre-shared keys: lines identity:hexadecimal key, the own one first',
    ).argParser(preSharedKeys),
  );
}

/**
 * Adds the options of a server whose certificate pool users authenticate (RFC 5352 section 9.2).
 *
 * @param command - The command that runs the server.
 */
export function addServerCertificate(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--tls-certificate <file>',
        'serve --pool-users over TLS with this certificate, PEM',
      ).argParser(contentOf),
    )
    .addOption(
      new Option('--tls-private-key <file>', 'the private key of the certificate, PEM').argParser(contentOf),
    );
}

/**
 * Adds the options of a client that authenticates a server by its certificate.
 *
 * @param command - The command that connects.
 */
export function addTrustedAuthority(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--tls-authority <file>',
        'with --tcp: use TLS, and trust certificates of these authorities, PEM',
      ).argParser(contentOf),
    )
    .option('--tls-server-name <name>', 'the name in the certificate (default: the address)');
}

/** The certificate that pool users are shown, or `undefined` where they are served without TLS. */
export function serverCertificate({
  tlsCertificate,
  tlsPrivateKey,
}: SecurityOptions): CertificateTls | undefined {
  if (tlsCertificate === undefined && tlsPrivateKey === undefined) return undefined;
  return {
    authentication: 'certificate',
    ...(tlsCertificate !== undefined && { certificate: tlsCertificate }),
    ...(tlsPrivateKey !== undefined && { privateKey: tlsPrivateKey }),
  };
}

/** Whom to trust, or `undefined` where TLS is not asked for. */
export function trustedAuthority({
  tlsAuthority,
  tlsServerName,
}: SecurityOptions): CertificateTls | undefined {
  if (tlsAuthority === undefined) return undefined;
  return {
    authentication: 'certificate',
    authorities: tlsAuthority,
    ...(tlsServerName !== undefined && { serverName: tlsServerName }),
  };
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InvalidArgumentError(`'${path}' cannot be read (${String(error)}); allowed is a file.`);
  }
}

function preSharedKeys(path: string): PreSharedKeyTls {
  const lines = contentOf(path)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const keys = lines.map((line) => keyOf(line, path));
  const [own, ...others] = keys;
  if (own === undefined)
    throw new InvalidArgumentError(`'${path}' has no key; allowed are lines identity:key.`);
  const [identity, key] = own;
  return { authentication: 'preSharedKey', identity, key, acceptedKeys: new Map(others) };
}

/** As in the files of OpenSSL and GnuTLS: the name, a colon, and the bytes in hexadecimal digits. */
function keyOf(line: string, path: string): [string, Uint8Array] {
  const found = /^(?<identity>[^:]+):(?<digits>(?:[\da-f]{2})+)$/iu.exec(line);
  const { identity = '', digits = '' } = found?.groups ?? {};
  if (found === null)
    throw new InvalidArgumentError(
      `'${path}' has a line without a key; allowed is identity:hexadecimal digits.`,
    );
  return [identity, Uint8Array.from(Buffer.from(digits, 'hex'))];
}

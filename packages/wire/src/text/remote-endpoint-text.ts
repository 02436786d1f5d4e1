import type { RemoteEndpoint } from '../machine/network.ts';
import { RserpoolError } from '../rserpool-error.ts';
import { formatIpAddress, parseIpAddress } from './ip-address-text.ts';

/**
 * Reads an endpoint from text: `192.0.2.1:3863`, `[2001:db8::1]:3863` or, with a default port, an address alone. A
 * multi-homed one has several, separated by commas or spaces, the preferred one first; they have one port, which need
 * not be repeated: `192.0.2.1,[2001:db8::1]:3863`.
 *
 * @param text - Addresses and port.
 * @param defaultPort - The port where the text has none, 1 .. 65535; without it the text has to have one.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for anything else; names are not resolved.
 *
 * @example
 * ```ts
 * import { asapPort, parseRemoteEndpoint } from '@rserpool/wire';
 *
 * console.log(parseRemoteEndpoint('192.0.2.1', asapPort).port); // 3863
 * ```
 */
export function parseRemoteEndpoint(text: string, defaultPort?: number): RemoteEndpoint {
  const places = text.split(/[ ,]/u).map(split);
  const ports = places.flatMap(({ portText }) => (portText === undefined ? [] : [parsePort(portText)]));
  const port = ports.length === 0 ? defaultPort : ports[0];
  if (port === undefined || ports.some((other) => other !== port)) throw invalid(text, defaultPort);
  try {
    return { addresses: places.map(({ address }) => parseIpAddress(address)), port };
  } catch (cause) {
    throw invalid(text, defaultPort, cause);
  }
}

/**
 * Writes an endpoint as text: each address with the port, separated by spaces, as {@link parseRemoteEndpoint} reads it.
 *
 * @param endpoint - The endpoint.
 */
export function formatRemoteEndpoint(endpoint: RemoteEndpoint): string {
  return endpoint.addresses
    .map((address) => {
      const text = formatIpAddress(address);
      return address.length === 16 ? `[${text}]:${endpoint.port}` : `${text}:${endpoint.port}`;
    })
    .join(' ');
}

function split(text: string): { address: string; portText?: string } {
  const close = text.indexOf(']');
  if (text.startsWith('[') && close > 0) {
    const rest = text.slice(close + 1);
    if (rest === '') return { address: text.slice(1, close) };
    return { address: text.slice(1, close), portText: rest.startsWith(':') ? rest.slice(1) : '' };
  }
  const colon = text.indexOf(':');
  // Several colons without brackets are an IPv6 address alone.
  if (colon === -1 || colon !== text.lastIndexOf(':')) return { address: text };
  return { address: text.slice(0, colon), portText: text.slice(colon + 1) };
}

function parsePort(text: string): number | undefined {
  if (text.length === 0 || text.length > 5) return undefined;
  for (const digit of text) if (digit < '0' || digit > '9') return undefined;
  const port = Number(text);
  return port <= 65535 ? port : undefined;
}

function invalid(text: string, defaultPort: number | undefined, cause?: unknown): RserpoolError {
  const forms = defaultPort === undefined ? '' : ' or an address alone';
  const message = `'${text}' is no endpoint; write 192.0.2.1:3863, [2001:db8::1]:3863${forms}, with a port up to 65535; several addresses of one endpoint are separated by commas`;
  return new RserpoolError(
    'ERR_RSERPOOL_INVALID_ARGUMENT',
    message,
    cause === undefined ? undefined : { cause },
  );
}

import { parseIpAddress, type RemoteEndpoint, RserpoolError } from '@rserpool/wire';
import { InvalidArgumentError } from 'commander';

/** The forms that {@link remoteEndpoint} takes, for help texts. */
export const endpointForms = 'ADDRESS:PORT, [IPV6]:PORT or ADDRESS';

/**
 * A parser for an option that names an endpoint.
 *
 * @param defaultPort - The port where the text names none.
 * @returns A function from text to endpoint, which throws commander's `InvalidArgumentError`.
 */
export function remoteEndpoint(defaultPort: number): (text: string) => RemoteEndpoint {
  return (text) => {
    const { address, port } = splitPort(text, defaultPort);
    try {
      return { addresses: [parseIpAddress(address)], port };
    } catch (error) {
      if (!RserpoolError.is(error)) throw error;
      throw new InvalidArgumentError(`'${address}' is no IP address; allowed is ${endpointForms}.`);
    }
  };
}

/**
 * The same for an option that may be given several times.
 *
 * @param defaultPort - The port where the text names none.
 */
export function remoteEndpoints(
  defaultPort: number,
): (text: string, previous: readonly RemoteEndpoint[] | undefined) => readonly RemoteEndpoint[] {
  const parse = remoteEndpoint(defaultPort);
  return (text, previous) => [...(previous ?? []), parse(text)];
}

function splitPort(text: string, defaultPort: number): { address: string; port: number } {
  const match = /^\[(?<v6>[^\]]*)\](?::(?<v6port>.*))?$|^(?<v4>[^:]*):(?<v4port>[^:]*)$/u.exec(text);
  const groups = match?.groups;
  if (groups === undefined) return { address: text, port: defaultPort };
  const portText = groups['v6port'] ?? groups['v4port'];
  return {
    address: groups['v6'] ?? groups['v4'] ?? '',
    port: portText === undefined ? defaultPort : parsePort(portText),
  };
}

/**
 * A port number.
 *
 * @param text - Digits.
 * @throws InvalidArgumentError for anything but 0 .. 65535.
 */
export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/u.test(text) && port <= 65535) return port;
  throw new InvalidArgumentError(`'${text}' is no port; allowed is 0 to 65535.`);
}

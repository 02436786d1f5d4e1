import { parseRemoteEndpoint, type RemoteEndpoint, RserpoolError } from '@rserpool/wire';
import { InvalidArgumentError } from 'commander';

/** The forms that {@link remoteEndpoint} takes, for help texts. */
export const endpointForms =
  'ADDRESS:PORT, [IPV6]:PORT or ADDRESS; several addresses of one endpoint with commas';

/**
 * A parser for an option that names an endpoint.
 *
 * @param defaultPort - The port where the text names none.
 * @param leastPort - 0 for an own endpoint, where it means any free port; nobody can be reached at it.
 * @returns A function from text to endpoint, which throws commander's `InvalidArgumentError`.
 */
export function remoteEndpoint(defaultPort: number, leastPort: 0 | 1 = 1): (text: string) => RemoteEndpoint {
  return (text) => {
    const endpoint = parse(text, defaultPort);
    if (endpoint !== undefined && endpoint.port >= leastPort) return endpoint;
    throw new InvalidArgumentError(
      `Allowed is ${endpointForms}; addresses in digits, with a port from ${leastPort} to 65535.`,
    );
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
  const parseOne = remoteEndpoint(defaultPort);
  return (text, previous) => [...(previous ?? []), parseOne(text)];
}

function parse(text: string, defaultPort: number): RemoteEndpoint | undefined {
  try {
    return parseRemoteEndpoint(text, defaultPort);
  } catch (error) {
    if (!RserpoolError.is(error)) throw error;
    return undefined;
  }
}

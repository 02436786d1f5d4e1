import { parseRemoteEndpoint, type RemoteEndpoint, RserpoolError } from '@rserpool/wire';
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
    try {
      return parseRemoteEndpoint(text, defaultPort);
    } catch (error) {
      if (!RserpoolError.is(error)) throw error;
      throw new InvalidArgumentError(`Allowed is ${endpointForms}, with a port from 0 to 65535.`);
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

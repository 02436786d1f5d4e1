import { createSocket } from 'node:dgram';
import {
  formatIpAddress,
  type IpAddress,
  parseIpAddress,
  type RemoteEndpoint,
  RserpoolError,
} from '@rserpool/wire';
import { type Command, InvalidArgumentError, Option } from 'commander';

/** From which addresses a command speaks. */
export interface LocalCommandOptions {
  readonly local?: readonly IpAddress[];
}

/**
 * Adds the option of {@link LocalCommandOptions}.
 *
 * @param command - A command that asks others.
 * @param otherwise - Which ones it speaks from where none are named.
 */
export function addLocal(command: Command, otherwise: string): Command {
  return command.addOption(
    new Option(
      '--local <addresses>',
      `the local addresses to speak from, with commas (default: ${otherwise})`,
    ).argParser(parseAddresses),
  );
}

/**
 * The local addresses to be a peer of somebody from: the transport would take those of loopback for an endpoint that can be
 * reached.
 *
 * @param options - The option of the command.
 * @param remotes - Who is spoken to.
 * @returns The addresses that were named, or those that the system's routes lead from; `undefined` where nobody is known.
 */
export async function localAddressesFor(
  { local }: LocalCommandOptions,
  remotes: readonly RemoteEndpoint[],
): Promise<readonly IpAddress[] | undefined> {
  if (local !== undefined) return local;
  const sources = await Promise.all(remotes.flatMap(({ addresses }) => addresses).map(sourceTowards));
  const unique = new Set(sources.filter((source) => source !== undefined));
  return unique.size === 0 ? undefined : [...unique].map((text) => parseIpAddress(text));
}

/** Connecting a UDP socket sends nothing, but asks for the route. */
async function sourceTowards(remote: IpAddress): Promise<string | undefined> {
  const socket = createSocket(remote.length === 4 ? 'udp4' : 'udp6');
  try {
    return await new Promise<string | undefined>((resolve) => {
      socket.once('error', () => resolve(undefined));
      // Any port does.
      socket.connect(9, formatIpAddress(remote), () => resolve(socket.address().address));
    });
  } finally {
    socket.close();
  }
}

function parseAddresses(text: string): readonly IpAddress[] {
  try {
    return text.split(',').map((address) => parseIpAddress(address));
  } catch (error) {
    if (!RserpoolError.is(error)) throw error;
    throw new InvalidArgumentError(`'${text}' is no list of addresses; allowed are IPv4 and IPv6 in digits.`);
  }
}

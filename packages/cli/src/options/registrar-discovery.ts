import { asapPort, type RemoteEndpoint } from '@rserpool/wire';
import { type Command, Option } from 'commander';
import { type AnnounceGroup, announceGroup } from './announce-group.ts';
import { endpointForms, remoteEndpoint, remoteEndpoints } from './remote-endpoint.ts';

/** How a pool element or pool user finds its registrars. */
export interface RegistrarDiscoveryOptions {
  readonly registrar?: readonly RemoteEndpoint[];
  readonly announce?: RemoteEndpoint | true;
  readonly interface?: RemoteEndpoint;
}

/**
 * Adds the options of {@link RegistrarDiscoveryOptions}.
 *
 * @param command - The command.
 * @returns The same command.
 */
export function addRegistrarDiscovery(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--registrar <endpoint>',
        `a registrar to ask, may be repeated [-registrar] (default without --announce: 127.0.0.1:${asapPort}): ${endpointForms}`,
      ).argParser(remoteEndpoints(asapPort)),
    )
    .addOption(
      new Option(
        '--announce [group]',
        'hear of registrars in this multicast group; without a value the profile’s [-asapannounce]',
      ).argParser(remoteEndpoint(asapPort)),
    )
    .addOption(
      new Option(
        '--interface <address>',
        'the local interface for --announce (default: the system’s choice)',
      ).argParser(remoteEndpoint(asapPort)),
    );
}

/**
 * What the options come to: the list, and the group where there is one. Without either a registrar on this host is asked.
 *
 * @param options - The options of the command.
 * @param local - Where this side listens: its interface is used where `--interface` names none.
 */
export function registrarDiscovery(
  { registrar, announce, interface: named }: RegistrarDiscoveryOptions,
  local?: RemoteEndpoint,
): { registrars: readonly RemoteEndpoint[]; announces?: AnnounceGroup } {
  if (announce === undefined) return { registrars: registrar ?? [remoteEndpoint(asapPort)('127.0.0.1')] };
  return { registrars: registrar ?? [], announces: announceGroup(announce, named ?? local) };
}

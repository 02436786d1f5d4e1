import { asapTimingProfiles } from '@rserpool/asap';
import { createPoolUser, type PoolUser, type PoolUserOptions } from '@rserpool/session';
import { createAsapTcpTransport, createUdpGroups, type Transport } from '@rserpool/transport';
import { asapPort, type RemoteEndpoint } from '@rserpool/wire';
import { type Command, Option } from 'commander';
import { announceGroup } from './announce-group.ts';
import { addLocal, type LocalCommandOptions } from './local-addresses.ts';
import { endpointForms, remoteEndpoint, remoteEndpoints } from './remote-endpoint.ts';
import { addPreSharedKeys, addTrustedAuthority, trustedAuthority } from './security.ts';
import { addTransport, type TransportCommandOptions, transportOf } from './transport.ts';

/** How a command that asks a registrar finds and reaches it. */
export interface PoolUserCommandOptions extends TransportCommandOptions, LocalCommandOptions {
  readonly registrar?: readonly RemoteEndpoint[];
  readonly announce?: RemoteEndpoint | true;
  readonly interface?: RemoteEndpoint;
  readonly tcp?: true;
  readonly profile: NonNullable<PoolUserOptions['profile']>;
}

/**
 * Adds the options of {@link PoolUserCommandOptions}.
 *
 * @param command - The command.
 * @returns The same command.
 */
export function addPoolUserOptions(command: Command): Command {
  command
    .addOption(
      new Option(
        '--registrar <endpoint>',
        `a registrar to ask, may be repeated: ${endpointForms} [-registrar]`,
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
    )
    .option('--tcp', 'speak plain ASAP over TCP, as to the option --pool-users of a registrar')
    .addOption(
      new Option('--profile <name>', 'the set of timers and conventions')
        .choices(Object.keys(asapTimingProfiles))
        .default('lan'),
    );
  return addTrustedAuthority(addPreSharedKeys(addTransport(addLocal(command, 'all of this host'))));
}

/**
 * Creates the pool user that a command asks with.
 *
 * @param options - The options of the command.
 * @param withSessions - Whether it has sessions with pool elements as well.
 */
export async function poolUserOf(options: PoolUserCommandOptions, withSessions = false): Promise<PoolUser> {
  const { announce, profile, registrar } = options;
  const transport = transportOf(options);
  const registrars = registrar ?? (announce === undefined ? [remoteEndpoint(asapPort)('127.0.0.1')] : []);
  return await createPoolUser({
    transport: options.tcp === true ? asapTcp(options) : transport,
    ...(withSessions && { sessionTransports: { sctp: transport } }),
    registrars,
    ...(announce !== undefined && { announces: announceGroup(announce, options.interface) }),
    ...(options.local !== undefined && { addresses: options.local }),
    profile,
  });
}

function asapTcp(options: PoolUserCommandOptions): Transport {
  const tls = trustedAuthority(options);
  return createAsapTcpTransport({ groups: createUdpGroups(), ...(tls !== undefined && { tls }) });
}

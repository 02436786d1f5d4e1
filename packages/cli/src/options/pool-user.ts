import { asapTimingProfiles } from '@rserpool/asap';
import { createPoolUser, type PoolUser, type PoolUserOptions } from '@rserpool/session';
import { createAsapTcpTransport, createUdpGroups, type Transport } from '@rserpool/transport';
import { type Command, Option } from 'commander';
import { addLocal, type LocalCommandOptions } from './local-addresses.ts';
import {
  addRegistrarDiscovery,
  registrarDiscovery,
  type RegistrarDiscoveryOptions,
} from './registrar-discovery.ts';
import { addPreSharedKeys, addTrustedAuthority, trustedAuthority } from './security.ts';
import { addTransport, type TransportCommandOptions, transportOf } from './transport.ts';

/** How a command that asks a registrar finds and reaches it. */
export interface PoolUserCommandOptions
  extends TransportCommandOptions,
    LocalCommandOptions,
    RegistrarDiscoveryOptions {
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
  addRegistrarDiscovery(command)
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
  const transport = transportOf(options);
  return await createPoolUser({
    transport: options.tcp === true ? asapTcp(options) : transport,
    ...(withSessions && { sessionTransports: { sctp: transport } }),
    ...registrarDiscovery(options),
    ...(options.local !== undefined && { addresses: options.local }),
    profile: options.profile,
  });
}

function asapTcp(options: PoolUserCommandOptions): Transport {
  const tls = trustedAuthority(options);
  return createAsapTcpTransport({ groups: createUdpGroups(), ...(tls !== undefined && { tls }) });
}

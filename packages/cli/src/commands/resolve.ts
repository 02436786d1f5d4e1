import { asapTimingProfiles } from '@rserpool/asap';
import { createPoolUser, type PoolResolution, type PoolUserOptions } from '@rserpool/session';
import {
  createAsapTcpTransport,
  createFramedTcpTransport,
  createUdpGroups,
  type Transport,
} from '@rserpool/transport';
import { asapPort, type RemoteEndpoint } from '@rserpool/wire';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { toPlain } from '../decode/to-plain.ts';
import { announceGroup } from '../options/announce-group.ts';
import { formatIdentifier } from '../options/identifier.ts';
import { endpointForms, remoteEndpoint, remoteEndpoints } from '../options/remote-endpoint.ts';
import {
  addPreSharedKeys,
  addTrustedAuthority,
  type SecurityOptions,
  trustedAuthority,
} from '../options/security.ts';
import type { Output } from '../output.ts';

interface ResolveCommandOptions extends SecurityOptions {
  readonly registrar?: readonly RemoteEndpoint[];
  readonly announce?: RemoteEndpoint;
  readonly interface?: RemoteEndpoint;
  readonly tcp?: true;
  readonly items?: number;
  readonly profile: NonNullable<PoolUserOptions['profile']>;
  readonly json?: true;
}

/**
 * Adds the command `resolve`.
 *
 * @param program - The command line to add it to.
 * @param output - Where to print; its signal gives up the resolution.
 */
export function addResolve(program: Command, output: Output): void {
  const command = program
    .command('resolve')
    .description('ask a registrar for the elements of a pool, in the order of its policy')
    .argument('<pool>', 'the pool handle')
    .addOption(
      new Option('--registrar <endpoint>', `a registrar to ask, may be repeated: ${endpointForms}`).argParser(
        remoteEndpoints(asapPort),
      ),
    )
    .addOption(
      new Option('--announce <group>', 'hear of registrars in this multicast group').argParser(
        remoteEndpoint(asapPort),
      ),
    )
    .addOption(
      new Option(
        '--interface <address>',
        'the local interface for --announce (default: the system’s choice)',
      ).argParser(remoteEndpoint(asapPort)),
    )
    .option('--tcp', 'speak plain ASAP over TCP, as to the option --pool-users of a registrar')
    .addOption(new Option('--items <number>', 'how many elements to ask for').argParser(parseItems))
    .addOption(
      new Option('--profile <name>', 'the set of timers')
        .choices(Object.keys(asapTimingProfiles))
        .default('lan'),
    )
    .option('--json', 'print one JSON object');
  addTrustedAuthority(addPreSharedKeys(command)).action(
    async (pool: string, options: ResolveCommandOptions) => {
      await using user = await createPoolUser({
        transport: transportOf(options),
        registrars:
          options.registrar ??
          (options.announce === undefined ? [remoteEndpoint(asapPort)('127.0.0.1')] : []),
        ...(options.announce !== undefined && {
          announces: announceGroup(options.announce, options.interface),
        }),
        profile: options.profile,
      });
      const resolution = await user.resolve(pool, {
        signal: output.signal,
        ...(options.items !== undefined && { items: options.items }),
      });
      output.line(options.json === true ? JSON.stringify(toJson(resolution)) : formatResolution(resolution));
    },
  );
}

function transportOf(options: ResolveCommandOptions): Transport {
  const groups = createUdpGroups();
  if (options.tcp === true) {
    const tls = trustedAuthority(options);
    return createAsapTcpTransport({ groups, ...(tls !== undefined && { tls }) });
  }
  const { pskFile } = options;
  return createFramedTcpTransport({ groups, ...(pskFile !== undefined && { tls: pskFile }) });
}

function parseItems(text: string): number {
  if (/^\d{1,5}$/u.test(text) && Number(text) >= 1) return Number(text);
  throw new InvalidArgumentError(`'${text}' is no number of elements; allowed is 1 to 99999.`);
}

function toJson({ poolHandle, policy, elements }: PoolResolution): unknown {
  return {
    poolHandle: toPlain(poolHandle, 'poolHandle'),
    policy: toPlain(policy),
    elements: elements.map(({ identifier, protocol, addresses, port, poolElement }) => ({
      identifier: formatIdentifier(identifier),
      homeRegistrar: formatIdentifier(poolElement.homeRegistrar),
      protocol,
      addresses,
      port,
      registrationLife: poolElement.registrationLife,
      policy: toPlain(poolElement.policy),
    })),
  };
}

function formatResolution({ poolHandleText, policy, elements }: PoolResolution): string {
  const count = elements.length === 1 ? '1 element' : `${elements.length} elements`;
  const lines = elements.map(
    ({ identifier, protocol, addresses, port, poolElement }) =>
      `  ${formatIdentifier(identifier)}  ${protocol} ${addresses.join(' ')} port ${port}, home registrar ${formatIdentifier(poolElement.homeRegistrar)}`,
  );
  return [`${poolHandleText}: ${count}, policy ${policy.type}`, ...lines].join('\n');
}

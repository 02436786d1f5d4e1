import {
  enrpPort,
  formatIpAddress,
  formatPoolHandle,
  formatRemoteEndpoint,
  type RemoteEndpoint,
} from '@rserpool/wire';
import { type Command, Option } from 'commander';
import { toPlain } from '../decode/to-plain.ts';
import { type HandlespaceDump, readHandlespace } from '../dump/read-handlespace.ts';
import { formatIdentifier } from '../options/identifier.ts';
import { endpointForms, remoteEndpoint } from '../options/remote-endpoint.ts';
import { addPreSharedKeys } from '../options/security.ts';
import { addTransport, type TransportCommandOptions, transportOf } from '../options/transport.ts';
import type { Output } from '../output.ts';

interface DumpCommandOptions extends TransportCommandOptions {
  readonly registrar: RemoteEndpoint;
  readonly json?: true;
}

/**
 * Adds the command `dump`.
 *
 * @param program - The command line to add it to.
 * @param output - Where to print; its signal gives up.
 */
export function addDump(program: Command, output: Output): void {
  const command = program
    .command('dump')
    .description('print the handlespace and the peers of a running registrar, asked over ENRP')
    .addOption(
      new Option('--registrar <endpoint>', `its ENRP endpoint: ${endpointForms}`)
        .argParser(remoteEndpoint(enrpPort))
        .default(remoteEndpoint(enrpPort)('127.0.0.1'), `127.0.0.1:${enrpPort}`),
    )
    .option('--json', 'print one JSON object');
  addPreSharedKeys(addTransport(command)).action(async (options: DumpCommandOptions) => {
    const dump = await readHandlespace(transportOf(options), options.registrar, output.signal);
    output.line(options.json === true ? JSON.stringify(toJson(dump)) : formatDump(dump));
  });
}

function toJson({ registrar, peers, pools }: HandlespaceDump): unknown {
  return {
    registrar: formatIdentifier(registrar),
    peers: peers.map(({ identifier, endpoint, status }) => ({
      identifier: formatIdentifier(identifier),
      status,
      addresses: endpoint?.addresses.map((address) => formatIpAddress(address)) ?? [],
      port: endpoint?.port ?? 0,
    })),
    pools: pools.map(({ poolHandle, policy, poolElements }) => ({
      poolHandle: formatPoolHandle(poolHandle),
      policy: policy.type,
      elements: poolElements.map(({ identifier, homeRegistrar, ...element }) => ({
        identifier: formatIdentifier(identifier),
        homeRegistrar: formatIdentifier(homeRegistrar),
        ...(toPlain(element) as object),
      })),
    })),
  };
}

function formatDump({ registrar, peers, pools }: HandlespaceDump): string {
  return [
    `registrar ${formatIdentifier(registrar)}`,
    ...peers.map(
      ({ identifier, endpoint }) =>
        `peer ${formatIdentifier(identifier)} at ${endpoint === undefined ? 'an unknown address' : formatRemoteEndpoint(endpoint)}`,
    ),
    ...pools.flatMap(({ poolHandle, policy, poolElements }) => [
      `pool ${formatPoolHandle(poolHandle)}, policy ${policy.type}`,
      ...poolElements.map(
        ({ identifier, homeRegistrar, userTransport, registrationLife }) =>
          `  element ${formatIdentifier(identifier)} ${userTransport.protocol}${describePlace(userTransport)}, home registrar ${formatIdentifier(homeRegistrar)}, life ${registrationLife}`,
      ),
    ]),
  ].join('\n');
}

function describePlace(
  transport: HandlespaceDump['pools'][number]['poolElements'][number]['userTransport'],
): string {
  if (transport.protocol === 'opaque') return '';
  const addresses = transport.protocol === 'sctp' ? transport.addresses : [transport.address];
  return ` ${addresses.map((address) => formatIpAddress(address)).join(' ')} port ${transport.port}`;
}

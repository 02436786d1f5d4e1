import { asapTimingProfiles } from '@rserpool/asap';
import { reportRegistrarStatus } from '@rserpool/component-status';
import { createRegistrar, type Registrar, type RegistrarProfile } from '@rserpool/registrar';
import { createAsapTcpTransport } from '@rserpool/transport';
import { asapPort, enrpPort, formatRemoteEndpoint, type RemoteEndpoint } from '@rserpool/wire';
import { type Command, Option } from 'commander';
import { formatIdentifier, parseIdentifier } from '../options/identifier.ts';
import { endpointForms, remoteEndpoint, remoteEndpoints } from '../options/remote-endpoint.ts';
import { announceGroup } from '../options/announce-group.ts';
import { addPreSharedKeys, addServerCertificate, serverCertificate } from '../options/security.ts';
import { addStatus, type StatusCommandOptions, statusReporting } from '../options/status.ts';
import { addTransport, type TransportCommandOptions, transportOf } from '../options/transport.ts';
import { type Output, untilInterrupted } from '../output.ts';
import { describeRegistrarEvent, isNoteworthy } from '../registrar/describe-registrar-event.ts';
import { registrarEventToPlain } from '../registrar/registrar-event-to-plain.ts';

interface RegistrarCommandOptions extends TransportCommandOptions, StatusCommandOptions {
  readonly asap: RemoteEndpoint;
  readonly poolUsers?: RemoteEndpoint;
  readonly enrp: RemoteEndpoint;
  readonly peer?: readonly RemoteEndpoint[];
  readonly announce?: RemoteEndpoint | true;
  readonly enrpGroup?: RemoteEndpoint | true;
  readonly identifier?: number;
  readonly profile: RegistrarProfile;
  readonly verbose?: true;
  readonly json?: true;
}

/**
 * Adds the command `registrar`.
 *
 * @param program - The command line to add it to.
 * @param output - Where to print; its signal ends the registrar.
 */
export function addRegistrar(program: Command, output: Output): void {
  const command = program
    .command('registrar')
    .description('run a registrar until it is interrupted')
    .addOption(
      endpointOption('--asap <endpoint>', 'where pool elements and pool users are served', asapPort).default(
        remoteEndpoint(asapPort)('127.0.0.1'),
        `127.0.0.1:${asapPort}`,
      ),
    )
    .addOption(
      endpointOption(
        '--pool-users <endpoint>',
        'where pool users are served over plain TCP besides',
        asapPort,
      ),
    )
    .addOption(
      endpointOption('--enrp <endpoint>', 'where peer registrars are served', enrpPort).default(
        remoteEndpoint(enrpPort)('127.0.0.1'),
        `127.0.0.1:${enrpPort}`,
      ),
    )
    .addOption(
      new Option(
        '--peer <endpoint>',
        `the ENRP endpoint of a peer, may be repeated: ${endpointForms}`,
      ).argParser(remoteEndpoints(enrpPort)),
    )
    .addOption(
      endpointOption(
        '--announce [group]',
        'announce the registrar to this multicast group (default: the profile’s)',
        asapPort,
        1,
      ),
    )
    .addOption(
      endpointOption(
        '--enrp-group [group]',
        'find peers and tell them of the registrar in this multicast group (default: the profile’s)',
        enrpPort,
        1,
      ),
    )
    .addOption(
      new Option('--identifier <number>', 'its identifier (default: random)').argParser(parseIdentifier),
    )
    .addOption(
      new Option('--profile <name>', 'the set of timers and conventions')
        .choices(Object.keys(asapTimingProfiles))
        .default('rfc'),
    )
    .option('--verbose', 'print every event, keep-alives included')
    .option('--json', 'print one JSON object an event');
  addStatus(addServerCertificate(addPreSharedKeys(addTransport(command)))).action(
    async (options: RegistrarCommandOptions) => runRegistrar(options, output),
  );
}

function endpointOption(flags: string, description: string, port: number, leastPort: 0 | 1 = 0): Option {
  return new Option(flags, `${description}: ${endpointForms}`).argParser(remoteEndpoint(port, leastPort));
}

async function runRegistrar(options: RegistrarCommandOptions, output: Output): Promise<void> {
  const certificate = serverCertificate(options);
  const transport = transportOf(options);
  await using registrar = await createRegistrar({
    asap: { transport, ...options.asap },
    enrp: { transport, ...options.enrp },
    ...(options.poolUsers !== undefined && {
      poolUsers: {
        transport: createAsapTcpTransport(certificate === undefined ? {} : { tls: certificate }),
        ...options.poolUsers,
      },
    }),
    ...(options.announce !== undefined && { announce: announceGroup(options.announce, options.asap) }),
    ...(options.enrpGroup !== undefined && { enrpGroup: announceGroup(options.enrpGroup, options.enrp) }),
    ...(options.peer !== undefined && { peers: options.peer }),
    ...(options.identifier !== undefined && { identifier: options.identifier }),
    profile: options.profile,
    signal: output.signal,
  });
  const reporting = statusReporting(options, output);
  await using _reporter = reporting && reportRegistrarStatus(registrar, reporting);
  announceStart(registrar, options.json === true, output);
  registrar.onEvent((event) => {
    if (options.verbose !== true && !isNoteworthy(event)) return;
    const now = new Date().toISOString();
    if (options.json === true) output.line(JSON.stringify({ time: now, ...registrarEventToPlain(event) }));
    else output.line(`${now} ${describeRegistrarEvent(event)}`);
  });
  await untilInterrupted(output);
}

function announceStart(registrar: Registrar, isJson: boolean, output: Output): void {
  const { identifier, asapEndpoint, poolUserEndpoint, enrpEndpoint } = registrar;
  const endpoints = {
    asap: formatRemoteEndpoint(asapEndpoint),
    ...(poolUserEndpoint !== undefined && { poolUsers: formatRemoteEndpoint(poolUserEndpoint) }),
    enrp: formatRemoteEndpoint(enrpEndpoint),
  };
  if (isJson) {
    const time = new Date().toISOString();
    output.line(
      JSON.stringify({ time, type: 'listening', identifier: formatIdentifier(identifier), ...endpoints }),
    );
  } else {
    const places = Object.entries(endpoints).map(([name, place]) => `${name} ${place}`);
    output.line(`registrar ${formatIdentifier(identifier)} listens: ${places.join(', ')}`);
  }
}

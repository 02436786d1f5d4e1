import {
  type GroupOptions,
  type RegistrarOptions,
  type RegistrarProfile,
  registrarProfiles,
} from '@rserpool/registrar';
import { createAsapTcpTransport } from '@rserpool/transport';
import {
  asapPort,
  enrpPort,
  type IpAddress,
  parseIpAddress,
  type RemoteEndpoint,
  RserpoolError,
} from '@rserpool/wire';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { announceGroup } from '../options/announce-group.ts';
import { parseIdentifier } from '../options/identifier.ts';
import { numberIn } from '../options/number.ts';
import { endpointForms, remoteEndpoint, remoteEndpoints } from '../options/remote-endpoint.ts';
import { addPreSharedKeys, addServerCertificate, serverCertificate } from '../options/security.ts';
import { addStatus, type StatusCommandOptions } from '../options/status.ts';
import { addTransport, type TransportCommandOptions, transportOf } from '../options/transport.ts';
import { addSettings, settingsOf } from './settings/setting-options.ts';

/** What the command line of a registrar says. */
export interface RegistrarCommandOptions extends TransportCommandOptions, StatusCommandOptions {
  readonly asap: RemoteEndpoint;
  readonly poolUsers?: RemoteEndpoint;
  readonly enrp: RemoteEndpoint;
  readonly peer?: readonly RemoteEndpoint[];
  readonly announce?: RemoteEndpoint | true;
  readonly announceInterface?: IpAddress;
  readonly announceTtl?: number;
  readonly enrpGroup?: RemoteEndpoint | true;
  readonly enrpInterface?: IpAddress;
  readonly enrpTtl?: number;
  readonly identifier?: number;
  readonly profile: RegistrarProfile;
  readonly minimumAddressScope?: NonNullable<RegistrarOptions['minimumAddressScope']>;
  readonly addressVerification?: NonNullable<RegistrarOptions['addressVerification']>;
  readonly takeoverArbitration?: NonNullable<RegistrarOptions['takeoverArbitration']>;
  readonly takeoverSuggestion?: true;
  readonly maximumIncrement?: number;
  readonly verbose?: true;
  readonly json?: true;
}

/**
 * Adds the options of {@link RegistrarCommandOptions}, in sections of the help.
 *
 * @param command - The command that runs a registrar.
 */
export function addRegistrarOptions(command: Command): Command {
  addPlaces(command.optionsGroup('Where it is:'));
  addTransport(command.optionsGroup('How it is reached:'));
  addServerCertificate(addPreSharedKeys(command));
  addConventions(command.optionsGroup('How it behaves:'));
  addStatus(command.optionsGroup('What it prints and reports:'))
    .option('--verbose', 'print every event, keep-alives included')
    .option('--json', 'print one JSON object an event');
  return addSettings(command);
}

function addPlaces(command: Command): void {
  command
    .addOption(
      endpointOption(
        '--asap <endpoint>',
        'where pool elements and pool users are served',
        asapPort,
        'rspregistrar -asap',
      ).default(remoteEndpoint(asapPort)('127.0.0.1'), `127.0.0.1:${asapPort}`),
    )
    .addOption(
      endpointOption(
        '--pool-users <endpoint>',
        'where pool users are served over plain TCP besides',
        asapPort,
      ),
    )
    .addOption(
      endpointOption(
        '--enrp <endpoint>',
        'where peer registrars are served',
        enrpPort,
        'rspregistrar -enrp',
      ).default(remoteEndpoint(enrpPort)('127.0.0.1'), `127.0.0.1:${enrpPort}`),
    )
    .addOption(
      new Option(
        '--peer <endpoint>',
        `the ENRP endpoint of a peer, may be repeated: ${endpointForms} [rspregistrar -peer]`,
      ).argParser(remoteEndpoints(enrpPort)),
    );
  addGroup(command, 'announce', 'announce the registrar to this multicast group', asapPort);
  addGroup(command, 'enrp-group', 'meet peers in this multicast group', enrpPort);
}

function addGroup(command: Command, name: 'announce' | 'enrp-group', what: string, port: number): void {
  const [prefix, rsplib] = name === 'announce' ? ['announce', 'asapannounce'] : ['enrp', 'enrpannounce'];
  command
    .addOption(
      new Option(
        `--${name} [group]`,
        `${what}; without a value the profile’s [rspregistrar -${rsplib}]`,
      ).argParser(remoteEndpoint(port)),
    )
    .addOption(
      new Option(
        `--${prefix}-interface <address>`,
        `the local interface for --${name} (default: that of the address that is served at, or the system’s choice)`,
      ).argParser(ipAddress),
    )
    .addOption(
      new Option(
        `--${prefix}-ttl <number>`,
        `how many routers a datagram of --${name} may cross, 0 to 255 (default 1, rsplib 30) [rspregistrar -announcettl]`,
      ).argParser(numberIn({ least: 0, largest: 255 })),
    );
}

function addConventions(command: Command): void {
  command
    .addOption(
      new Option('--profile <name>', 'the set of times, rules, limits and groups to start from')
        .choices(Object.keys(registrarProfiles))
        .default('rfc'),
    )
    .addOption(
      new Option(
        '--identifier <number>',
        'its identifier, decimal or with 0x (default: random) [rspregistrar -identifier]',
      ).argParser(parseIdentifier),
    )
    .addOption(
      new Option(
        '--takeover-arbitration <rule>',
        'who wins a takeover: rfc, the larger identifier, or rsplib, the smaller (RFC 5353 section 3.5.1; default rfc, rsplib rsplib)',
      ).choices(['rfc', 'rsplib']),
    )
    .option(
      '--takeover-suggestion',
      'let elements move to the registrar that suits them best [rspregistrar -supporttakeoversuggestion]',
    )
    .addOption(
      new Option(
        '--address-verification <rule>',
        'whether the addresses of an element have to be among those of its association: strict, or off (RFC 5352 section 2.2.1; default strict)',
      ).choices(['strict', 'off']),
    )
    .addOption(
      new Option(
        '--minimum-address-scope <scope>',
        'how far the addresses of an element have to reach (default loopback) [rspregistrar -minaddressscope]',
      ).choices(['loopback', 'link', 'site', 'global']),
    )
    .addOption(
      new Option(
        '--maximum-increment <number>',
        'how far the state of a policy advances with each resolution (default: the policy’s own rule) [rspregistrar -maxincrement]',
      ).argParser(numberIn({ least: 0, largest: 2 ** 31 })),
    );
}

function endpointOption(flags: string, description: string, port: number, rsplib?: string): Option {
  const other = rsplib === undefined ? '' : ` [${rsplib}]`;
  return new Option(flags, `${description}: ${endpointForms}${other}`).argParser(remoteEndpoint(port, 0));
}

function ipAddress(text: string): IpAddress {
  try {
    return parseIpAddress(text);
  } catch (error) {
    if (!RserpoolError.is(error)) throw error;
    throw new InvalidArgumentError(`'${text}' is no address; allowed is one of IPv4 or IPv6 in digits.`);
  }
}

/** The group to join; its interface is that of the address that is served at, unless one is named. */
function groupOf(
  group: RemoteEndpoint | true,
  local: RemoteEndpoint,
  interfaceAddress: IpAddress | undefined,
  timeToLive: number | undefined,
): GroupOptions {
  return {
    ...announceGroup(group, local),
    ...(interfaceAddress !== undefined && { interfaceAddress }),
    ...(timeToLive !== undefined && { timeToLive }),
  };
}

/**
 * The options of the registrar that the command line describes.
 *
 * @param options - What commander has read.
 * @param signal - Gives up starting.
 * @throws InvalidArgumentError where they contradict one another.
 */
export function registrarOptionsOf(options: RegistrarCommandOptions, signal: AbortSignal): RegistrarOptions {
  const { announce, asap, enrp, enrpGroup, peer, poolUsers } = options;
  const certificate = serverCertificate(options);
  const transport = transportOf(options);
  const { identifier, minimumAddressScope, addressVerification, takeoverArbitration, maximumIncrement } =
    options;
  return {
    asap: { transport, ...asap },
    enrp: { transport, ...enrp },
    ...(poolUsers !== undefined && {
      poolUsers: {
        transport: createAsapTcpTransport(certificate === undefined ? {} : { tls: certificate }),
        ...poolUsers,
      },
    }),
    ...(announce !== undefined && {
      announce: groupOf(announce, asap, options.announceInterface, options.announceTtl),
    }),
    ...(enrpGroup !== undefined && {
      enrpGroup: groupOf(enrpGroup, enrp, options.enrpInterface, options.enrpTtl),
    }),
    ...(peer !== undefined && { peers: peer }),
    ...(identifier !== undefined && { identifier }),
    ...(minimumAddressScope !== undefined && { minimumAddressScope }),
    ...(addressVerification !== undefined && { addressVerification }),
    ...(takeoverArbitration !== undefined && { takeoverArbitration }),
    ...(maximumIncrement !== undefined && { maximumIncrement }),
    takeoverSuggestion: options.takeoverSuggestion ?? false,
    profile: options.profile,
    ...settingsOf(options),
    signal,
  };
}

import { asapTimingProfiles } from '@rserpool/asap';
import type { PoolElementOptions } from '@rserpool/session';
import { defaultCalcAppServerOptions } from '@rserpool/services';
import type { RemoteEndpoint, SelectionPolicy } from '@rserpool/wire';
import { type Command, Option } from 'commander';
import { parseIdentifier } from '../options/identifier.ts';
import { numberIn } from '../options/number.ts';
import { endpointForms, remoteEndpoint } from '../options/remote-endpoint.ts';
import { addRegistrarDiscovery, type RegistrarDiscoveryOptions } from '../options/registrar-discovery.ts';
import { addPreSharedKeys } from '../options/security.ts';
import { addStatus, type StatusCommandOptions } from '../options/status.ts';
import { addTransport, type TransportCommandOptions } from '../options/transport.ts';
import { parsePolicy } from './policy-option.ts';
import { type ServiceName, serviceNames } from './service-name.ts';

/** The options of the command `pe`. */
export interface PeCommandOptions
  extends TransportCommandOptions,
    StatusCommandOptions,
    RegistrarDiscoveryOptions {
  readonly service: ServiceName;
  readonly poolHandle?: string;
  readonly policy: SelectionPolicy;
  readonly identifier?: number;
  readonly listen?: RemoteEndpoint;
  readonly maximumSessions: number;
  readonly runtime?: number;
  readonly reregistrationInterval?: number;
  readonly registrationLife?: number;
  readonly registrationAttempts: number;
  readonly profile: NonNullable<PoolElementOptions['profile']>;
  readonly capacity: number;
  readonly maximumJobs: number;
  readonly cookieCalculations: number;
  readonly cookieTime?: number;
  readonly keepAliveInterval: number;
  readonly keepAliveTimeout: number;
  readonly cleanShutdownProbability: number;
  readonly cookiePackets: number;
  readonly packetPause: number;
  readonly lineInterval: number;
  readonly failureAfter?: number;
  readonly json?: true;
}

/**
 * Adds the options of {@link PeCommandOptions}, by groups.
 *
 * @param command - The command.
 */
export function addPeOptions(command: Command): Command {
  addServiceChoice(command.optionsGroup('The service:'));
  addRegistration(command.optionsGroup('Its registration:'));
  addCalcApp(command.optionsGroup('--service calcapp:'));
  addOtherServices(command.optionsGroup('--service fractal, pingpong and chargen:'));
  addPreSharedKeys(addTransport(command.optionsGroup('How registrars and users are reached:')));
  return addStatus(command.optionsGroup('Output:')).option('--json', 'print one JSON object an event');
}

function addServiceChoice(command: Command): void {
  command
    .addOption(
      new Option('--service <name>', 'what to serve [-echo, -discard, ...]')
        .choices(serviceNames)
        .makeOptionMandatory(),
    )
    .option(
      '--pool-handle <handle>',
      'the pool to join [-poolhandle] (default: the service’s, as EchoPool, CalcAppPool, FractalGeneratorPool)',
    )
    .addOption(
      new Option(
        '--policy <policy>',
        'the pool member selection policy, the same at all elements of the pool, and its values; loads are measured [-policy]',
      )
        .argParser(parsePolicy)
        .default({ type: 'roundRobin' }, 'roundRobin'),
    )
    .addOption(
      new Option(
        '--identifier <number>',
        'the pool element identifier [-identifier] (default: random)',
      ).argParser(parseIdentifier),
    )
    .addOption(
      new Option(
        '--listen <endpoint>',
        `where to serve [-local] (default: all addresses, any free port): ${endpointForms}`,
      ).argParser(remoteEndpoint(0, 0)),
    )
    .addOption(
      new Option(
        '--maximum-sessions <number>',
        'how many sessions at once, more are refused [-fgpmaxthreads, -pppmaxthreads, -chargenmaxthreads]',
      )
        .argParser(numberIn({ least: 1, largest: 1_000_000 }))
        .default(10_000),
    )
    .addOption(
      new Option(
        '--runtime <ms>',
        'end after so many milliseconds [-runtime, in seconds] (default: when interrupted)',
      ).argParser(numberIn({ least: 1 })),
    );
}

function addRegistration(command: Command): void {
  addRegistrarDiscovery(command)
    .addOption(
      new Option(
        '--reregistration-interval <ms>',
        'the longest time between two registrations, in milliseconds [-rereginterval] (default: the profile’s)',
      ).argParser(numberIn({ least: 100 })),
    )
    .addOption(
      new Option(
        '--registration-life <ms>',
        'how long a registration counts that is not renewed, in milliseconds [3 x -rereginterval] (default: three times --reregistration-interval where that is given, or 120000)',
      ).argParser(numberIn({ least: 100 })),
    )
    .addOption(
      new Option(
        '--registration-attempts <number>',
        'how often in a row to begin anew where no registrar is found, 10 seconds apart and longer',
      )
        .argParser(numberIn({ least: 1, largest: 10_000 }))
        .default(100),
    )
    .addOption(
      new Option('--profile <name>', 'the set of timers and conventions; rsplib in a scope of its registrars')
        .choices(Object.keys(asapTimingProfiles))
        .default('lan'),
    );
}

function addCalcApp(command: Command): void {
  const defaults = defaultCalcAppServerOptions;
  command
    .addOption(
      new Option('--capacity <number>', 'calculations a second, shared by all jobs [-capcapacity]')
        .argParser(numberIn({ least: 1 }))
        .default(defaults.capacity),
    )
    .addOption(
      new Option(
        '--maximum-jobs <number>',
        'how many jobs at once, more are rejected; the load is jobs divided by this [-capmaxjobs]',
      )
        .argParser(numberIn({ least: 1, largest: 65_535 }))
        .default(defaults.maximumJobs),
    )
    .addOption(
      new Option(
        '--cookie-calculations <number>',
        'after how many calculations of a job there is a cookie [-capcookiemaxcalculations]',
      )
        .argParser(numberIn({ least: 1 }))
        .default(defaults.cookieMaximumCalculations),
    )
    .addOption(
      new Option(
        '--cookie-time <ms>',
        'after how many milliseconds there is one in any case, also with fractal [-capcookiemaxtime, in seconds; -fgpcookiemaxtime] (default: 5000, fractal 1000)',
      ).argParser(numberIn({ least: 1 })),
    )
    .addOption(
      new Option(
        '--keep-alive-interval <ms>',
        'how often a user is asked whether it still wants its job, in milliseconds [-capkeepalivetransmissioninterval]',
      )
        .argParser(numberIn({ least: 1 }))
        .default(defaults.keepAliveIntervalMs),
    )
    .addOption(
      new Option(
        '--keep-alive-timeout <ms>',
        'how long it may take to answer, in milliseconds [-capkeepalivetimeoutinterval]',
      )
        .argParser(numberIn({ least: 1 }))
        .default(defaults.keepAliveTimeoutMs),
    )
    .addOption(
      new Option(
        '--clean-shutdown-probability <number>',
        'how likely jobs are handed back with their exact state when it ends, 0 to 1 [-capcleanshutdownprobability]',
      )
        .argParser(numberIn({ least: 0, largest: 1, isFraction: true }))
        .default(1),
    );
}

function addOtherServices(command: Command): void {
  command
    .addOption(
      new Option(
        '--cookie-packets <number>',
        'fractal: after how many packets there is a cookie [-fgpcookiemaxpackets]',
      )
        .argParser(numberIn({ least: 1 }))
        .default(10),
    )
    .addOption(
      new Option('--packet-pause <ms>', 'fractal: the pause behind each packet, in milliseconds, to watch')
        .argParser(numberIn({ least: 0 }))
        .default(0),
    )
    .addOption(
      new Option('--line-interval <ms>', 'chargen: the pause between two lines, in milliseconds')
        .argParser(numberIn({ least: 0 }))
        .default(0),
    )
    .addOption(
      new Option(
        '--failure-after <number>',
        'fractal, pingpong: cut each session after so many packets, to see failovers [-fgpfailureafter, -pppfailureafter] (default: never)',
      ).argParser(numberIn({ least: 1 })),
    );
}

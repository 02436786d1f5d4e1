import { asapTimingProfiles } from '@rserpool/asap';
import {
  addPreSharedKeys,
  addTransport,
  endpointForms,
  remoteEndpoints,
  type TransportCommandOptions,
  transportOf,
} from '@rserpool/cli/internal';
import { createPoolUser, type PoolUser, type SessionTimingProfile } from '@rserpool/session';
import { asapPort, type RemoteEndpoint, RserpoolError } from '@rserpool/wire';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { defaultSimulationPool } from './simulation-pool.ts';

/** How a command reaches registrars and workers. */
export interface PoolCommandOptions extends TransportCommandOptions {
  readonly registrar?: readonly RemoteEndpoint[];
  readonly profile: SessionTimingProfile;
}

/** The options of a command whose runs may be simulated by a pool. */
export interface PoolRunOptions extends PoolCommandOptions {
  /** The pool; `true` for the one that workers join by default; where it is absent, the runs are simulated here. */
  readonly pool?: string | true;
  /** How long to wait for a worker, in seconds. */
  readonly workerTimeout: number;
}

/**
 * Adds the options of {@link PoolCommandOptions}.
 *
 * @param command - The command.
 * @param needsRegistrar - Whether it makes no sense without a registrar.
 */
export function addPoolOptions(command: Command, needsRegistrar: boolean): Command {
  command
    .addOption(
      new Option('--registrar <endpoint>', `a registrar to ask, may be repeated: ${endpointForms}`)
        .argParser(remoteEndpoints(asapPort))
        .makeOptionMandatory(needsRegistrar),
    )
    .addOption(
      new Option('--profile <name>', 'the set of timers towards registrars and workers')
        .choices(Object.keys(asapTimingProfiles))
        .default('lan'),
    );
  return addPreSharedKeys(addTransport(command));
}

/**
 * Adds the options of {@link PoolRunOptions}.
 *
 * @param command - A command that simulates runs.
 */
export function addPoolRunOptions(command: Command): Command {
  command
    .option('--pool [handle]', `have the runs simulated by the workers of a pool (${defaultSimulationPool})`)
    .addOption(
      new Option('--worker-timeout <seconds>', 'how long to wait for a worker before giving up, 1 to 86400')
        .argParser(readSeconds)
        .default(60),
    );
  return addPoolOptions(command, false);
}

/**
 * Checks that a pool and a registrar are named together, or neither of them.
 *
 * @param options - The command line.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where only one of them is.
 */
export function checkPoolOptions({ pool, registrar }: PoolRunOptions): void {
  if ((pool === undefined) === (registrar === undefined)) return;
  throw new RserpoolError(
    'ERR_RSERPOOL_INVALID_ARGUMENT',
    'A pool of workers is found by a registrar: give --pool and --registrar together, or neither of them.',
  );
}

/**
 * The pool of the workers.
 *
 * @param options - The command line.
 */
export function poolHandleOf({ pool }: PoolRunOptions): string {
  return typeof pool === 'string' ? pool : defaultSimulationPool;
}

/**
 * Creates the pool user that hands out runs.
 *
 * @param options - The command line.
 */
export async function openPoolUser(options: PoolRunOptions): Promise<PoolUser> {
  const transport = transportOf(options);
  return await createPoolUser({
    transport,
    sessionTransports: { sctp: transport },
    registrars: options.registrar ?? [],
    profile: options.profile,
  });
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d{1,5}$/u.test(text) && seconds >= 1 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError(`'${text}' is no number of seconds; allowed is 1 to 86400.`);
}

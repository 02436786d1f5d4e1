import { asapTimingProfiles } from '@rserpool/asap';
import {
  addTransport,
  endpointForms,
  remoteEndpoints,
  type TransportCommandOptions,
  transportOf,
} from '@rserpool/cli/internal';
import { createPoolUser, type SessionTimingProfile } from '@rserpool/session';
import { asapPort, type RemoteEndpoint, RserpoolError } from '@rserpool/wire';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { createPoolExecutor } from './pool-executor.ts';
import type { PoolExecutorEvent } from './pool-executor-event.ts';
import type { RunExecutor } from './run-task.ts';
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
  return addTransport(command);
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

/** What simulates runs, and has to be closed at the end. */
export interface OpenExecutor extends AsyncDisposable {
  /** Simulates runs. */
  readonly executor: RunExecutor;
}

/**
 * Opens the pool that the options name.
 *
 * @param options - The command line.
 * @param modelVersion - Which model its workers have to have.
 * @param onEvent - Is told what happens.
 * @returns The executor, or `undefined` where no pool is named.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for a pool without a registrar, or the reverse.
 */
export async function openPool(
  options: PoolRunOptions,
  modelVersion: string,
  onEvent: (event: PoolExecutorEvent) => void,
): Promise<OpenExecutor | undefined> {
  const { pool, profile, registrar, workerTimeout } = options;
  if ((pool === undefined) !== (registrar === undefined)) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      'A pool of workers is found by a registrar: give --pool and --registrar together, or neither of them.',
    );
  }
  if (pool === undefined || registrar === undefined) return undefined;
  const transport = transportOf(options);
  const user = await createPoolUser({
    transport,
    sessionTransports: { sctp: transport },
    registrars: registrar,
    profile,
  });
  const executor = createPoolExecutor({
    user,
    poolHandle: pool === true ? defaultSimulationPool : pool,
    modelVersion,
    waitMs: workerTimeout * 1000,
    onEvent,
  });
  return { executor, [Symbol.asyncDispose]: async () => await user.close() };
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d{1,5}$/u.test(text) && seconds >= 1 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError(`'${text}' is no number of seconds; allowed is 1 to 86400.`);
}

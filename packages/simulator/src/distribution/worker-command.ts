import { availableParallelism, hostname } from 'node:os';
import { transportOf } from '@rserpool/cli/internal';
import { createPoolElement } from '@rserpool/session';
import { describeErrorCause, RserpoolError, type RserpoolErrorCode } from '@rserpool/wire';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../cli/context.ts';
import { modelVersion } from '../experiment/runs/model-version.ts';
import { describeWorkerEvent } from './describe-events.ts';
import { addPoolOptions, type PoolCommandOptions } from './pool-options.ts';
import { serveTasks } from './serve-tasks.ts';
import { defaultSimulationPool, simulationPoolElement } from './simulation-pool.ts';
import { ThreadCrew } from './thread-crew.ts';

interface WorkerCommandOptions extends PoolCommandOptions {
  readonly registrar: NonNullable<PoolCommandOptions['registrar']>;
  readonly pool: string;
  readonly slots: number;
  readonly name: string;
  readonly json?: true;
}

/**
 * Adds the command `worker`: a pool element that simulates runs for whoever asks, until it is interrupted.
 *
 * @param program - The command line to add it to.
 * @param context - Threads, model, output.
 */
export function addWorker(program: Command, context: Context): void {
  const command = program
    .command('worker')
    .description(
      'simulate runs for others: a pool element that takes them from "run --pool", until it is interrupted',
    )
    .option('--pool <handle>', 'the pool to join', defaultSimulationPool)
    .addOption(
      new Option('--slots <number>', 'how many runs to simulate at a time, 1 to 1024')
        .argParser(readSlots)
        .default(availableParallelism(), 'the cores of this machine'),
    )
    .addOption(
      new Option('--name <text>', 'its name in messages').default(
        `${hostname()}:${process.pid}`,
        'the host and the process number',
      ),
    )
    .option('--json', 'print one JSON object an event');
  addPoolOptions(command, true).action(
    async (options: WorkerCommandOptions) => await runWorker(options, context),
  );
}

async function runWorker(options: WorkerCommandOptions, context: Context): Promise<void> {
  const { name, slots } = options;
  const { signal } = context;
  const version = modelVersion();
  const print = (event: { readonly type: string }, text: string): void => {
    const time = new Date().toISOString();
    context.line(options.json === true ? JSON.stringify({ time, ...event }) : `${time} ${text}`);
  };
  await using element = await createPoolElement({
    ...simulationPoolElement(options.pool),
    transport: transportOf(options),
    registrars: options.registrar,
    profile: options.profile,
    signal,
  });
  const crew = new ThreadCrew(context.runWorker);
  // First the sessions, whose users go elsewhere: that a thread is ended must not look like a run that failed.
  const end = async (): Promise<void> => {
    await element.close();
    await crew.close();
  };
  let failure: RserpoolError | undefined;
  const fail = (code: RserpoolErrorCode, message: string): void => {
    failure = new RserpoolError(code, message);
    void end();
  };
  element.on('registered', ({ reregistration }) => {
    if (reregistration) return;
    const text = `${name} is registered in the pool ${options.pool} with ${slots} slots, model ${version}`;
    print({ type: 'registered' }, text);
  });
  element.on('registrationFailed', () => {
    fail('ERR_RSERPOOL_REGISTRATION_FAILED', 'No registrar answered: check --registrar and that one runs.');
  });
  element.on('registrationRejected', ({ causes, stillRegistered }) => {
    if (stillRegistered) return;
    const reasons = causes.map(describeErrorCause).join('; ');
    fail('ERR_RSERPOOL_REGISTRATION_REJECTED', `The registrar refused the worker: ${reasons}.`);
  });
  const stop = (): void => void end();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await serveTasks(element, {
      name,
      slots,
      modelVersion: version,
      compute: async (task) => await crew.run(task),
      onEvent: (event) => print(event, describeWorkerEvent(event)),
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await crew.close();
  }
  if (failure !== undefined) throw failure;
}

function readSlots(text: string): number {
  const slots = Number(text);
  if (/^\d{1,4}$/u.test(text) && slots >= 1 && slots <= 1024) return slots;
  throw new InvalidArgumentError(`'${text}' is no number of slots; allowed is 1 to 1024.`);
}

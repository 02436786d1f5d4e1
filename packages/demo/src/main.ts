import { RserpoolError } from '@rserpool/wire';
import { runElement } from './processes/element-process.ts';
import { report } from './processes/process-message.ts';
import { readRole } from './processes/role.ts';
import { runRegistrar } from './processes/registrar-process.ts';
import { runUser } from './processes/user-process.ts';
import { checkOutput } from './scenario/check-output.ts';
import { MainJob } from './scenario/main-job.ts';
import { mainJobHelp, readMainJobOptions } from './scenario/main-job-options.ts';
import { jsonReporter, timelineReporter } from './scenario/reporter.ts';

/**
 * Runs the main job, or one of its processes where the arguments name a role.
 *
 * @param argv - The arguments behind the command's name.
 * @returns The exit code: 0, 1 where something was lost, 2 for a wrong command line.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const role = readRole(argv);
  if (role !== undefined) {
    // Whatever it waits for, a process of the job must not outlive it.
    process.once('disconnect', () => process.exit(1));
    try {
      const run = { registrar: runRegistrar, element: runElement, user: runUser }[role.role];
      await run(role);
      return 0;
    } catch (error) {
      report({
        event: 'error',
        process: role.name,
        message: error instanceof Error ? error.message : String(error),
      });
      return 1;
    }
  }
  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  try {
    const options = readMainJobOptions(argv);
    if (options === undefined) {
      print(mainJobHelp);
      return 0;
    }
    const reporter = options.json ? jsonReporter(print) : timelineReporter(print, process.stdout);
    await checkOutput(options.output);
    const job = new MainJob(options, reporter);
    stopWithTheTerminal(job);
    const done = await job.run();
    return done.ok ? 0 : 1;
  } catch (error) {
    if (!RserpoolError.is(error, 'ERR_RSERPOOL_INVALID_ARGUMENT')) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    return 2;
  }
}

/** An interrupted job ends its processes as well, and so does one that nobody reads any more (`| head`). */
function stopWithTheTerminal(job: MainJob): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => job.stop(`interrupted by ${name}`));
  }
  let isBroken = false;
  process.stdout.on('error', (error) => {
    if (isBroken) return;
    isBroken = true;
    const message = `the output cannot be written: ${error.message}`;
    process.stderr.write(`error: ${message}\n`);
    job.stop(message);
  });
}

import { RserpoolError } from '@rserpool/wire';
import { runElement } from './processes/element-process.ts';
import { report } from './processes/process-message.ts';
import { readRole } from './processes/role.ts';
import { runRegistrar } from './processes/registrar-process.ts';
import { runUser } from './processes/user-process.ts';
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
    const done = await new MainJob(options, reporter).run();
    return done.ok ? 0 : 1;
  } catch (error) {
    if (!RserpoolError.is(error, 'ERR_RSERPOOL_INVALID_ARGUMENT')) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    return 2;
  }
}

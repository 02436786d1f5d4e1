// Runs a program and hands back what it printed.
import { spawnSync } from 'node:child_process';

/**
 * Runs a program to its end. `status` is undefined where the time ran out.
 *
 * @param {string} program - Its name or path.
 * @param {string[]} args - Its arguments.
 * @param {{ cwd?: string, timeoutMs?: number, env?: Record<string, string | undefined> }} [options] - Where and for how long.
 */
export function run(program, args, { cwd, timeoutMs = 300_000, env = {} } = {}) {
  const result = spawnSync(program, args, {
    cwd,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { error } = result;
  if (error !== undefined && !('code' in error && error.code === 'ETIMEDOUT')) throw error;
  return { status: result.status ?? undefined, stdout: result.stdout, stderr: result.stderr };
}

/** As run(), but anything except exit code 0 is an error that carries the output. */
export function runOrThrow(program, args, options) {
  const result = run(program, args, options);
  if (result.status === 0) return result;
  const reason = result.status === undefined ? 'took too long' : `exited with ${result.status}`;
  throw new Error(`${[program, ...args].join(' ')} ${reason}\n${result.stdout}${result.stderr}`);
}

/** For the steps that a whole script depends on: prints the output of what failed and ends the script. */
export function runOrExit(program, args, options) {
  try {
    return runOrThrow(program, args, options);
  } catch (error) {
    console.error(error.message);
    return process.exit(1);
  }
}

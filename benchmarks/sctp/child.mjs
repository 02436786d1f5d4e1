// Processes of a measurement.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Starts a process that says `ready` and serves until it is stopped. */
export async function startServer(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    once(lines, 'line').then(([line]) => line),
    exited.then(() => undefined),
  ]);
  if (first !== 'ready') throw new Error(`${command} ${args.join(' ')} did not become ready`);
  return {
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Runs a process that prints one line of JSON; `undefined` where it takes longer than it may. */
export async function runClient(command, args, limitMs) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], timeout: limitMs });
  let output = '';
  child.stdout.on('data', (bytes) => (output += bytes));
  const [code, signal] = await once(child, 'close');
  if (signal !== null) return undefined;
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
  return JSON.parse(output);
}

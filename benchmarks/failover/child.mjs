// A server in a process of its own, which tells by its first line on standard output that it is ready.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export async function startServer(program, args = []) {
  const file = fileURLToPath(new URL(`backends/${program}`, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`${program} ended with ${code} before it was ready`)),
    ),
  ]);
  return {
    pid: child.pid,
    info: JSON.parse(line),
    signal: (name) => child.kill(name),
    end: () => endServer(child),
  };
}

async function endServer(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  // A stopped process takes SIGKILL, but only continuing makes sure on every system.
  child.kill('SIGKILL');
  child.kill('SIGCONT');
  await gone;
}

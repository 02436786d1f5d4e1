// A server of somebody else's, in a process and a directory of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const startLimitMs = 30_000;

/** A port that is free now. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Starts a program and waits until it takes connections at a port.
 *
 * @param {string} program
 * @param {(directory: string) => Promise<string[]>} makeArguments - Is given a new directory for its data.
 * @param {number} port
 */
export async function startServer(program, makeArguments, port) {
  const directory = await mkdtemp(join(tmpdir(), 'rserpool-benchmark-'));
  const child = spawn(program, await makeArguments(directory), { stdio: 'ignore' });
  const failure = once(child, 'error').then(([error]) => error);
  const end = async () => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(directory, { recursive: true, force: true });
  };
  for (const begin = performance.now(); performance.now() - begin < startLimitMs; ) {
    const outcome = await Promise.race([isOpen(port), failure]);
    if (outcome === true) return { end };
    if (outcome instanceof Error) {
      await end();
      throw outcome;
    }
    await pause(100);
  }
  await end();
  throw new Error(`${program} did not take connections within ${startLimitMs} ms`);
}

async function isOpen(port) {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

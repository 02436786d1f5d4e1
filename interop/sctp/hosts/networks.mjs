// The two networks between the hosts, and what both kinds of hosts do alike.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** How long the capture may lag behind what has happened. */
const flushMs = 400;

export const paths = [0, 1];

export const deviceOf = (path) => `path${path}`;

/** The address of a side on a network. */
export function addressOf(side, path, family) {
  const last = side === 'ours' ? 1 : 2;
  return family === 4 ? `10.203.${path}.${last}` : `fd00:203:${path + 1}::${last}`;
}

/** Both addresses of a side on a network, with their prefixes. */
export function prefixesOf(side, path) {
  return [`${addressOf(side, path, 4)}/24`, `${addressOf(side, path, 6)}/64`];
}

export const ip = (...args) => execFileSync('ip', args, { stdio: ['ignore', 'pipe', 'pipe'] });

/** Whether this user may make namespaces here; why not, where not. */
export function whyNoNamespaces() {
  try {
    ip('netns', 'add', 'rsp-probe');
    ip('netns', 'del', 'rsp-probe');
    return undefined;
  } catch (error) {
    return `network namespaces cannot be made here (${String(error.stderr ?? error.message).trim()})`;
  }
}

/** Writes down every packet of both networks until the function that it returns is called. */
export async function capture(namespace, file) {
  const devices = paths.flatMap((path) => ['-i', deviceOf(path)]);
  const child = spawn('ip', ['netns', 'exec', namespace, 'tshark', '-q', ...devices, '-w', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  await new Promise((resolve, reject) => {
    child.stderr.on('data', (bytes) => {
      said += bytes;
      if (said.includes('Capture started') || said.includes('Capturing on')) resolve();
    });
    child.on('exit', () => reject(new Error(`tshark ended: ${said}`)));
    child.on('error', reject);
  });
  return async () => {
    await delay(flushMs);
    const exited = once(child, 'exit');
    child.kill('SIGINT');
    await exited;
  };
}

// Writes down every frame of a lane.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** How long the capture may lag behind what has happened. */
const flushMs = 400;

/**
 * Captures until the function that it returns is called.
 *
 * @param namespace - Where the device is.
 * @param device - What to listen to.
 * @param file - Where the frames go.
 */
export async function capture(namespace, device, file) {
  const child = spawn('ip', ['netns', 'exec', namespace, 'dumpcap', '-q', '-i', device, '-w', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  let said = '';
  await new Promise((resolve, reject) => {
    child.stderr.on('data', (bytes) => {
      said += bytes;
      if (said.includes('File:')) resolve();
    });
    child.on('exit', () => reject(new Error(`dumpcap ended: ${said}`)));
    child.on('error', reject);
  });
  return async () => {
    await delay(flushMs);
    child.kill('SIGINT');
    await exited;
  };
}

// Builds the JavaScript of the packages whose sources are newer than their dist/.
// use: node scripts/build.mjs [--force] [package ...]
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const force = process.argv.includes('--force');

function newest(directory) {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((time, entry) => Math.max(time, statSync(`${entry.parentPath ?? entry.path}/${entry.name}`).mtimeMs), 0);
}

function isStale(name) {
  const built = `${root}packages/${name}/dist/index.js`;
  return force || !existsSync(built) || statSync(built).mtimeMs < newest(`${root}packages/${name}/src`);
}

function build(name) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`${root}node_modules/tsup/dist/cli-default.js`, '--config', `${root}tsup.config.ts`], {
      cwd: `${root}packages/${name}`,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`building ${name} failed (tsup exited with ${code})`))));
  });
}

const queue = (names.length > 0 ? names : readdirSync(`${root}packages`)).filter(isStale);
await Promise.all(
  Array.from({ length: Math.min(queue.length, availableParallelism()) }, async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) await build(name);
  }),
).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

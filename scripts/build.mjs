// Builds the JavaScript of the packages whose sources are newer than their dist/.
// use: node scripts/build.mjs [--force] [package ...]
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function newest(directory) {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .reduce((time, entry) => Math.max(time, statSync(`${entry.parentPath}/${entry.name}`).mtimeMs), 0);
}

function isStale(name) {
  const built = `${root}packages/${name}/dist/index.js`;
  if (!existsSync(built)) return true;
  const sources = [`${root}tsup.config.ts`, `${root}packages/${name}/package.json`].map(
    (file) => statSync(file).mtimeMs,
  );
  return statSync(built).mtimeMs < Math.max(newest(`${root}packages/${name}/src`), ...sources);
}

function build(name) {
  return new Promise((resolve, reject) => {
    const tsup = `${root}node_modules/tsup/dist/cli-default.js`;
    if (!existsSync(tsup)) throw new Error('tsup is not installed; run `npm ci` first');
    const child = spawn(process.execPath, [tsup, '--config', `${root}tsup.config.ts`], {
      cwd: `${root}packages/${name}`,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`building ${name} failed (tsup exited with ${code})`)),
    );
  });
}

/** Builds what is stale of the named packages, or of all of them, as many at once as there are processors. */
export async function buildStale(names = [], { force = false } = {}) {
  const known = readdirSync(`${root}packages`);
  const queue = (names.length > 0 ? names : known).filter((name) => force || isStale(name));
  const workers = Math.min(queue.length, availableParallelism());
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let name = queue.shift(); name !== undefined; name = queue.shift()) await build(name);
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
  await buildStale(names, { force: process.argv.includes('--force') }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}

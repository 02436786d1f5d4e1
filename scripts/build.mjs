// Builds the JavaScript of the packages whose sources are newer than their dist/.
// use: node scripts/build.mjs [--force] [package ...]
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { root } from './lib/workspace.mjs';

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const force = process.argv.includes('--force');

function modified(file) {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}

function newestSource(name) {
  const sources = readdirSync(join(root, 'packages', name, 'src'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  const configuration = [join(root, 'tsup.config.ts'), join(root, 'packages', name, 'package.json')];
  return Math.max(...[...sources, ...configuration].map(modified));
}

function isStale(name) {
  const built = modified(join(root, 'packages', name, 'dist/index.js'));
  return force || built === 0 || built < newestSource(name);
}

/** Names of chunks carry a hash: what an earlier build left behind would be shipped for ever. */
function removeOlderThan(time, directory) {
  for (const name of readdirSync(directory)) {
    const file = join(directory, name);
    if (/\.js(\.map)?$/.test(name) && modified(file) < time) rmSync(file);
  }
}

/** The compiler leaves the declarations of sources that are gone, and they would be shipped, too. */
function removeOrphans(name) {
  const built = join(root, 'packages', name, 'dist');
  if (!existsSync(built)) return;
  for (const entry of readdirSync(built, { withFileTypes: true, recursive: true })) {
    const file = join(entry.parentPath, entry.name);
    const source = join(
      root,
      'packages',
      name,
      'src',
      relative(built, file).replace(/\.d\.ts(\.map)?$/, '.ts'),
    );
    if (/\.d\.ts(\.map)?$/.test(entry.name) && (!existsSync(source) || source.endsWith('.fixture.ts')))
      rmSync(file);
  }
}

function build(name) {
  const started = Date.now() - 1_000;
  const directory = join(root, 'packages', name);
  const tsup = join(root, 'node_modules/tsup/dist/cli-default.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [tsup, '--config', join(root, 'tsup.config.ts')], {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code !== 0) return reject(new Error(`building ${name} failed (tsup exited with ${code})`));
      removeOlderThan(started, join(directory, 'dist'));
      return resolve(undefined);
    });
  });
}

const chosen = names.length > 0 ? names : readdirSync(join(root, 'packages'));
chosen.forEach(removeOrphans);
const queue = chosen.filter(isStale);
const workers = Array.from({ length: Math.min(queue.length, availableParallelism()) }, async () => {
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) await build(name);
});
await Promise.all(workers).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

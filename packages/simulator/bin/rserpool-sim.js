#!/usr/bin/env node
// npm links a `bin` only where its file is there at install time, so this file is tracked and the job itself is
// built. In a published package dist/ is always there; in a clone, what is not built yet is built first.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const builder = fileURLToPath(new URL('../../../scripts/build.mjs', import.meta.url));
const isClone = existsSync(builder) && existsSync(new URL('../../../lerna.json', import.meta.url));
if (isClone) {
  const { status } = spawnSync(process.execPath, [builder], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}
const { main } = await import('../dist/main.js');
const here = (path) => new URL(path, import.meta.url);
const workers = { seeds: here('./seed-worker.js'), runs: here('./run-worker.js') };
process.exitCode = await main(process.argv.slice(2), workers, here('../scenarios/'));

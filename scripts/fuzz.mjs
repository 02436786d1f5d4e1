// Runs every fuzzer (packages/*/fuzz/*.mjs) for a bounded time, one after the other.
// A fuzzer is a program that is called with `--seconds <n> --seed <n>`, ends by itself, draws all its random
// numbers from the seed and exits with another code than 0 where it finds something.
// use: node scripts/fuzz.mjs [--seconds 20] [--seed <n>] [package ...]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runOrExit } from './lib/run.mjs';
import { listFiles, readPackages, root, shown } from './lib/workspace.mjs';

const { values, positionals } = parseArgs({
  options: { seconds: { type: 'string', default: '20' }, seed: { type: 'string' } },
  allowPositionals: true,
});
const seconds = Number(values.seconds);
const seed = Number(values.seed ?? Math.floor(Math.random() * 0x1_0000_0000));
if (!(seconds > 0) || !Number.isSafeInteger(seed)) {
  console.error('--seconds and --seed have to be numbers');
  process.exit(2);
}

/** Runs one fuzzer; one that does not end by itself is as wrong as one that finds something. */
function fuzz(file) {
  const started = Date.now();
  const { status } = spawnSync(
    process.execPath,
    [file, '--seconds', String(seconds), '--seed', String(seed)],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: seconds * 2_000 + 30_000,
      killSignal: 'SIGKILL',
    },
  );
  const verdict = status === 0 ? 'found nothing' : status === null ? 'did not end' : `exited with ${status}`;
  console.log(`${shown(file)}: ${verdict} in ${Math.round((Date.now() - started) / 1000)} s`);
  return status === 0;
}

const chosen = readPackages().filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const fuzzers = chosen.flatMap(({ directory }) => listFiles(join(directory, 'fuzz'), /\.mjs$/));
runOrExit('npm', ['run', '-s', 'build:js'], { cwd: root });
console.log(`seed ${seed}, ${seconds} s for each of ${fuzzers.length} fuzzers`);
const failed = fuzzers.filter((file) => !fuzz(file));
if (fuzzers.length === 0) {
  console.error('there is no fuzzer');
  process.exitCode = 1;
}
if (failed.length > 0) {
  console.error(`again: npm run fuzz -- --seconds ${seconds} --seed ${seed}`);
  process.exitCode = 1;
}

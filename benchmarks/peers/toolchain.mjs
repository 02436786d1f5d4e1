// Builds the programs in c/ against the Debian packages of the reference implementation.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const builds = join(here, '../../node_modules/.cache/rserpool-peers');
const compiler = 'gcc';
const packages = ['librsplib3', 'librsplib-dev', compiler, 'libc6-dev'];

function succeeds(command, ...args) {
  try {
    execFileSync(command, args, {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    return true;
  } catch {
    return false;
  }
}

/** Whether the packages are there, installed now where that is possible. */
export function havePackages() {
  if (packages.every((name) => succeeds('dpkg', '-s', name))) return true;
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  return (
    succeeds('apt-get', ...install) || (succeeds('apt-get', 'update') && succeeds('apt-get', ...install))
  );
}

/** Compiles `c/<name>.c` and returns the path of the program. */
export function compile(name, libraries) {
  mkdirSync(builds, { recursive: true });
  const program = join(builds, name);
  const flags = libraries.map((library) => `-l${library}`);
  execFileSync(compiler, ['-O2', '-o', program, join(here, 'c', `${name}.c`), ...flags], {
    stdio: 'inherit',
  });
  return program;
}

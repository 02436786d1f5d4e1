// Programs in C, against Debian packages that are installed where that is possible.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const builds = join(import.meta.dirname, '../node_modules/.cache/rserpool-benchmarks');
const compiler = 'gcc';

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

/** Whether a compiler and these Debian packages are there, installed now where that is possible. */
export function havePackages(names) {
  const packages = [...names, compiler, 'libc6-dev'];
  if (packages.every((name) => succeeds('dpkg', '-s', name))) return true;
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  return (
    succeeds('apt-get', ...install) || (succeeds('apt-get', 'update') && succeeds('apt-get', ...install))
  );
}

/** Compiles a file and returns the path of the program. */
export function compileProgram(source, libraries) {
  mkdirSync(builds, { recursive: true });
  const program = join(builds, basename(source, '.c'));
  const flags = libraries.map((library) => `-l${library}`);
  execFileSync(compiler, ['-O2', '-o', program, source, ...flags], { stdio: 'inherit' });
  return program;
}

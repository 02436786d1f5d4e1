// The workspace as it lies on disk: its root directory, its packages and their manifests.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The directory of the workspace, without a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Reads a JSON file of the workspace. */
export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** A path as reports show it: relative to the workspace, with forward slashes. */
export function shown(path) {
  return relative(root, path).split(sep).join('/');
}

/** The packages below packages/, and the private ones beside it, in alphabetical order. */
export function readPackages() {
  const directories = readdirSync(join(root, 'packages')).map((name) => join('packages', name));
  return [...directories, 'benchmarks', 'interop']
    .filter((directory) => existsSync(join(root, directory, 'package.json')))
    .map((directory) => {
      const manifest = readJson(join(root, directory, 'package.json'));
      return { name: basename(directory), directory: join(root, directory), manifest };
    });
}

/** The packages that go to the registry. */
export function readPublishedPackages() {
  return readPackages().filter(({ manifest }) => manifest.private !== true);
}

/** The files below a directory whose names match, sorted; dist/, node_modules/ and testdata/ are left out. */
export function listFiles(directory, pattern) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => !['dist', 'node_modules', 'testdata'].includes(name))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return listFiles(path, pattern);
      return pattern.test(entry.name) ? [path] : [];
    })
    .sort((left, right) => left.localeCompare(right));
}

// What a packed package has to contain, and what it must not.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

const unwanted = /\.test\.|\.fixture\.|\/testdata\/|\.tsbuildinfo$|(^|\/)(fuzz|bench|coverage)\//;

/** Every path that a manifest's `exports` and `bin` point at. */
function targetsOf(manifest) {
  const targets = [];
  const collect = (value) => {
    if (typeof value === 'string') targets.push(value);
    else Object.values(value ?? {}).forEach(collect);
  };
  collect(manifest.exports);
  collect(manifest.bin);
  return targets.map((target) => posix.normalize(target));
}

/** The maps have to lead to sources that are shipped; a foreign source means that something was bundled in. */
function checkMap(directory, path, files) {
  const { sources } = JSON.parse(readFileSync(join(directory, path), 'utf8'));
  return sources
    .map((source) => posix.join(posix.dirname(path), source))
    .filter((source) => !files.has(source))
    .map((source) => `${path} leads to ${source}, which is not in the package`);
}

function checkCommand(directory, command, path) {
  const file = join(directory, path);
  if (!existsSync(file)) return [`bin ${command}: ${path} is missing`];
  const text = readFileSync(file, 'utf8');
  const problems = [];
  if ((statSync(file).mode & 0o111) !== 0o111) problems.push(`bin ${command}: ${path} is not executable`);
  if (!text.startsWith('#!/usr/bin/env node\n'))
    problems.push(`bin ${command}: ${path} does not begin with #!/usr/bin/env node`);
  if (/\brequire\s*\(/.test(text)) problems.push(`bin ${command}: ${path} uses require`);
  return problems;
}

/**
 * Checks an unpacked package.
 *
 * @param {{ directory: string, manifest: object, paths: string[] }} unpacked - Where it lies, and the paths in its tarball.
 * @returns {string[]} What is wrong.
 */
export function checkContents({ directory, manifest, paths }) {
  const files = new Set(paths);
  const wanted = ['LICENSE', 'README.md', 'package.json', 'dist/index.js', ...targetsOf(manifest)];
  const maps = paths.filter((path) => path.startsWith('dist/') && path.endsWith('.map'));
  const unmapped = paths.filter((path) => /^dist\/.*\.(js|d\.ts)$/.test(path) && !files.has(`${path}.map`));
  return [
    ...wanted.filter((path) => !files.has(path)).map((path) => `${path} is missing`),
    ...paths.filter((path) => unwanted.test(path)).map((path) => `${path} does not belong into the package`),
    ...unmapped.map((path) => `${path}.map is missing`),
    ...maps.flatMap((path) => checkMap(directory, path, files)),
    ...Object.entries(manifest.bin ?? {}).flatMap(([command, path]) =>
      checkCommand(directory, command, path),
    ),
  ];
}

// Completes package-lock.json: npm leaves out the optional packages of other platforms where it installs from an
// existing node_modules or a registry that lacks them (npm/cli#4828), and then `npm ci` fails everywhere.
// use: node scripts/lock-platforms.mjs
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, root } from './lib/workspace.mjs';

const systems = 'aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32';
const processors = 'arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|x64';

/** The fields by which npm decides that a package is not for this machine; undefined where the name has none. */
function platformOf(name) {
  const match = new RegExp(`(${systems})-(${processors})(?:-(gnu|musl))?`).exec(name);
  if (match === null) return undefined;
  const [, system, processor, library] = match;
  const libc = { gnu: ['glibc'], musl: ['musl'] }[library];
  return { os: [system], cpu: [processor], ...(system === 'linux' && libc !== undefined ? { libc } : {}) };
}

const file = join(root, 'package-lock.json');
const lock = readJson(file);
const added = {};
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const isKnown = [`${path}/node_modules/${name}`, `node_modules/${name}`].some(
      (key) => lock.packages[key] !== undefined,
    );
    const platform = platformOf(name);
    if (isKnown || platform === undefined || !/^\d/.test(version)) continue;
    const parentFlags = entry.dev === true ? { dev: true } : {};
    added[`node_modules/${name}`] = {
      version,
      ...parentFlags,
      ...platform,
      optional: true,
      engines: entry.engines,
    };
  }
}
const packages = Object.entries({ ...lock.packages, ...added }).sort(([left], [right]) =>
  left.localeCompare(right, 'en'),
);
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, undefined, 2)}\n`);
console.log(`${Object.keys(added).length} packages of other platforms added`);

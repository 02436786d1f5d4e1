// Packs a package as `npm publish` would, unpacks the tarball and lets publint and attw judge it.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { run, runOrThrow } from '../lib/run.mjs';
import { readJson, root } from '../lib/workspace.mjs';

/**
 * Packs one package.
 *
 * @param {{ name: string, directory: string }} pkg - The package.
 * @param {string} destination - Where the tarball goes.
 */
export function pack(pkg, destination) {
  const { stdout } = runOrThrow(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', destination],
    {
      cwd: pkg.directory,
    },
  );
  const [{ filename, files, size, unpackedSize }] = JSON.parse(stdout);
  const tarball = join(destination, filename);
  const directory = join(destination, pkg.name);
  mkdirSync(directory);
  runOrThrow('tar', ['-xzf', tarball, '-C', directory, '--strip-components=1']);
  const manifest = readJson(join(directory, 'package.json'));
  return {
    name: pkg.name,
    tarball,
    directory,
    manifest,
    paths: files.map(({ path }) => path),
    size,
    unpackedSize,
  };
}

/** What publint finds, every suggestion included. */
export async function judgeByPublint({ tarball, manifest }) {
  const bytes = readFileSync(tarball);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages } = await publint({ pack: { tarball: buffer }, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, manifest, { color: false })}`);
}

/** What "are the types wrong" finds for users of ES modules and of require(esm). */
export function judgeByAttw({ tarball }) {
  const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  const options = [
    '--profile',
    'esm-only',
    '--no-definitely-typed',
    '--no-emoji',
    '--no-color',
    '--format',
    'table-flipped',
  ];
  const { status, stdout, stderr } = run(process.execPath, [attw, ...options, tarball]);
  return status === 0 ? [] : [`attw: ${stdout}${stderr}`];
}

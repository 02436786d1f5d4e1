// The price of a package in a bundle: minified and compressed, with all that it imports.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../lib/workspace.mjs';

// tsup brings the bundler; a second copy of our own could differ from the one that builds the packages.
const fromTsup = createRequire(createRequire(join(root, 'package.json')).resolve('tsup'));
const { buildSync } = fromTsup('esbuild');

/** The most that the packages which people take alone may weigh, in bytes, minified. */
const ceilings = { wire: 56_000, policies: 39_500 };

/** Bundles the main export of a package in the consumer's project. */
export function measure({ name, manifest }, directory) {
  const { outputFiles, metafile } = buildSync({
    stdin: { contents: `export * from '${manifest.name}';`, resolveDir: directory },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    platform: 'node',
    logLevel: 'silent',
  });
  const bytes = outputFiles[0].contents;
  const external = Object.values(metafile.outputs).flatMap((output) =>
    output.imports.map(({ path }) => path),
  );
  const inputs = Object.keys(metafile.inputs).filter((path) => path.includes('node_modules'));
  const foreign = inputs.filter((path) => !path.includes(`node_modules/${manifest.name}/`));
  const ceiling = ceilings[name];
  const problems = [];
  if (ceiling !== undefined) {
    if (bytes.length > ceiling)
      problems.push(`the bundle has ${bytes.length} bytes, the ceiling is ${ceiling}`);
    if (external.length + foreign.length > 0)
      problems.push(`the bundle needs ${[...external, ...foreign].join(', ')}`);
  }
  return { minified: bytes.length, compressed: gzipSync(bytes).length, ceiling, problems };
}

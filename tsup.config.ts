import { existsSync } from 'node:fs';
import { defineConfig } from 'tsup';

// One configuration for every package: tsup makes the JavaScript, `tsc -b` the declarations.
// It runs in the package's own directory; an entry is there for each subpath that the package exports.
const entries: string[] = ['index', 'internal', 'machine', 'testing', 'main']
  .map((name) => `src/${name}.ts`)
  .filter((file) => existsSync(file));

export default defineConfig({
  entry: entries,
  format: 'esm',
  target: 'es2023',
  platform: 'neutral',
  // Nothing is bundled in: neither a package of this workspace nor a third party, declared or not.
  external: [/^node:/, /^@rserpool\//],
  skipNodeModulesBundle: true,
  sourcemap: true,
  clean: false,
  splitting: true,
  dts: false,
  silent: true,
  // Constants become the numbers that they are: in a bundle each would be a variable, loaded wherever it is used.
  esbuildOptions: (options) => {
    options.minifySyntax = true;
  },
});

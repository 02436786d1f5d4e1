// Breaks the protocols on purpose, and shows which transcript or checker sees it.
// use: node scripts/mutations.mjs [--name text] [--every-guard] [--jobs n] [--help]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './lib/workspace.mjs';

// Node does not run TypeScript everywhere: the command is bundled like the mutants that it makes.
const outfile = join(root, 'node_modules/.cache/mutations/main.mjs');
mkdirSync(join(outfile, '..'), { recursive: true });
await build({
  entryPoints: [join(root, 'packages/simulator/src/mutations/main.fixture.ts')],
  outfile,
  bundle: true,
  packages: 'external',
  conditions: ['@rserpool/source'],
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'error',
});
const { main } = await import(pathToFileURL(outfile).href);
process.exitCode = await main(root, process.argv.slice(2));

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { type Mutation, mutated } from './mutation.fixture.ts';

/** Where each package replays its transcripts, and where they are, from `packages/`. */
export const transcriptSets: Readonly<
  Record<string, { readonly replay: string; readonly testdata: string }>
> = {
  asap: { replay: 'asap/src/testing/replay-asap.fixture.ts', testdata: 'asap/src/testdata' },
  enrp: { replay: 'enrp/src/testing/replay-enrp.fixture.ts', testdata: 'enrp/src/testdata' },
  registrar: {
    replay: 'registrar/src/testing/replay-scope.fixture.ts',
    testdata: 'registrar/src/testdata',
  },
  session: {
    replay: 'session/src/machine/testing/replay-session.fixture.ts',
    testdata: 'session/src/testdata',
  },
};

/**
 * Bundles the simulator and the transcripts with a mutation, from the sources, into one file that a thread can run.
 * The sources themselves are never touched: the mutation is made while they are read.
 *
 * @param root - The directory of the workspace.
 * @param mutation - The mutation; none for the control.
 * @param file - Where the bundle goes.
 * @throws Error where the mutation does not apply, or its file is part of nothing that is run.
 */
export async function bundleMutant(
  root: string,
  mutation: Mutation | undefined,
  file: string,
): Promise<void> {
  const packages = join(root, 'packages');
  let isApplied = mutation === undefined;
  const plugin: Plugin = {
    name: 'mutation',
    setup: ({ onLoad }) => {
      if (mutation === undefined) return;
      const path = join(packages, mutation.file);
      onLoad({ filter: /\.ts$/ }, (loading) => {
        if (loading.path !== path) return undefined;
        isApplied = true;
        return { contents: mutated(mutation, readFileSync(path, 'utf8')), loader: 'ts' };
      });
    },
  };
  await build({
    stdin: { contents: entry(), resolveDir: packages, loader: 'ts', sourcefile: 'mutant.ts' },
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@rserpool/source'],
    logLevel: 'silent',
    plugins: [plugin],
  });
  if (!isApplied) throw new Error(`mutation '${mutation?.name}': nothing that is run has ${mutation?.file}`);
}

/** No package may import the tests of another one, hence a module of its own for each bundle. */
function entry(): string {
  const names = Object.keys(transcriptSets);
  return [
    ...names.map((name) => `import { replay as ${name} } from './${transcriptSets[name]?.replay}';`),
    `import { serveGuards } from './simulator/src/mutations/guards.fixture.ts';`,
    `serveGuards({ ${names.join(', ')} });`,
  ].join('\n');
}

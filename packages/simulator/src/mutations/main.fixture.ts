import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { allMutations } from './all-mutations.fixture.ts';
import type { Findings } from './guards.fixture.ts';
import type { Mutation } from './mutation.fixture.ts';
import { clusters, readTranscripts, runMutant } from './run-mutant.fixture.ts';

const help = `Usage: npm run test:mutations -- [options]

Breaks the protocols on purpose, in one way after the other, and shows which transcript or which checker of the simulated
clusters sees it. Without a mutation all of them have to pass. The sources are not touched.

Options:
  --name TEXT    only mutations whose procedure or name has this text
  --every-guard  simulate clusters although a transcript has failed
  --jobs N       how many at the same time (default: one for each core)
  --help         print this`;

/**
 * The command: runs all mutations, and says what has caught each.
 *
 * @param root - The directory of the workspace.
 * @param argv - The command line.
 * @returns The exit code: 0 where each mutation was caught, 1 where one was not or the control fails.
 */
export async function main(root: string, argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      name: { type: 'string', default: '' },
      'every-guard': { type: 'boolean', default: false },
      jobs: { type: 'string', default: String(availableParallelism()) },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const chosen = allMutations.filter(({ procedure, name }) => `${procedure}: ${name}`.includes(values.name));
  const queue: (Mutation | undefined)[] = [undefined, ...chosen];
  let failed = 0;
  const run = async (): Promise<void> => {
    while (queue.length > 0) {
      const mutation = queue.shift();
      const verdict = await judge(root, mutation, values['every-guard']);
      if (!verdict.isRight) failed += 1;
      process.stdout.write(`${verdict.line}\n`);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Number(values.jobs)) }, run));
  process.stdout.write(
    `${chosen.length} mutations, ${failed === 0 ? 'each was caught' : `${failed} FAILED`}\n`,
  );
  return failed === 0 && chosen.length > 0 ? 0 : 1;
}

async function judge(
  root: string,
  mutation: Mutation | undefined,
  everyGuard: boolean,
): Promise<{ readonly isRight: boolean; readonly line: string }> {
  const name =
    mutation === undefined ? 'control: nothing is broken' : `${mutation.procedure}: ${mutation.name}`;
  try {
    const findings = await runMutant(root, mutation, {
      transcripts: readTranscripts(root),
      clusters,
      everyGuard,
    });
    const guards = guardsOf(findings);
    const isRight = (guards === '') === (mutation === undefined);
    const verdict = guards === '' ? 'passes' : 'caught';
    return { isRight, line: `${isRight ? verdict : `${verdict.toUpperCase()}!`}  ${name}  <-  ${guards}` };
  } catch (error) {
    return {
      isRight: false,
      line: `BROKEN  ${name}  <-  ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** The first three transcripts, how many more there are, and the checker. */
function guardsOf({ transcripts, cluster }: Findings): string {
  const shown = transcripts.slice(0, 3).map((text) => text.split('\n')[0]);
  if (transcripts.length > 3) shown.push(`${transcripts.length - 3} more transcripts`);
  if (cluster !== undefined) shown.push(`${cluster.guard}: ${cluster.what.split('\n')[0]}`);
  return shown.join(', ');
}

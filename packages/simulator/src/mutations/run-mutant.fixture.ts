import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Findings, GuardTask, RecordedTranscript } from './guards.fixture.ts';
import { bundleMutant, transcriptSets } from './mutant-bundle.fixture.ts';
import type { Mutation } from './mutation.fixture.ts';

/** How long the guards may take: a mutant in an endless loop has to be ended. It is no measure of anything else. */
const limitMs = 240_000;

/** The clusters that a mutant has to get through: profile `lan`, short, with other faults in each. */
export const clusters: GuardTask['clusters'] = [1, 2, 3, 4, 5, 6].map((seed) => ({
  seed,
  scenario: { profile: 'lan', isWild: false, faultMs: 30_000, rarities: [] },
}));

/**
 * All transcripts of the workspace.
 *
 * @param root - The directory of the workspace.
 */
export function readTranscripts(root: string): RecordedTranscript[] {
  return Object.entries(transcriptSets).flatMap(([set, { testdata }]) => {
    const directory = join(root, 'packages', testdata);
    const names = readdirSync(directory).filter((name) => name.endsWith('.txt'));
    return names.map((name) => ({
      set,
      name: basename(name, '.txt'),
      text: readFileSync(join(directory, name), 'utf8'),
    }));
  });
}

/**
 * Runs the guards against the code with a mutation.
 *
 * @param root - The directory of the workspace.
 * @param mutation - The mutation; none for the control.
 * @param task - The guards.
 */
export async function runMutant(
  root: string,
  mutation: Mutation | undefined,
  task: GuardTask,
): Promise<Findings> {
  const directory = mkdtempSync(join(tmpdir(), 'rserpool-mutant-'));
  try {
    const file = join(directory, 'mutant.mjs');
    await bundleMutant(root, mutation, file);
    return await runThread(file, task);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function runThread(file: string, task: GuardTask): Promise<Findings> {
  const worker = new Worker(file, { workerData: task });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Findings>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('message', resolve);
      worker.on('exit', () => {
        reject(new Error('the thread has ended without a result'));
      });
      timer = setTimeout(() => {
        reject(new Error(`the guards have not ended within ${limitMs / 1000} s`));
      }, limitMs);
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

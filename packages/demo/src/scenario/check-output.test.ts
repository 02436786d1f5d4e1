import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkOutput } from './check-output.ts';

describe('the place of the picture', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'rserpool-demo-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  it('may be a new file or one that is there, which is left as it is', async () => {
    const file = join(directory, 'fractal.png');
    await checkOutput(file);
    await writeFile(file, 'an older picture');
    await checkOutput(file);
    expect(await readFile(file, 'utf8')).toBe('an older picture');
  });

  it.each([
    ['a directory that is not there', 'nowhere/fractal.png'],
    ['a directory', '.'],
  ])('is refused before anything is computed where it is %s', async (_, name) => {
    await expect(checkOutput(join(directory, name))).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_INVALID_ARGUMENT',
      message: expect.stringMatching(/cannot be written.*allowed is/u) as string,
    });
  });
});

import { open } from 'node:fs/promises';
import { RserpoolError } from '@rserpool/wire';

/**
 * Checks that the picture can be written: a wrong place should not show only when everything has been computed.
 *
 * @param file - Where the picture is to go; an empty file is there afterwards, where there was none.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`, with one line that says what is wrong and what is allowed.
 */
export async function checkOutput(file: string): Promise<void> {
  try {
    const handle = await open(file, 'a');
    await handle.close();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `--output is '${file}', which cannot be written (${reason}); allowed is a file in a directory that exists`,
      { cause: error },
    );
  }
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tableNames, withProfileTables } from './testing/profile-tables.fixture.ts';

const path = fileURLToPath(new URL('../../../docs/profiles.md', import.meta.url));

describe('docs/profiles.md', () => {
  const document = readFileSync(path, 'utf8');

  it('has every table of what the profiles set', () => {
    expect([...document.matchAll(/<!-- table: (?<name>[a-z ]+) -->/gu)].map(([, name]) => name)).toEqual(
      tableNames,
    );
  });

  it('has them as the code has them; -u writes them anew', async () => {
    await expect(withProfileTables(document)).toMatchFileSnapshot(path);
  });
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { profileTableNames, withTables } from './testing/profile-tables.fixture.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const profiles = path('../../../docs/profiles.md');

describe('docs/profiles.md', () => {
  it('has every table of what the profiles set', () => {
    const found = readFileSync(profiles, 'utf8').matchAll(/<!-- table: (?<name>[a-z ]+) -->/gu);
    expect([...found].map(([, name]) => name)).toEqual(profileTableNames);
  });
});

describe('tables of settings in documents', () => {
  it.each([
    ['docs/profiles.md', profiles],
    ['packages/cli/README.md', path('../README.md')],
  ])('are as the code has them in %s; -u writes them anew', async (_, document) => {
    await expect(withTables(readFileSync(document, 'utf8'))).toMatchFileSnapshot(document);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const identifier = /\bSCTP-(?:AS|AT|IMH|DM|FH|E|BDC|D|A|M|RT)-[VIO](?:-\d+)+/g;

/** How many test purposes each group has. */
const sizes = { AS: 33, AT: 16, IMH: 10, DM: 15, FH: 8, E: 6, BDC: 8, D: 15, A: 3, M: 4, RT: 3 };

function identifiersIn(text: string): readonly string[] {
  return [...new Set(text.match(identifier))].sort();
}

const directory = new URL('.', import.meta.url);
const tests = readdirSync(directory)
  .filter((name) => name.endsWith('.test.ts') && name !== 'coverage.test.ts')
  .map((name) => readFileSync(new URL(name, directory), 'utf8'))
  .join('\n');
const tested = identifiersIn(tests);

describe('the test purposes of ETSI TS 102 369', () => {
  it.each(Object.entries(sizes))('of the group %s are all tested: %d', (group, size) => {
    expect(tested.filter((id) => id.startsWith(`SCTP-${group}-`)).length).toBe(size);
  });

  it('are those that docs/sctp-conformance.md lists', () => {
    const page = readFileSync(new URL('../../../../../docs/sctp-conformance.md', directory), 'utf8');
    const listed = identifiersIn(page.slice(page.indexOf('### ')));
    expect(listed).toEqual(tested);
  });
});

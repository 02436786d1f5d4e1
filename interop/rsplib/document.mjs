// Writes the results of a run into docs/interop.md.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Guest } from '../lab/guest.mjs';
import { carriers } from './cells/index.mjs';

const page = join(import.meta.dirname, '../../docs/interop.md');
const begin = '<!-- table: matrix -->';
const end = '<!-- end -->';

/** One row for each thing that is tried, one column for each carrier. */
function table(results) {
  const parts = group(results, ({ part }) => part);
  const lines = [];
  for (const [part, cells] of parts) {
    lines.push(`| **${part}** | ${carriers.map(() => '').join(' | ')} |`);
    for (const [what, over] of group(cells, (cell) => cell.what)) {
      const columns = carriers.map(
        (carrier) => over.find((cell) => cell.carrier === carrier)?.outcome ?? '–',
      );
      lines.push(`| ${what} | ${columns.join(' | ')} |`);
    }
  }
  return [
    `| what | ${carriers.join(' | ')} |`,
    `| --- | ${carriers.map(() => '---').join(' | ')} |`,
    ...lines,
  ];
}

function group(values, keyOf) {
  const groups = new Map();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}

/** Replaces the table of the page. */
export function writeMatrix(results) {
  const versions = ['rsplib-registrar', 'rsplib-services', 'user-mode-linux', 'libsctp1'];
  const line = versions.map((name) => `${name} ${Guest.versionOf(name)}`).join(', ');
  const text = readFileSync(page, 'utf8');
  const [before, rest] = [text.slice(0, text.indexOf(begin)), text.slice(text.indexOf(end))];
  const sorted = [...results].sort((left, right) => left.part.localeCompare(right.part));
  writeFileSync(
    page,
    `${before}${begin}\n\nDebian packages: ${line}; Node ${process.version}.\n\n${table(sorted).join('\n')}\n\n${rest}`,
  );
  execFileSync('npx', ['biome', 'format', '--write', page], { stdio: 'ignore' });
}

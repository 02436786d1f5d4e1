// Checks that the links between the documents lead somewhere.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { shown } from '../lib/workspace.mjs';

/** The anchors that GitHub gives to the headings of a document. */
function anchorsOf(path) {
  const headings = readFileSync(path, 'utf8').matchAll(/^#+ +(.+)$/gm);
  return new Set(
    [...headings].map(([, heading]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{Letter}\p{Number}\- _]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** The links of one document that lead nowhere. */
export function checkLinks(path) {
  const text = readFileSync(path, 'utf8').replace(/```[\s\S]*?```|`[^`\n]*`/g, (code) =>
    code.replace(/[^\n]/g, ' '),
  );
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap((match) => {
    const [link, anchor] = match[1].split('#');
    if (/^[a-z]+:/.test(link)) return [];
    const line = text.slice(0, match.index).split('\n').length;
    const target = link === '' ? path : join(dirname(path), link);
    const isApi = shown(target).startsWith('docs/api/');
    if (isApi) return [];
    if (!existsSync(target)) return [`${shown(path)}:${line}: the link to ${link} leads nowhere`];
    if (anchor === undefined || !target.endsWith('.md') || anchorsOf(target).has(anchor)) return [];
    return [`${shown(path)}:${line}: ${link} has no heading #${anchor}`];
  });
}

// Finds the examples in Markdown and TSDoc: fenced blocks, with the file and line where they stand.
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { shown } from './workspace.mjs';

/**
 * @typedef {object} CodeBlock
 * @property {string} file - Where it stands, relative to the workspace.
 * @property {number} line - The line of its first line of code.
 * @property {string} language - The first word of the info string: ts, js, sh ...
 * @property {string[]} flags - The other words: `run` means that it is executed, too.
 * @property {string} code - What is between the fences, indentation of the fence removed.
 */

/** The fenced blocks of a Markdown text; `firstLine` is the line of the file at which the text begins. */
function fencedBlocks(text, file, firstLine) {
  const blocks = [];
  let open;
  text.split('\n').forEach((line, index) => {
    const fence = /^(\s*)```(.*)$/.exec(line);
    if (fence !== null && open === undefined) {
      const [language = '', ...flags] = fence[2].trim().split(/\s+/);
      open = { file, line: firstLine + index + 1, language, flags, indent: fence[1].length, lines: [] };
    } else if (fence !== null && fence[2].trim() === '') {
      const { indent, lines, ...block } = open;
      blocks.push({
        ...block,
        code: `${lines.map((each) => each.slice(Math.min(indent, each.search(/\S|$/)))).join('\n')}\n`,
      });
      open = undefined;
    } else open?.lines.push(line);
  });
  return blocks;
}

/** The blocks of a Markdown file. */
export function markdownBlocks(path) {
  return fencedBlocks(readFileSync(path, 'utf8'), shown(path), 1);
}

/** The blocks in the documentation comments of a TypeScript file. */
export function commentBlocks(path) {
  const text = readFileSync(path, 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text);
  const blocks = [];
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token !== ts.SyntaxKind.MultiLineCommentTrivia || !scanner.getTokenText().startsWith('/**')) continue;
    const line = source.getLineAndCharacterOfPosition(scanner.getTokenStart()).line + 1;
    const markdown = scanner
      .getTokenText()
      .split('\n')
      .map((each) => each.replace(/^\s*\* ?/, ''))
      .join('\n');
    blocks.push(...fencedBlocks(markdown, shown(path), line));
  }
  return blocks;
}

/** Whether a block is a program that has to compile. */
export function isCode(block) {
  return ['ts', 'js', 'mjs'].includes(block.language);
}

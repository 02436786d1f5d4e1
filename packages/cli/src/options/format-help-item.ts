import type { Help } from 'commander';

/** How wide a help is at most: longer lines are hard to read. */
export const helpColumns = 100;

const indent = '      ';

/**
 * An option or command in the help, as manual pages have it: its form on a line, and what it does below, indented.
 *
 * @param term - Its form.
 * @param _termWidth - How wide the widest form is, which does not matter here.
 * @param description - What it does.
 * @param help - Breaks lines.
 */
export function formatHelpItem(term: string, _termWidth: number, description: string, help: Help): string {
  if (description === '') return `  ${term}`;
  const text = help.boxWrap(description, (help.helpWidth ?? helpColumns) - indent.length);
  return `  ${term}\n${text.replaceAll(/^/gmu, indent)}`;
}

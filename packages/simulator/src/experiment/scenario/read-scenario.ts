import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { RserpoolError } from '@rserpool/wire';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { checkScenario } from './check-scenario.ts';
import type { Scenario } from './scenario.ts';
import { parseScenarioFile, type Problem, type ScenarioFile } from './scenario-schema.ts';

/**
 * Reads a scenario's file.
 *
 * @param file - Its path. The scenario is named after it.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`, with everything that is wrong: line, place and what is allowed.
 */
export function readScenario(file: string): Scenario {
  const name = basename(file, extname(file));
  try {
    return parseScenario(name, readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (RserpoolError.is(error)) throw error;
    throw invalid(`the scenario ${file} cannot be read; name a file or one that 'list' shows`, error);
  }
}

/**
 * Reads a scenario.
 *
 * @param name - What it is called.
 * @param text - YAML.
 * @param file - Where it comes from, for messages.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`, with everything that is wrong.
 */
export function parseScenario(name: string, text: string, file: string = name): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw invalid(`${file} is no YAML: ${document.errors.map(({ message }) => message).join('; ')}`);
  }
  const content = parseScenarioFile(document.toJS());
  if (isProblems(content)) throw wrong(file, content, document, lines);
  const scenario: Scenario = {
    ...content,
    name,
    formula: content.formula,
    fixed: { ...content.fixed, ...(content.model === undefined ? {} : { model: content.model }) },
  };
  const problems = checkScenario(scenario);
  if (problems.length > 0) throw wrong(file, problems, document, lines);
  return scenario;
}

function isProblems(content: ScenarioFile | readonly Problem[]): content is readonly Problem[] {
  return Array.isArray(content);
}

function wrong(
  file: string,
  problems: readonly Problem[],
  document: Document,
  lines: LineCounter,
): RserpoolError {
  const list = problems.map(({ path, message }) => {
    const place = path.length === 0 ? '' : `${formatPath(path)} `;
    return `\n  line ${lineOf(path, document, lines)}: ${place}${message}`;
  });
  return invalid(`the scenario ${file} is wrong:${list.join('')}`);
}

function formatPath(path: Problem['path']): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}

/** The line of what a path leads to; of what it is missing from, where it leads to nothing. */
function lineOf(path: Problem['path'], document: Document, lines: LineCounter): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined) return lines.linePos(start).line;
  }
  return 1;
}

function invalid(message: string, cause?: unknown): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', message, { cause });
}

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RserpoolError } from '@rserpool/wire';
import { readScenario } from './read-scenario.ts';
import type { Scenario } from './scenario.ts';

const ending = '.yaml';

/** The scenarios that come with the package, and those of the user. */
export class ScenarioLibrary {
  readonly #directory: string;

  /**
   * @param directory - Where those of the package are.
   */
  constructor(directory: URL) {
    this.#directory = fileURLToPath(directory);
  }

  /** The names of those of the package: those of the 2009 paper first, each paper's by their figures. */
  get names(): string[] {
    return readdirSync(this.#directory)
      .filter((file) => file.endsWith(ending))
      .map((file) => file.slice(0, -ending.length))
      .toSorted(compareNames);
  }

  /** All of the package. */
  all(): Scenario[] {
    return this.names.map((name) => readScenario(join(this.#directory, name + ending)));
  }

  /**
   * Finds a scenario.
   *
   * @param name - The name of one of the package, or the path of a file.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where there is none, or where it is wrong.
   */
  find(name: string): Scenario {
    if (this.names.includes(name)) return readScenario(join(this.#directory, name + ending));
    if (existsSync(name)) return readScenario(name);
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `there is no scenario '${name}'; allowed are ${this.names.join(', ')}, all, and the path of a file`,
    );
  }
}

function compareNames(one: string, other: string): number {
  const [oneFamily, oneFigure] = split(one);
  const [otherFamily, otherFigure] = split(other);
  if (oneFamily === otherFamily) return oneFigure - otherFigure;
  return oneFamily > otherFamily ? -1 : 1;
}

/** `2005-figure-7` is the seventh of its family. */
function split(name: string): [string, number] {
  const [, family = name, figure = '0'] = /^(.*?)(\d+)$/u.exec(name) ?? [];
  return [family, Number(figure)];
}

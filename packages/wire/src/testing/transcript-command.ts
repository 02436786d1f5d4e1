import { RserpoolError } from '../rserpool-error.ts';

/**
 * One command line of a transcript: `name word word option=value`. What a handler does not read is refused when it is
 * done, so that a misspelt option never passes for a default.
 */
export class TranscriptCommand {
  /** The first word. */
  readonly name: string;
  /** The number of the line in its file, from 1. */
  readonly line: number;
  readonly #words: readonly string[];
  readonly #options: ReadonlyMap<string, string>;
  readonly #read: Set<number | string> = new Set();

  /**
   * @param text - The command line.
   * @param line - The number of the line in its file, from 1; for error messages.
   */
  constructor(text: string, line: number) {
    const [name = '', ...rest] = text.trim().split(/\s+/);
    this.name = name;
    this.line = line;
    this.#words = rest.filter((word) => !word.includes('='));
    this.#options = new Map(
      rest
        .filter((word) => word.includes('='))
        .map((word) => [word.slice(0, word.indexOf('=')), afterEqualsSign(word)]),
    );
  }

  /** How many words follow the name; options do not count. */
  get length(): number {
    return this.#words.length;
  }

  /**
   * A word behind the name.
   *
   * @param index - Its position, from 0.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where there is none.
   */
  word(index: number): string {
    const word = this.#words[index];
    if (word === undefined) throw this.error(`has no word ${index + 1}`);
    this.#read.add(index);
    return word;
  }

  /** All words behind the name. */
  words(): string[] {
    return this.#words.map((_, index) => this.word(index));
  }

  /**
   * A word that is a number.
   *
   * @param index - Its position, from 0.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where there is none or it is no number.
   */
  number(index: number): number {
    return this.#parse(this.word(index));
  }

  /** All words, as numbers. */
  numbers(): number[] {
    return this.words().map((word) => this.#parse(word));
  }

  /**
   * Whether a word is among those behind the name.
   *
   * @param word - The word.
   */
  has(word: string): boolean {
    const index = this.#words.indexOf(word);
    if (index >= 0) this.#read.add(index);
    return index >= 0;
  }

  /**
   * The value of an option, or `undefined`.
   *
   * @param name - What stands in front of the equals sign.
   */
  option(name: string): string | undefined {
    this.#read.add(name);
    return this.#options.get(name);
  }

  /**
   * The value of an option that is a number, or `undefined`.
   *
   * @param name - What stands in front of the equals sign.
   */
  numberOption(name: string): number | undefined {
    const value = this.option(name);
    return value === undefined ? undefined : this.#parse(value);
  }

  /**
   * The value of an option that is a list of numbers, such as `peers=1,2`; empty where it is not there.
   *
   * @param name - What stands in front of the equals sign.
   */
  numbersOption(name: string): number[] {
    const value = this.option(name);
    return value === undefined ? [] : value.split(',').map((part) => this.#parse(part));
  }

  /** The options that no handler has read so far, as numbers by their names; now they count as read. */
  otherNumbers(): Record<string, number> {
    const names = [...this.#options.keys()].filter((name) => !this.#read.has(name));
    return Object.fromEntries(names.map((name) => [name, this.numberOption(name) ?? 0]));
  }

  /** The words and options that no handler has read. */
  unread(): string[] {
    return [
      ...this.#words.filter((_, index) => !this.#read.has(index)),
      ...[...this.#options.keys()].filter((name) => !this.#read.has(name)),
    ];
  }

  /**
   * An error about this command, with the number of its line.
   *
   * @param problem - What is wrong with it.
   */
  error(problem: string): RserpoolError {
    return new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', `line ${this.line}: '${this.name}' ${problem}`);
  }

  #parse(text: string): number {
    const value = Number(text);
    if (text === '' || Number.isNaN(value)) throw this.error(`wants a number, not '${text}'`);
    return value;
  }
}

function afterEqualsSign(word: string): string {
  return word.slice(word.indexOf('=') + 1);
}

/** A number within limits; `least` itself is excluded where `isAbove`. `word` stands for no limit. */
interface NumberKind {
  readonly type: 'number';
  readonly least: number;
  readonly most: number;
  readonly isAbove?: boolean;
  readonly isWhole?: boolean;
  readonly word?: string;
}

/** Which values a parameter takes. */
export type ParameterKind =
  | NumberKind
  /** One number or more; written with commas between them. */
  | { readonly type: 'list'; readonly of: NumberKind }
  /** One of some names. */
  | { readonly type: 'name'; readonly names: readonly string[] }
  /** `true` or `false`. */
  | { readonly type: 'switch' };

/**
 * What is allowed, in words.
 *
 * @param kind - Which values there are.
 */
export function describeKind(kind: ParameterKind): string {
  if (kind.type === 'switch') return 'true or false';
  if (kind.type === 'name') return `one of ${kind.names.join(', ')}`;
  if (kind.type === 'list') return `numbers with commas between them, each ${describeKind(kind.of)}`;
  const { least, most, isAbove, isWhole, word } = kind;
  const number = isWhole === true ? 'a whole number' : 'a number';
  const above = isAbove === true ? `more than ${least}` : `at least ${least}`;
  const limits = most === Infinity ? above : `${above} and at most ${most}`;
  return word === undefined ? `${number}, ${limits}` : `${number}, ${limits}, or ${word}`;
}

/**
 * Whether a value is allowed.
 *
 * @param kind - Which values there are.
 * @param value - Anything.
 */
export function isOfKind(kind: ParameterKind, value: unknown): boolean {
  if (kind.type === 'switch') return typeof value === 'boolean';
  if (kind.type === 'name') return typeof value === 'string' && kind.names.includes(value);
  if (kind.type === 'list') {
    return Array.isArray(value) && value.length > 0 && value.every((entry) => isOfKind(kind.of, entry));
  }
  const { least, most, isAbove, isWhole, word } = kind;
  if (word !== undefined && value === word) return true;
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  if (isWhole === true && !Number.isInteger(value)) return false;
  return value <= most && (isAbove === true ? value > least : value >= least);
}

/**
 * A value from text, or `undefined` where the text is none. Names may be written in any case, numbers as JavaScript
 * writes them (`1e7`).
 *
 * @param kind - Which values there are.
 * @param text - What somebody wrote.
 */
export function readKind(
  kind: ParameterKind,
  text: string,
): string | number | boolean | readonly number[] | undefined {
  const written = text.trim();
  if (kind.type === 'switch') {
    if (written === 'true') return true;
    return written === 'false' ? false : undefined;
  }
  if (kind.type === 'name') {
    return kind.names.find((name) => name.toLowerCase() === written.toLowerCase());
  }
  if (kind.type === 'list') {
    const numbers = written.split(',').map((entry) => readKind(kind.of, entry));
    return isOfKind(kind, numbers) ? (numbers as number[]) : undefined;
  }
  if (kind.word !== undefined && written.toLowerCase() === kind.word) return kind.word;
  const value = written === '' ? Number.NaN : Number(written);
  return isOfKind(kind, value) ? value : undefined;
}

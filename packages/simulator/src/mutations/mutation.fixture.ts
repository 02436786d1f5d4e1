/** One way to break the protocols: a small replacement in the sources. */
export interface Mutation {
  /** The procedure that it breaks; what belongs together stands together in the report. */
  readonly procedure: string;
  /** What is wrong afterwards, in a sentence without a full stop. */
  readonly name: string;
  /** The file, from `packages/`. */
  readonly file: string;
  /** What is replaced: it stands exactly once in the file. */
  readonly before: string;
  /** What it is replaced by. */
  readonly after: string;
}

/**
 * The source of a file with a mutation.
 *
 * A replacement that silently did nothing would make the check worthless: the control would be taken for the mutant.
 *
 * @param mutation - The mutation.
 * @param source - The source as it is.
 * @throws Error where what is replaced does not stand exactly once in it.
 */
export function mutated({ name, file, before, after }: Mutation, source: string): string {
  const parts = source.split(before);
  if (parts.length === 2 && before !== after) return parts.join(after);
  const found = before === after ? 'is replaced by itself' : `stands ${parts.length - 1} times, not once,`;
  throw new Error(
    `mutation '${name}': this ${found} in ${file}; the code has changed, and the mutation has to:\n${before}`,
  );
}

/** A column of a table. */
export interface Column<Row> {
  /** Its head. */
  readonly title: string;
  /** Its text of one row. */
  readonly of: (row: Row) => string;
  /** Whether it is moved to the right, as numbers are. */
  readonly isNumber?: true;
}

/**
 * Rows as lines of aligned columns, with a head.
 *
 * @param columns - What is shown.
 * @param rows - The rows.
 */
export function formatColumns<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const cells = [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ of }) => of(row)))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => (line[index] ?? '').length)));
  return cells.map((line) =>
    line
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return columns[index]?.isNumber === true ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

import { escapeMarkup } from '../../escape-markup.ts';

/** HTML that is safe to put into a page. */
export class Html {
  /** The source. */
  readonly source: string;

  /**
   * @param source - The source.
   */
  constructor(source: string) {
    this.source = source;
  }
}

/**
 * Makes HTML of a template: what is put in is text and is escaped, unless it is HTML or a list of it.
 *
 * @param parts - The template.
 * @param values - What is put in.
 */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  return new Html(String.raw({ raw: parts }, ...values.map(sourceOf)));
}

function sourceOf(value: string | number | Html | readonly Html[]): string {
  if (value instanceof Html) return value.source;
  if (typeof value === 'object') return value.map(({ source }) => source).join('');
  return escapeMarkup(String(value));
}

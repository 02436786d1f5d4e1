import { escapeMarkup } from '../escape-markup.ts';
/** Somebody who takes part: a vertical line of the chart. */
export interface Lifeline {
  /** Its name, unique in the chart. */
  readonly name: string;
  /** What stands in its box. */
  readonly title: string;
}

/** One row of a sequence chart, from top to bottom in the order of time. */
export type ChartRow =
  /** A message; a lost one ends before the line of its receiver. */
  | {
      readonly type: 'message';
      readonly time: number;
      readonly from: string;
      readonly to: string;
      readonly label: string;
      readonly detail: string;
      readonly tone: ChartTone;
      readonly isLost: boolean;
    }
  /** Something that concerns one of them; `ends` where it is gone after it. */
  | {
      readonly type: 'note';
      readonly time: number;
      readonly at: string;
      readonly label: string;
      readonly tone: ChartTone;
      readonly ends: boolean;
    }
  /** Rows that are left out. */
  | { readonly type: 'gap'; readonly label: string };

/** The colour of a row by what it is about. */
export type ChartTone = 'control' | 'session' | 'cookie' | 'failure' | 'plain';

/** A message sequence chart. */
export interface SequenceChart {
  readonly title: string;
  readonly lifelines: readonly Lifeline[];
  readonly rows: readonly ChartRow[];
}

const columnWidth = 270;
const firstColumn = 210;
const rightMargin = 280;
const headTop = 46;
const headHeight = 34;
const rowsTop = headTop + headHeight + 34;
const rowHeight = 42;
const arrowDrop = 8;

const colours: Readonly<Record<ChartTone, string>> = {
  control: '#1f5fa8',
  session: '#4b5563',
  cookie: '#b45309',
  failure: '#b91c1c',
  plain: '#374151',
};

/**
 * Draws a message sequence chart: a line for each component, an arrow for each message, times at the left. The rows
 * have the same height, however long the time between them is.
 *
 * @param chart - What to draw.
 * @returns An SVG document without scripts, external fonts or links.
 */
export function drawSequenceChart(chart: SequenceChart): string {
  const columns = new Map(
    chart.lifelines.map(({ name }, index) => [name, firstColumn + index * columnWidth]),
  );
  const width = firstColumn + (chart.lifelines.length - 1) * columnWidth + rightMargin;
  const height = rowsTop + chart.rows.length * rowHeight + 12;
  const body = [
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="16" y="26" font-size="16" font-weight="600" fill="#111827">${escapeXml(chart.title)}</text>`,
    ...chart.lifelines.map((lifeline) =>
      drawLifeline(lifeline, columns.get(lifeline.name) ?? 0, chart, height),
    ),
    ...chart.rows.map((row, index) => drawRow(row, rowsTop + index * rowHeight, columns, width)),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Helvetica, Arial, sans-serif" font-size="12">`,
    ...body.map((line) => `  ${line}`),
    '</svg>',
    '',
  ].join('\n');
}

function drawLifeline({ name, title }: Lifeline, x: number, chart: SequenceChart, height: number): string {
  const end = chart.rows.findIndex((row) => row.type === 'note' && row.at === name && row.ends);
  const bottom = height - 8;
  const endY = end === -1 ? bottom : rowsTop + end * rowHeight;
  const after =
    end === -1
      ? ''
      : `<line class="gone" x1="${x}" y1="${endY}" x2="${x}" y2="${bottom}" stroke="#d1d5db" stroke-dasharray="2 6"/>`;
  return [
    `<g class="lifeline">`,
    `<line x1="${x}" y1="${headTop + headHeight}" x2="${x}" y2="${endY}" stroke="#9ca3af"/>`,
    after,
    `<rect x="${x - 78}" y="${headTop}" width="156" height="${headHeight}" rx="4" fill="#f3f4f6" stroke="#9ca3af"/>`,
    text(x, headTop + 21, title, { anchor: 'middle', colour: '#111827', isBold: true }),
    '</g>',
  ].join('');
}

function drawRow(row: ChartRow, y: number, columns: ReadonlyMap<string, number>, width: number): string {
  switch (row.type) {
    case 'gap':
      return `<g class="gap"><line x1="96" y1="${y}" x2="${width - 16}" y2="${y}" stroke="#d1d5db" stroke-dasharray="4 4"/>${text(96, y - 5, row.label, { colour: '#6b7280', isItalic: true })}</g>`;
    case 'note':
      return `<g class="note">${timeText(row.time, y)}${drawNote(row, columns.get(row.at) ?? 0, y)}</g>`;
    case 'message':
      return `<g class="message">${timeText(row.time, y)}${drawMessage(row, columns.get(row.from) ?? 0, columns.get(row.to) ?? 0, y)}</g>`;
  }
}

function drawNote({ label, tone, ends }: Extract<ChartRow, { type: 'note' }>, x: number, y: number): string {
  const colour = colours[tone];
  if (ends) {
    const cross = `<path d="M${x - 7} ${y - 7}L${x + 7} ${y + 7}M${x + 7} ${y - 7}L${x - 7} ${y + 7}" stroke="${colour}" stroke-width="2.5"/>`;
    return `${cross}${text(x + 14, y + 4, label, { colour, isBold: true })}`;
  }
  return `<circle cx="${x}" cy="${y}" r="4" fill="${colour}"/>${text(x + 10, y + 4, label, { colour })}`;
}

function drawMessage(
  { label, detail, tone, isLost }: Extract<ChartRow, { type: 'message' }>,
  from: number,
  to: number,
  y: number,
): string {
  const colour = colours[tone];
  const direction = to > from ? 1 : -1;
  const end = isLost ? to - direction * 34 : to;
  const endY = y + arrowDrop;
  const line = `<line x1="${from}" y1="${y}" x2="${end}" y2="${endY}" stroke="${colour}" stroke-width="1.4"${isLost ? ' stroke-dasharray="5 3"' : ''}/>`;
  const head = isLost
    ? `<path class="lost" d="M${end - 5} ${endY - 5}L${end + 5} ${endY + 5}M${end + 5} ${endY - 5}L${end - 5} ${endY + 5}" stroke="${colours.failure}" stroke-width="2"/>`
    : `<path d="M${end} ${endY}l${-9 * direction} -4.5v8z" fill="${colour}"/>`;
  // Between the two columns at the side of the sender, so that arrows over several columns do not share one place.
  const middle = from + direction * (columnWidth / 2);
  const caption = text(middle, y - 4, label, { anchor: 'middle', colour, isBold: true });
  const more =
    detail === '' ? '' : text(middle, y + 20, detail, { anchor: 'middle', colour: '#6b7280', size: 10 });
  return line + head + caption + more;
}

interface TextStyle {
  readonly colour: string;
  readonly anchor?: 'middle' | 'end';
  readonly size?: number;
  readonly isBold?: boolean;
  readonly isItalic?: boolean;
}

function timeText(time: number, y: number): string {
  return text(82, y + 4, `${time.toFixed(3)} s`, { anchor: 'end', colour: '#6b7280' });
}

function text(x: number, y: number, content: string, style: TextStyle): string {
  const attributes = [
    `x="${x}"`,
    `y="${y}"`,
    `fill="${style.colour}"`,
    ...(style.anchor === undefined ? [] : [`text-anchor="${style.anchor}"`]),
    ...(style.size === undefined ? [] : [`font-size="${style.size}"`]),
    ...(style.isBold === true ? ['font-weight="600"'] : []),
    ...(style.isItalic === true ? ['font-style="italic"'] : []),
    // A white edge keeps words readable where they cross a line.
    'stroke="#ffffff"',
    'stroke-width="3"',
    'paint-order="stroke"',
  ];
  return `<text ${attributes.join(' ')}>${escapeXml(content)}</text>`;
}

function escapeXml(content: string): string {
  return escapeMarkup(content.replaceAll(/[^\P{C}\p{Cf}\p{Co}]/gu, ' '));
}

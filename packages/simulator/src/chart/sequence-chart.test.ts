import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChartRow, drawSequenceChart, type SequenceChart } from './sequence-chart.ts';

const names = ['user 1', 'element 1', 'element 2'];
const name = fc.constantFrom(...names);
const text = fc.string({ unit: 'binary' });
const tone = fc.constantFrom('control', 'session', 'cookie', 'failure', 'plain');
const time = fc.double({ min: 0, max: 1e5, noNaN: true });
const row: fc.Arbitrary<ChartRow> = fc.oneof(
  fc
    .record({ time, from: name, to: name, label: text, detail: text, tone, isLost: fc.boolean() })
    .filter(({ from, to }) => from !== to)
    .map((fields) => ({ type: 'message' as const, ...fields })),
  fc
    .record({ time, at: name, label: text, tone, ends: fc.boolean() })
    .map((fields) => ({ type: 'note' as const, ...fields })),
  fc.record({ label: text }).map((fields) => ({ type: 'gap' as const, ...fields })),
);

function chartOf(rows: readonly ChartRow[], title = 'A failover'): SequenceChart {
  return { title, lifelines: names.map((one) => ({ name: one, title: one })), rows };
}

function count(svg: string, pattern: RegExp): number {
  return svg.match(pattern)?.length ?? 0;
}

/** The tags of a document without those that are closed by their neighbours; what is left is not closed, or not opened. */
function unbalanced(svg: string): readonly string[] {
  const open: string[] = [];
  for (const [, closing = '', tag = '', own = ''] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/gu)) {
    if (own === '/') continue;
    if (closing === '') open.push(tag);
    else if (open.pop() !== tag) return [`</${tag}>`];
  }
  return open;
}

describe('a sequence chart', () => {
  it('has an arrow for each message, a cross for each lost one, and a group for each row', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
        const svg = drawSequenceChart(chartOf(rows));
        const messages = rows.filter(({ type }) => type === 'message');
        expect(count(svg, /<g class="message">/gu)).toBe(messages.length);
        expect(count(svg, /<g class="(message|note|gap)">/gu)).toBe(rows.length);
        expect(count(svg, /<path class="lost"/gu)).toBe(
          messages.filter((message) => message.type === 'message' && message.isLost).length,
        );
        expect(count(svg, /<g class="lifeline">/gu)).toBe(names.length);
      }),
    );
  });

  it('is well formed whatever the texts are', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 10 }), text, (rows, title) => {
        const svg = drawSequenceChart(chartOf(rows, title));
        expect(unbalanced(svg)).toEqual([]);
        // Between the tags there is no bare sign of another one, nor a character that XML does not have.
        const texts = svg.replaceAll(/<[^>]*>/gu, '');
        expect(texts).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot|#39);)/u);
        // oxlint-disable-next-line no-control-regex
        expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u);
      }),
    );
  });

  it('goes down with time, and points from the sender to the receiver', () => {
    const message = (from: string, to: string): ChartRow => ({
      type: 'message',
      time: 1,
      from,
      to,
      label: 'ASAP_COOKIE',
      detail: '',
      tone: 'cookie',
      isLost: false,
    });
    const svg = drawSequenceChart(chartOf([message('user 1', 'element 2'), message('element 1', 'user 1')]));
    const arrows = [
      ...svg.matchAll(/<g class="message">.*?<line x1="(\d+)" y1="(\d+)" x2="(\d+)" y2="(\d+)"/gu),
    ];
    const [first = [], second = []] = arrows.map((found) => found.slice(1).map(Number));
    expect(first[0]).toBeLessThan(first[2] ?? 0);
    expect(second[0]).toBeGreaterThan(second[2] ?? 0);
    expect(first[1]).toBeLessThan(first[3] ?? 0);
    expect(first[3]).toBeLessThan(second[1] ?? 0);
    expect(first[0]).toBe(second[2]);
  });

  it('ends the line of who is gone where it is gone', () => {
    const gone: ChartRow = {
      type: 'note',
      time: 1,
      at: 'element 1',
      label: 'fails',
      tone: 'failure',
      ends: true,
    };
    expect(count(drawSequenceChart(chartOf([gone])), /<line class="gone"/gu)).toBe(1);
    expect(count(drawSequenceChart(chartOf([{ ...gone, ends: false }])), /<line class="gone"/gu)).toBe(0);
  });
});

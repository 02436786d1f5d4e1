// How the cost of an operation grows with the number of elements, as an SVG: both axes logarithmic.
const width = 640;
const height = 360;
const margin = { left: 64, right: 150, top: 36, bottom: 40 };
const colours = ['#1b6ca8', '#c44536', '#2a9d55', '#8a5cb8', '#c28a00', '#3a3a3a'];

function scale([low, high], [from, to]) {
  return (value) =>
    from + ((Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))) * (to - from);
}

function decades(low, high) {
  const values = [];
  for (let value = 10 ** Math.ceil(Math.log10(low)); value <= high; value *= 10) values.push(value);
  return values;
}

/**
 * @param {string} title - What is plotted.
 * @param {{ name: string, isDashed: boolean, points: { n: number, nanoseconds: number }[] }[]} lines - A line for
 *   each operation and implementation; lines of one operation have the same colour.
 */
export function plot(title, lines) {
  const all = lines.flatMap(({ points }) => points);
  const sizes = all.map(({ n }) => n);
  const costs = all.map(({ nanoseconds }) => nanoseconds);
  const bottom = height - margin.bottom;
  const right = width - margin.right;
  const x = scale([Math.min(...sizes), Math.max(...sizes)], [margin.left, right]);
  const low = 10 ** Math.floor(Math.log10(Math.min(...costs)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(...costs)));
  const y = scale([low, high], [bottom, margin.top]);
  const parts = [`<text x="${margin.left}" y="20" font-weight="bold">${title}</text>`];
  for (const n of decades(Math.min(...sizes), Math.max(...sizes))) {
    parts.push(
      `<text x="${x(n)}" y="${bottom + 18}" text-anchor="middle">${n.toLocaleString('en')}</text>`,
      `<line x1="${x(n)}" x2="${x(n)}" y1="${margin.top}" y2="${bottom}" stroke="#ddd"/>`,
    );
  }
  for (const cost of decades(low, high)) {
    parts.push(
      `<text x="${margin.left - 6}" y="${y(cost) + 4}" text-anchor="end">${cost.toLocaleString('en')} ns</text>`,
      `<line x1="${margin.left}" x2="${right}" y1="${y(cost)}" y2="${y(cost)}" stroke="#ddd"/>`,
    );
  }
  lines.forEach(({ name, isDashed, points }, index) => {
    const colour = colours[(index >> 1) % colours.length];
    const path = points.map(({ n, nanoseconds }) => `${x(n).toFixed(1)},${y(nanoseconds).toFixed(1)}`);
    const dashes = isDashed ? ' stroke-dasharray="5 4"' : '';
    const labelY = margin.top + 8 + index * 16;
    parts.push(
      `<polyline points="${path.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"${dashes}/>`,
      `<line x1="${right + 8}" x2="${right + 28}" y1="${labelY}" y2="${labelY}" stroke="${colour}" stroke-width="2"${dashes}/>`,
      `<text x="${right + 32}" y="${labelY + 4}">${name}</text>`,
    );
  });
  const style = 'font-family="sans-serif" font-size="11"';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ${style}>\n<rect width="100%" height="100%" fill="#fff"/>\n${parts.join('\n')}\n</svg>\n`;
}

/** The lines of some operations of one policy in one pool. */
export function growthLines(rows, policy, operations) {
  const lines = [];
  for (const { op, h = 0 } of operations) {
    for (const impl of ['ts', 'c']) {
      const points = rows
        .filter((row) => row.impl === impl && row.op === op && row.h === h)
        .filter((row) => row.policy === policy && row.pools === 1)
        .map(({ n, opsPerSec }) => ({ n, nanoseconds: 1e9 / opsPerSec }))
        .toSorted((a, b) => a.n - b.n);
      const name = `${op}${h > 0 ? ` h=${h}` : ''} (${impl === 'ts' ? 'TypeScript' : 'C'})`;
      if (points.length > 1) lines.push({ name, isDashed: impl === 'c', points });
    }
  }
  return lines;
}

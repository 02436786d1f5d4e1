import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bytesToHex, hexToBytes } from '@rserpool/wire';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComponentReport } from '../component-report.ts';
import { decodeReport } from './decode-report.ts';
import { encodeReport } from './encode-report.ts';
import { maximumReportAssociations } from './report-layout.ts';

const path = fileURLToPath(new URL('../testdata/reports.jsonl', import.meta.url));
const captured = readFileSync(path, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { from: string; hex: string });

function decoded(hex: string): ComponentReport {
  const result = decodeReport(hexToBytes(hex));
  if (!result.ok) throw new Error(result.error);
  return result.report;
}

const registrar = { group: 1, object: 0x11223344n };
const element = { group: 2, object: 0x5566n };

describe('reports that the reference implementation sent', () => {
  it.each(captured)('are read, and written again byte by byte: $from', ({ hex }) => {
    expect(bytesToHex(encodeReport(decoded(hex)))).toBe(hex);
  });

  it('say how a registrar is, and with whom it has associations', () => {
    expect(decoded(captured[1]?.hex ?? '')).toEqual({
      sender: registrar,
      isFinal: false,
      uptimeMs: 5006.929,
      reportIntervalMs: 1000,
      location: 'rsplab: 10.98.7.11:3863',
      status: '1[1] PEs in 1 Pool, 1 Peer',
      workload: undefined,
      associations: [
        {
          receiver: { group: 1, object: 0x55667788n },
          durationMs: undefined,
          protocol: 132,
          payloadProtocolIdentifier: 12,
        },
      ],
    });
  });

  it('say how a pool user is', () => {
    expect(decoded(captured[5]?.hex ?? '')).toMatchObject({
      sender: { group: 3 },
      status: '1 Session',
      associations: [
        { receiver: { group: 1, object: 0n }, durationMs: 999.99, payloadProtocolIdentifier: 11 },
        { receiver: element, durationMs: 994.599, protocol: 132, payloadProtocolIdentifier: 33 },
      ],
    });
  });

  it('are final with nothing but times', () => {
    expect(decoded(captured[6]?.hex ?? '')).toEqual({
      sender: element,
      isFinal: true,
      uptimeMs: 16_419.31,
      reportIntervalMs: 1000,
      location: '',
      status: '',
      workload: 0,
      associations: [],
    });
  });
});

describe('datagrams that are no reports', () => {
  const good = hexToBytes(captured[1]?.hex ?? '');
  const changed = (offset: number, ...bytes: number[]): Uint8Array => {
    const copy = good.slice();
    copy.set(bytes, offset);
    return copy;
  };

  it.each([
    ['nothing', new Uint8Array(0), 'truncated'],
    ['less than a header', good.subarray(0, 7), 'truncated'],
    ['another type', changed(0, 2), 'unknown-type'],
    ['another version', changed(4, 0, 0, 3, 0), 'unknown-version'],
    ['fewer bytes than it says', good.subarray(0, 311), 'truncated'],
    ['a header alone', changed(2, 0, 24).subarray(0, 24), 'truncated'],
    ['no room for its associations', changed(286, 0, 2), 'bad-length'],
    ['more room than its associations need', changed(286, 0, 0), 'bad-length'],
    ['a length of nothing', changed(2, 0, 0), 'bad-length'],
  ])('%s', (_, bytes, error) => {
    expect(decodeReport(bytes)).toEqual({ ok: false, error });
  });

  it('bytes behind a report are ignored', () => {
    const longer = new Uint8Array(good.length + 5).fill(7);
    longer.set(good);
    expect(decodeReport(longer)).toEqual(decodeReport(good));
  });

  it('none of them throws', () => {
    const mutation = fc.record({ offset: fc.nat(good.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(mutation, { maxLength: 12 }), fc.nat(good.length), (mutations, length) => {
        const bytes = good.slice(0, length);
        for (const { offset, byte } of mutations) if (offset < length) bytes[offset] = byte;
        const result = decodeReport(bytes);
        if (result.ok) expect(decodeReport(encodeReport(result.report)).ok).toBe(true);
      }),
    );
  });
});

describe('a report', () => {
  const times = fc.integer({ min: 0, max: 2 ** 50 }).map((microseconds) => microseconds / 1000);
  const identifier = fc.record({ group: fc.nat(255), object: fc.bigInt(0n, 2n ** 56n - 1n) });
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '語', '🙂', ' '), maxLength: 30 });
  const reports: fc.Arbitrary<ComponentReport> = fc.record({
    sender: identifier,
    isFinal: fc.boolean(),
    uptimeMs: times,
    reportIntervalMs: fc.nat(0xffff_ffff).map((microseconds) => microseconds / 1000),
    location: text,
    status: text,
    workload: fc.option(
      fc.nat(0xfffe).map((steps) => steps / 0xfffe),
      { nil: undefined },
    ),
    associations: fc.array(
      fc.record({
        receiver: identifier,
        durationMs: fc.option(times, { nil: undefined }),
        protocol: fc.nat(0xffff),
        payloadProtocolIdentifier: fc.nat(0xffff_ffff),
      }),
      { maxLength: 5 },
    ),
  });

  it('comes back as it was', () => {
    fc.assert(
      fc.property(reports, (report) => {
        expect(decodeReport(encodeReport(report))).toEqual({ ok: true, report });
      }),
    );
  });

  it('keeps what fits of texts that are too long, whole characters, with a zero byte behind', () => {
    const report = decoded(captured[0]?.hex ?? '');
    const bytes = encodeReport({ ...report, location: '語'.repeat(100), status: 'x'.repeat(1000) });
    expect(bytes[28 + 127]).toBe(0);
    expect(decoded(bytesToHex(bytes))).toMatchObject({ location: '語'.repeat(42), status: 'x'.repeat(127) });
  });

  it('keeps what fits of its associations', () => {
    const report = decoded(captured[1]?.hex ?? '');
    const [association] = report.associations;
    if (association === undefined) throw new Error('the captured report has one');
    const many = Array.from({ length: 3000 }, () => association);
    const bytes = encodeReport({ ...report, associations: many });
    expect(bytes.length).toBeLessThanOrEqual(65_507);
    expect(decoded(bytesToHex(bytes)).associations).toHaveLength(maximumReportAssociations);
  });

  it.each([
    ['a load above all', { workload: 7 }, { workload: 1 }],
    ['a load below none', { workload: -1 }, { workload: 0 }],
    ['a load that is no number', { workload: Number.NaN }, { workload: undefined }],
    ['a time before the start', { uptimeMs: -5 }, { uptimeMs: 0 }],
    ['a time that is no number', { uptimeMs: Number.NaN }, { uptimeMs: 0 }],
    ['an interval of two hours', { reportIntervalMs: 7_200_000 }, { reportIntervalMs: 4_294_967.295 }],
  ])('writes the nearest that its field can say: %s', (_, wanted, written) => {
    const report = { ...decoded(captured[0]?.hex ?? ''), ...wanted };
    expect(decoded(bytesToHex(encodeReport(report)))).toMatchObject(written);
  });
});

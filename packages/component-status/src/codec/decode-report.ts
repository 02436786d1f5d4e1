import { unpackIdentifier } from '../component-identifier.ts';
import type { ComponentAssociation, ComponentReport } from '../component-report.ts';
import { readFixedText } from './fixed-text.ts';
import { reportLayout as layout } from './report-layout.ts';

/**
 * Why a datagram is no report:
 *
 * - `truncated`: it has fewer bytes than a report, or than its length field says;
 * - `unknown-type`: it is another message than a report;
 * - `unknown-version`: it is not of version 2.0;
 * - `bad-length`: its length field does not go with the number of its associations.
 */
export type ReportError = 'truncated' | 'unknown-type' | 'unknown-version' | 'bad-length';

/** What {@link decodeReport} returns. */
export type DecodedReport =
  | { readonly ok: true; readonly report: ComponentReport }
  | { readonly ok: false; readonly error: ReportError };

const fail = (error: ReportError): DecodedReport => ({ ok: false, error });

/**
 * Reads a report. It never throws; bytes behind the length that the report itself tells are ignored.
 *
 * @param bytes - A datagram.
 */
export function decodeReport(bytes: Uint8Array): DecodedReport {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) return fail('truncated');
  if (view.getUint8(0) !== layout.type) return fail('unknown-type');
  if (view.getUint32(4) !== layout.version) return fail('unknown-version');
  const length = view.getUint16(2);
  if (bytes.length < length || bytes.length < layout.associationsAt) return fail('truncated');
  const count = view.getUint16(layout.workloadAt + 2);
  if (length !== layout.associationsAt + count * layout.associationBytes) return fail('bad-length');
  const associations: ComponentAssociation[] = [];
  for (let index = 0; index < count; index++) {
    associations.push(readAssociation(view, layout.associationsAt + index * layout.associationBytes));
  }
  const workload = view.getUint16(layout.workloadAt);
  return {
    ok: true,
    report: {
      sender: unpackIdentifier(view.getBigUint64(8)),
      isFinal: (view.getUint8(1) & layout.finalFlag) !== 0,
      uptimeMs: milliseconds(view.getBigUint64(16)),
      reportIntervalMs: view.getUint32(24) / 1000,
      location: readFixedText(bytes.subarray(layout.locationAt, layout.locationAt + layout.textBytes)),
      status: readFixedText(bytes.subarray(layout.statusAt, layout.statusAt + layout.textBytes)),
      workload: workload === layout.unknownWorkload ? undefined : workload / layout.fullWorkload,
      associations,
    },
  };
}

function readAssociation(view: DataView, offset: number): ComponentAssociation {
  const duration = view.getBigUint64(offset + 8);
  return {
    receiver: unpackIdentifier(view.getBigUint64(offset)),
    durationMs: duration === layout.unknownDuration ? undefined : milliseconds(duration),
    protocol: view.getUint16(offset + 18),
    payloadProtocolIdentifier: view.getUint32(offset + 20),
  };
}

const milliseconds = (microseconds: bigint): number => Number(microseconds) / 1000;

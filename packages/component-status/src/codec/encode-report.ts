import { packIdentifier } from '../component-identifier.ts';
import type { ComponentAssociation, ComponentReport } from '../component-report.ts';
import { writeFixedText } from './fixed-text.ts';
import { maximumReportAssociations, reportLayout as layout } from './report-layout.ts';

/**
 * The bytes of a report. It never throws: what is beyond the range of its field gets the value at its end, and
 * associations that do not fit are left out.
 *
 * @param report - How the component is.
 */
export function encodeReport(report: ComponentReport): Uint8Array {
  const associations = report.associations.slice(0, maximumReportAssociations);
  const bytes = new Uint8Array(layout.associationsAt + associations.length * layout.associationBytes);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, layout.type);
  view.setUint8(1, report.isFinal ? layout.finalFlag : 0);
  view.setUint16(2, bytes.length);
  view.setUint32(4, layout.version);
  view.setBigUint64(8, packIdentifier(report.sender));
  view.setBigUint64(16, microseconds(report.uptimeMs));
  view.setUint32(24, Math.min(Number(microseconds(report.reportIntervalMs)), 0xffff_ffff));
  writeFixedText(bytes.subarray(layout.locationAt, layout.locationAt + layout.textBytes), report.location);
  writeFixedText(bytes.subarray(layout.statusAt, layout.statusAt + layout.textBytes), report.status);
  view.setUint16(layout.workloadAt, workload(report.workload));
  view.setUint16(layout.workloadAt + 2, associations.length);
  associations.forEach((association, index) => {
    const offset = layout.associationsAt + index * layout.associationBytes;
    writeAssociation(new DataView(bytes.buffer, offset, layout.associationBytes), association);
  });
  return bytes;
}

function writeAssociation(view: DataView, association: ComponentAssociation): void {
  const { durationMs } = association;
  view.setBigUint64(0, packIdentifier(association.receiver));
  view.setBigUint64(8, durationMs === undefined ? layout.unknownDuration : microseconds(durationMs));
  view.setUint16(18, association.protocol);
  view.setUint32(20, association.payloadProtocolIdentifier);
}

function microseconds(milliseconds: number): bigint {
  const rounded = Math.round(milliseconds * 1000);
  // NaN is no time either.
  return rounded > 0 ? BigInt(Math.min(rounded, Number.MAX_SAFE_INTEGER)) : 0n;
}

function workload(fraction: number | undefined): number {
  if (fraction === undefined || Number.isNaN(fraction)) return layout.unknownWorkload;
  return Math.round(Math.min(Math.max(fraction, 0), 1) * layout.fullWorkload);
}

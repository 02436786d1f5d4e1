import type { FractalParameter } from './fractal-parameter.ts';

/** The payload protocol identifier of the FractalGenerator protocol. */
export const FractalPayloadProtocolIdentifier = 32;

/** How many points fit into one DATA packet: the reference's receive buffer holds no more. */
export const maximumPointsPerPacket = 324;

/** The number that stands for both coordinates in the DATA packet that ends a picture. */
const endMark = 0xffffffff;

const PacketType = { parameter: 1, data: 2 } as const;
const parameterLength = 60;
const dataHeaderLength = 16;

/** One packet of the FractalGenerator protocol. */
export type FractalPacket =
  /** The user asks for a picture. */
  | { readonly type: 'parameter'; readonly parameter: FractalParameter }
  /** The element sends points of one row, from `startX` on: the iterations of each. */
  | { readonly type: 'data'; readonly startX: number; readonly startY: number; readonly points: Uint32Array }
  /** The picture is complete. */
  | { readonly type: 'end' };

/**
 * The bytes of a packet.
 *
 * @param packet - The packet; at most {@link maximumPointsPerPacket} points.
 */
export function encodeFractalPacket(packet: FractalPacket): Uint8Array {
  switch (packet.type) {
    case 'parameter': {
      const bytes = new Uint8Array(parameterLength);
      const view = new DataView(bytes.buffer);
      view.setUint32(0, (PacketType.parameter << 24) | parameterLength);
      writeFractalParameter(view, 4, packet.parameter);
      return bytes;
    }
    case 'data': {
      const view = dataPacket(packet.startX, packet.startY, packet.points.length);
      packet.points.forEach((point, index) => view.setUint32(dataHeaderLength + 4 * index, point));
      return new Uint8Array(view.buffer);
    }
    case 'end':
      return new Uint8Array(dataPacket(endMark, endMark, 0).buffer);
  }
}

/**
 * The packet in a message, or `undefined` where the bytes are none.
 *
 * @param bytes - One message of the session.
 */
export function decodeFractalPacket(bytes: Uint8Array): FractalPacket | undefined {
  if (bytes.length < 4) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(2) !== bytes.length) return undefined;
  switch (view.getUint8(0)) {
    case PacketType.parameter:
      if (bytes.length !== parameterLength) return undefined;
      return { type: 'parameter', parameter: readFractalParameter(view, 4) };
    case PacketType.data:
      return decodeData(view);
    default:
      return undefined;
  }
}

function dataPacket(startX: number, startY: number, points: number): DataView<ArrayBuffer> {
  const length = dataHeaderLength + 4 * points;
  const view = new DataView(new ArrayBuffer(length));
  view.setUint32(0, (PacketType.data << 24) | length);
  view.setUint32(4, startX);
  view.setUint32(8, startY);
  view.setUint32(12, points);
  return view;
}

function decodeData(view: DataView): FractalPacket | undefined {
  if (view.byteLength < dataHeaderLength) return undefined;
  const startX = view.getUint32(4);
  const startY = view.getUint32(8);
  const count = view.getUint32(12);
  if (view.byteLength !== dataHeaderLength + 4 * count) return undefined;
  if (count === 0) return startX === endMark && startY === endMark ? { type: 'end' } : undefined;
  const points = Uint32Array.from({ length: count }, (_, index) =>
    view.getUint32(dataHeaderLength + 4 * index),
  );
  return { type: 'data', startX, startY, points };
}

/** The length of a {@link FractalParameter} on the wire. */
export const fractalParameterLength = 56;

/**
 * Writes a parameter: four 32-bit numbers, then five 64-bit floating-point numbers.
 *
 * @param view - Where to.
 * @param offset - From which byte on.
 * @param parameter - The picture.
 */
export function writeFractalParameter(view: DataView, offset: number, parameter: FractalParameter): void {
  const { width, height, maxIterations, algorithm, c1real, c1imag, c2real, c2imag, n } = parameter;
  [width, height, maxIterations, algorithm].forEach((value, index) =>
    view.setUint32(offset + 4 * index, value),
  );
  [c1real, c1imag, c2real, c2imag, n].forEach((value, index) =>
    view.setFloat64(offset + 16 + 8 * index, value),
  );
}

/**
 * Reads what {@link writeFractalParameter} writes.
 *
 * @param view - Where from; at least {@link fractalParameterLength} bytes behind `offset`.
 * @param offset - From which byte on.
 */
export function readFractalParameter(view: DataView, offset: number): FractalParameter {
  return {
    width: view.getUint32(offset),
    height: view.getUint32(offset + 4),
    maxIterations: view.getUint32(offset + 8),
    algorithm: view.getUint32(offset + 12),
    c1real: view.getFloat64(offset + 16),
    c1imag: view.getFloat64(offset + 24),
    c2real: view.getFloat64(offset + 32),
    c2imag: view.getFloat64(offset + 40),
    n: view.getFloat64(offset + 48),
  };
}

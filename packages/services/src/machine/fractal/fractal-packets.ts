import { newPacket, packetBytes, packetHeaderLength, readPacket } from '../packet.ts';
import type { FractalParameter } from './fractal-parameter.ts';

/** How many points fit into one DATA packet: the reference's receive buffer holds no more. */
export const maximumPointsPerPacket = 324;

/** The number that stands for both coordinates in the DATA packet that ends a picture. */
const endMark = 0xffffffff;

const PacketType = { parameter: 1, data: 2 } as const;

/** The length of a {@link FractalParameter} on the wire. */
export const fractalParameterLength = 56;

const parameterLength = packetHeaderLength + fractalParameterLength;
const dataHeaderLength = packetHeaderLength + 12;

/** One packet of the FractalGenerator protocol. */
export type FractalPacket =
  /** The user asks for a picture. */
  | { readonly type: 'parameter'; readonly parameter: FractalParameter }
  /**
   * The element sends the iterations of points, row by row from `startX` in row `startY` on. They may go on in the rows
   * below: those of the reference do. Now and then it sends one without any.
   */
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
      const view = newPacket(PacketType.parameter, parameterLength);
      writeFractalParameter(view, packetHeaderLength, packet.parameter);
      return packetBytes(view);
    }
    case 'data': {
      const view = dataPacket(packet.startX, packet.startY, packet.points.length);
      packet.points.forEach((point, index) => view.setUint32(dataHeaderLength + 4 * index, point));
      return packetBytes(view);
    }
    case 'end':
      return packetBytes(dataPacket(endMark, endMark, 0));
  }
}

/**
 * The packet in a message, or `undefined` where the bytes are none.
 *
 * @param bytes - One message of the session.
 */
export function decodeFractalPacket(bytes: Uint8Array): FractalPacket | undefined {
  const received = readPacket(bytes);
  switch (received?.type) {
    case PacketType.parameter:
      if (bytes.length !== parameterLength) return undefined;
      return { type: 'parameter', parameter: readFractalParameter(received.view, packetHeaderLength) };
    case PacketType.data:
      return decodeData(received.view);
    default:
      return undefined;
  }
}

function dataPacket(startX: number, startY: number, points: number): DataView<ArrayBuffer> {
  const view = newPacket(PacketType.data, dataHeaderLength + 4 * points);
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
  if (count > maximumPointsPerPacket || view.byteLength !== dataHeaderLength + 4 * count) return undefined;
  if (count === 0 && startX === endMark && startY === endMark) return { type: 'end' };
  const points = Uint32Array.from({ length: count }, (_, index) =>
    view.getUint32(dataHeaderLength + 4 * index),
  );
  return { type: 'data', startX, startY, points };
}

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

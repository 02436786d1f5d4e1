/** The header of every packet: type, flags (0) and length, the header included. */
export const packetHeaderLength = 4;

/** A packet whose header fits its bytes. */
export interface ReceivedPacket {
  /** The type; its meaning is the protocol's. */
  readonly type: number;
  /** The bytes, the header included. */
  readonly view: DataView;
}

/**
 * Begins a packet: `{type:8, flags:8, length:16}`, big endian as all that follows.
 *
 * @param type - The type.
 * @param length - How many bytes it has, the header included; 4 .. 65535.
 */
export function newPacket(type: number, length: number): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(length));
  view.setUint8(0, type);
  view.setUint16(2, length);
  return view;
}

/**
 * Reads a header, or gives `undefined` where its length is not that of the message. Flags are ignored, since no
 * protocol here has any.
 *
 * @param bytes - One message of a session.
 */
export function readPacket(bytes: Uint8Array): ReceivedPacket | undefined {
  if (bytes.length < packetHeaderLength) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint16(2) === bytes.length ? { type: view.getUint8(0), view } : undefined;
}

/**
 * The bytes of a packet.
 *
 * @param view - What {@link newPacket} began.
 */
export function packetBytes(view: DataView<ArrayBuffer>): Uint8Array {
  return new Uint8Array(view.buffer);
}

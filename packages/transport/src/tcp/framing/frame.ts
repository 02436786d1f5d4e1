/** Length of a frame's header in bytes. */
export const frameHeaderLength = 12;

/** The types of frames; those from 0x80 on are skipped by who does not know them. */
export const FrameType = {
  /** Opens the connection in both directions: who is there. */
  hello: 1,
  /** A message. */
  data: 2,
  /** Wants a heartbeat acknowledgement. */
  heartbeat: 3,
  /** Answers a heartbeat, with the same body. */
  heartbeatAck: 4,
  /** Nothing follows: a graceful close. */
  shutdown: 5,
  /** The association is gone. */
  abort: 6,
} as const;

/** The first type that may be skipped. */
export const firstSkippableFrameType = 0x80;

/** The header of a frame; see FRAMES.md. */
export interface FrameHeader {
  /** The length of the body in bytes. */
  readonly length: number;
  /** One of {@link FrameType}. */
  readonly type: number;
  /** Of a data frame: bit 0 is set for an unordered message. */
  readonly flags: number;
  /** Of a data frame: the stream. */
  readonly stream: number;
  /** Of a data frame: the payload protocol identifier. */
  readonly payloadProtocolIdentifier: number;
}

/**
 * The bytes of a header.
 *
 * @param header - The header.
 * @param body - A short body to append; a message's own bytes are better written separately.
 */
export function encodeFrameHeader(header: FrameHeader, body?: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(frameHeaderLength + (body?.length ?? 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, header.length);
  view.setUint8(4, header.type);
  view.setUint8(5, header.flags);
  view.setUint16(6, header.stream);
  view.setUint32(8, header.payloadProtocolIdentifier);
  if (body !== undefined) bytes.set(body, frameHeaderLength);
  return bytes;
}

const dataHeaderBytes = new Uint8Array(frameHeaderLength);
const dataHeaderView = new DataView(dataHeaderBytes.buffer);

/**
 * The header of a data frame, in bytes that the next call writes over.
 *
 * @param length - The length of the message.
 * @param stream - Its stream.
 * @param unordered - Whether it is unordered.
 * @param payloadProtocolIdentifier - What it is.
 */
export function dataHeader(
  length: number,
  stream: number,
  unordered: boolean,
  payloadProtocolIdentifier: number,
): Uint8Array {
  dataHeaderView.setUint32(0, length);
  dataHeaderView.setUint32(4, (FrameType.data << 24) | (unordered ? 1 << 16 : 0) | stream);
  dataHeaderView.setUint32(8, payloadProtocolIdentifier);
  return dataHeaderBytes;
}

/**
 * A frame that carries no message.
 *
 * @param type - One of {@link FrameType}.
 * @param body - Its body.
 */
export function encodeControlFrame(type: number, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  return encodeFrameHeader(
    { length: body.length, type, flags: 0, stream: 0, payloadProtocolIdentifier: 0 },
    body,
  );
}

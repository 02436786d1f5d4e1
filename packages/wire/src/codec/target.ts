import { RserpoolError } from '../rserpool-error.ts';

// Making a view takes longer than writing a short message, and who has a buffer uses it again.
let latest: Uint8Array | undefined;
let latestView: DataView | undefined;
let latestRoom = 0;

/** A view of a buffer that messages are written into. The latest one is kept, with its buffer. */
export function targetView(target: Uint8Array): DataView {
  if (target === latest && latestView !== undefined) return latestView;
  if (!(target instanceof Uint8Array)) {
    throw new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', 'the target has to be a Uint8Array');
  }
  const view = new DataView(target.buffer, target.byteOffset, target.byteLength);
  latest = target;
  latestView = view;
  latestRoom = view.byteLength;
  return view;
}

/** Where the room of the latest target ends. */
export function targetRoom(): number {
  return latestRoom;
}

/** Copies a message to where it is wanted, and tells its length. */
export function copyToTarget(message: Uint8Array, target: Uint8Array, offset: number): number {
  const room = target.length - offset;
  if (!(Number.isInteger(offset) && offset >= 0 && room >= 0)) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `the offset is ${offset}; it has to be an integer in 0 .. ${target.length}`,
    );
  }
  if (message.length > room) {
    throw new RserpoolError(
      'ERR_RSERPOOL_MESSAGE_TOO_LONG',
      `the message has ${message.length} bytes, the target has room for ${room}; give it a larger one`,
    );
  }
  target.set(message, offset);
  return message.length;
}

import type { Path } from '../path/path.ts';
import type { PacketWriter } from '../wire/packet-writer.ts';

/** A control chunk that waits to be put into a packet. */
export interface ControlChunk {
  /** Where it goes. */
  readonly path: Path;
  /** How many bytes of a packet it takes. */
  readonly bytes: number;
  /** Writes it. */
  readonly put: (writer: PacketWriter) => void;
}

/**
 * More control chunks than these do not wait: they are answers to what the peer sent, and there is one round of
 * packets for each packet that comes in. What is more is dropped, as if the network had lost it.
 */
export const maximumControlChunks = 64;

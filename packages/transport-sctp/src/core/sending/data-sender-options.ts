import type { SendingPath } from './sending-path.ts';

/** What the sending half of an association is made of. */
export interface DataSenderOptions {
  /** The initial TSN that this side announced: that of the first DATA chunk. */
  readonly initialTsn: number;
  /** The receive window that the peer announced, in bytes. */
  readonly peerWindowBytes: number;
  /** The longest SCTP packet, in bytes; chunks are cut for it. */
  readonly maximumPacketBytes: number;
  /** How many bytes of each packet are needed for other chunks (AUTH); 0 by default. */
  readonly reservedBytes?: number;
  /** Max.Burst in packets. */
  readonly maxBurst: number;
  /** How often the end of what was sent is probed before T3-rtx; with 0 losses are not found by time, either (RFC 8985). */
  readonly tailLossProbes: number;
  /** Where new data goes at first. */
  readonly dataPath: SendingPath;
  /** Where data of a path goes that timed out or was removed (RFC 9260 section 6.4.1); the same one where there is no other. */
  readonly retransmissionPath: (path: SendingPath) => SendingPath;
}

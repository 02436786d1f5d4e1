import type { SendInput } from '../sctp-input.ts';
import type { PacketWriter } from '../wire/packet-writer.ts';
import type { SackOutcome } from './sack-outcome.ts';
import type { SendingPath } from './sending-path.ts';

/** Options of a {@link DataSender}. */
export interface DataSenderOptions {
  /** The initial TSN that this side announced: that of the first DATA chunk. */
  readonly initialTsn: number;
  /** The receive window that the peer announced, in bytes. */
  readonly peerWindowBytes: number;
  /** How many streams there are to send by. */
  readonly outboundStreams: number;
  /** The longest SCTP packet, in bytes. */
  readonly maximumPacketBytes: number;
  /** Max.Burst in packets. */
  readonly maxBurst: number;
  /** Where new data goes at first. */
  readonly dataPath: SendingPath;
  /** Where the data of a path that timed out, or was removed, goes (section 6.4.1); the same one where there is no other. */
  readonly retransmissionPath: (path: SendingPath) => SendingPath;
}

/** What the expiry of T3-rtx meant, and what the path's owner does about it. */
export type T3Outcome =
  /** The timer was not due any more: nothing. */
  | 'nothing'
  /** The peer was asked for its window (section 6.1 A): the RTO is doubled, no error is counted. */
  | 'window-probe'
  /** The peer was asked for an acknowledgement before the timeout: nothing. */
  | 'tail-probe'
  /** Data was lost: the RTO is doubled (section 6.3.3 E2), an error is counted (sections 8.1 and 8.2). */
  | 'timeout';

/** Signature only, for now. */
export declare class DataSender {
  constructor(options: DataSenderOptions);
  /** Bytes of user data that were not sent yet. */
  get waitingBytes(): number;
  /** Bytes of user data that were sent and not acknowledged cumulatively. */
  get outstandingBytes(): number;
  /** Whether nothing waits and nothing is outstanding. */
  get isIdle(): boolean;
  /** Where new data goes; setting it moves what was not sent yet. */
  dataPath: SendingPath;
  /** Set while nothing more is to come (SHUTDOWN-PENDING): the I bit asks for a SACK at once with the last DATA. */
  shutdownPending: boolean;
  /** Takes a message. The stream has to be below `outboundStreams`, and `data` not empty. */
  enqueue(message: SendInput): void;
  /** A path by which something may be sent now (retransmissions before new data), or `undefined`. */
  nextPath(now: number): SendingPath | undefined;
  /** Whether something may be sent by a path now. New data only by {@link dataPath}. */
  hasToSend(path: SendingPath, now: number): boolean;
  /**
   * Puts DATA chunks behind the control chunks of a packet. May put none where the room that is left is too small for a
   * retransmission: then finish the packet and call it with an empty one.
   */
  fill(writer: PacketWriter, path: SendingPath, now: number): void;
  /** Processes a SACK chunk at `offset` of a packet. The outcome is the same object each time. */
  handleSack(bytes: Uint8Array, offset: number, length: number, now: number): SackOutcome;
  /** T3-rtx of a path expired (`t3Deadline <= now`): call before the RTO is doubled and before `nextPath`. */
  handleT3(path: SendingPath, now: number): T3Outcome;
  /** The cumulative TSN ack of a SHUTDOWN chunk. */
  handleCumulativeTsn(tsn: number, now: number): SackOutcome;
  /** A path is not used any more: what is in flight on it goes elsewhere. */
  pathRemoved(path: SendingPath, now: number): void;
  /** Takes out all messages that were not acknowledged as a whole, in the order in which they were given. */
  drainUnacknowledged(): SendInput[];
  /** The TSN of the next DATA chunk. */
  get nextTsn(): number;
}

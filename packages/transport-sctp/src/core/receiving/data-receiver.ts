import type { AssociationId } from '@rserpool/wire';
import type { SctpOutput } from '../sctp-output.ts';
import type { PacketWriter } from '../wire/packet-writer.ts';

/** A user message that came in. */
export type MessageOutput = Extract<SctpOutput, { type: 'message' }>;

/** Options of a {@link DataReceiver}. */
export interface DataReceiverOptions {
  /** The association that messages are told for. */
  readonly association: AssociationId;
  /** The initial TSN that the peer announced. */
  readonly initialTsn: number;
  /** The receive window that was announced, in bytes. */
  readonly windowBytes: number;
  /** How many streams the peer may send by. */
  readonly inboundStreams: number;
  /** The longest message that is put together, in bytes. */
  readonly maximumMessageBytes: number;
  /** SACK.Delay in milliseconds. */
  readonly sackDelayMs: number;
  /** Every how many packets with DATA a SACK is sent at the latest. */
  readonly sackFrequency: number;
}

/** What became of a DATA chunk. */
export type DataOutcome =
  | 'accepted'
  | 'duplicate'
  /** Not taken, as the window is full (section 6.2); it is not acknowledged. */
  | 'dropped'
  /** Acknowledged and discarded: answer with the cause Invalid Stream Identifier (section 6.5). */
  | 'invalid-stream'
  /** Answer with an ABORT with the cause No User Data (section 6.2). */
  | 'no-user-data'
  /** Answer with an ABORT with the cause Protocol Violation: fragments that do not fit together, a stream sequence number twice. */
  | 'protocol-violation'
  /** Answer with an ABORT with the cause Out of Resource: the message gets longer than `maximumMessageBytes`. */
  | 'message-too-long';

/** Signature only, for now. */
export declare class DataReceiver {
  constructor(options: DataReceiverOptions);
  /** When the delayed SACK has to be sent, or `undefined` while none waits for it. At that time {@link needsSack} is true. */
  get sackDeadline(): number | undefined;
  /** The latest TSN in sequence that came. */
  get cumulativeTsn(): number;
  /** What is left of the receive window, in bytes. */
  get windowBytes(): number;
  /** Whether TSNs came out of order: a SHUTDOWN cannot acknowledge them, a SACK goes with it (section 6.2). */
  get hasGaps(): boolean;
  /** Processes the DATA chunk at `offset` of a packet. Well-formed means: `length` is at least 16 and in the packet. */
  handleData(bytes: Uint8Array, offset: number, length: number, now: number): DataOutcome;
  /** Call it behind the last chunk of each packet that had DATA: decides on the SACK. */
  endOfPacket(now: number): void;
  /** Whether a SACK is due now: a decision of {@link endOfPacket}, the delay is over, or the window opened. */
  needsSack(now: number): boolean;
  /** Whether received DATA waits for a SACK, due or not: bundle one with DATA that is sent (section 6.1). */
  get hasUnacknowledged(): boolean;
  /** Writes the SACK into a packet; what had to be acknowledged is. As many gap ack blocks as the room allows. */
  putSack(writer: PacketWriter): void;
  /** The cumulative TSN was told otherwise (SHUTDOWN): nothing waits for a SACK any more. */
  acknowledgedOtherwise(): void;
  /** The next whole message, in the order in which they may be delivered. */
  pollMessage(): MessageOutput | undefined;
  /** The application has read so many bytes. Returns whether a SACK should tell about the window now (section 6.2). */
  consumed(bytes: number): boolean;
}

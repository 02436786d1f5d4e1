import type { Path } from '../path/path.ts';

/** What an association has only while it is shut down (RFC 9260 section 9.2). */
export interface ShutdownState {
  /** Where the latest SHUTDOWN or SHUTDOWN ACK went. */
  path: Path;
  /** When T2-shutdown expires. */
  t2Deadline: number;
  /** When T5-shutdown-guard expires. */
  t5Deadline: number;
  /** How often it was sent again without any answer. */
  retransmissions: number;
  /** Whether SHUTDOWN or SHUTDOWN ACK (as the state says) has to be sent. */
  chunkDue: boolean;
  /** Whether a SACK goes with the SHUTDOWN: there were gaps or duplicates. */
  sackDue: boolean;
}

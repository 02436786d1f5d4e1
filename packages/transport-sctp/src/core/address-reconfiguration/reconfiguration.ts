import { bytesEqual, type IpAddress } from '@rserpool/wire';
import type { Path } from '../path/path.ts';
import type { Asconf } from '../wire/chunks/asconf.ts';
import type { AsconfAck } from '../wire/chunks/asconf-ack.ts';

/** What an association has about changes of addresses (RFC 5061), from the first one on. */
export interface Reconfiguration {
  /** The serial number of this side's next ASCONF. */
  nextSerialNumber: number;
  /**
   * The ASCONFs that wait for an answer, in order. They are in one packet: another one joins only when that has to be
   * sent again (section 5.1.1 C1, section 5.5).
   */
  outstanding: OutstandingAsconf[];
  /** The path that they were sent by. */
  path: Path;
  /** When T4-rto expires; {@link never} where nothing is outstanding. */
  deadline: number;
  /** Whether the peer has said that it does not understand; then nothing more is asked (section 5.1 A9, section 5.3 F3). */
  isRefused: boolean;
  /** The serial number of the peer's latest ASCONF. */
  peerSerialNumber: number;
  /** What its latest ones were answered; sent again when they come again (section 5.2 E2). */
  answers: AsconfAck[];
  /** The answers to the packet that is read (section 5.2 E6). */
  pendingAnswers: AsconfAck[];
}

/** An ASCONF that waits for its answer. */
export interface OutstandingAsconf {
  /** What is asked; it stays as it is when it is sent again (section 5.1 B4). */
  readonly asconf: Asconf;
  /** What the association's local addresses are when everything is granted. */
  readonly localAddresses: readonly IpAddress[];
}

/** More ASCONFs do not share a packet, and no more answers are kept. */
export const maximumBundledAsconfs = 8;

/** Whether an ASCONF that is not answered yet asks the peer to delete a local address. */
export function isBeingDeleted(reconfiguration: Reconfiguration | undefined, address: IpAddress): boolean {
  const outstanding = reconfiguration?.outstanding ?? [];
  return outstanding.some(({ asconf }) =>
    asconf.requests.some((request) => request.type === 'delete' && bytesEqual(request.address, address)),
  );
}

import type { Path } from '../path/path.ts';
import type { SendInput } from '../sctp-input.ts';

/** What an association has only while this side sets it up (RFC 9260 section 5.1). */
export interface Setup {
  /** Where the latest INIT or COOKIE ECHO went. */
  path: Path;
  /** When T1-init or T1-cookie expires. */
  deadline: number;
  /** How often the INIT or the COOKIE ECHO was sent again. */
  retransmissions: number;
  /** When the INIT or COOKIE ECHO was sent; -1 once it was sent again, because then no answer tells a round trip (Karn). */
  sentAt: number;
  /** The peer's cookie, in COOKIE-ECHOED. */
  cookie: Uint8Array | undefined;
  /** Whether COOKIE ECHO has to be sent (again). */
  echoDue: boolean;
  /** Parameters of the INIT ACK to report with the COOKIE ECHO. */
  unrecognized: readonly Uint8Array[];
  /** How often the peer said that its cookie was stale. */
  staleCookies: number;
  /** By how much a longer life of the cookie is asked for, in milliseconds; 0 for not asking. */
  preservativeMs: number;
  /** What the application wants to send, before it is known on how many streams. */
  readonly waiting: SendInput[];
}

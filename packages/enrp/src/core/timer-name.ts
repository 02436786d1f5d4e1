/**
 * The timers of a registrar. Where there is one for each of many things, a colon and what it is for follow.
 *
 * - `PEER-HEARTBEAT-CYCLE`: send the next presence (RFC 5353 section 3.4.2).
 * - `MAX-TIME-LAST-HEARD`: a peer has been silent for too long (section 3.4.3).
 * - `probe`: MAX-TIME-NO-RESPONSE of a probe (section 3.4.3).
 * - `open`: an association attempt takes too long.
 * - `reconnect`: try an endpoint again.
 * - `mentor`: MAX-TIME-NO-RESPONSE of a list or table request while initializing (section 3.2).
 * - `mentor-retry`, `mentor-discovery`: ask mentors again; stop to listen for one.
 * - `table-session`: the requester of a table did not ask for the next part (section 3.2.3).
 * - `resynchronization`: MAX-TIME-NO-RESPONSE of a table request of an audit (section 3.6.3).
 * - `audit-settling`: ask a peer for its checksum again.
 * - `takeover`: MAX-TIME-NO-RESPONSE of the acknowledgements of a takeover (section 3.5.1).
 * - `takeover-expiry`: an acknowledged takeover was not completed.
 * - `defence`: announce own elements that a peer claims, unless it has announced them itself.
 * - `unknown-home`: elements belong to a registrar that nobody has introduced.
 */
export type TimerKind =
  | 'PEER-HEARTBEAT-CYCLE'
  | 'MAX-TIME-LAST-HEARD'
  | 'probe'
  | 'open'
  | 'reconnect'
  | 'mentor'
  | 'mentor-retry'
  | 'mentor-discovery'
  | 'table-session'
  | 'resynchronization'
  | 'audit-settling'
  | 'takeover'
  | 'takeover-expiry'
  | 'defence'
  | 'unknown-home';

/** The name of one timer. */
export type TimerName = TimerKind | `${TimerKind}:${number | string}`;

/** Takes a timer's name apart. */
export function parseTimerName(name: TimerName): { readonly kind: TimerKind; readonly key: string } {
  const colon = name.indexOf(':');
  return colon < 0
    ? { kind: name as TimerKind, key: '' }
    : { kind: name.slice(0, colon) as TimerKind, key: name.slice(colon + 1) };
}

import type { EnrpTiming } from '@rserpool/enrp';
import { fraction, milliseconds, type SettingTable } from './setting.ts';

/** Timers towards peer registrars. */
export const enrpTimingSettings: SettingTable<EnrpTiming> = {
  peerHeartbeatCycleMs: {
    option: 'peer-heartbeat-cycle',
    value: milliseconds(),
    help: 'PEER-HEARTBEAT-CYCLE: the time between two presences',
    rfc: 'RFC 5353 section 4.2',
    rsplib: 'rspregistrar -peerheartbeatcycle',
  },
  heartbeatJitter: {
    option: 'peer-heartbeat-jitter',
    value: fraction(0.99),
    help: 'by which part of itself that time varies either way',
  },
  maxTimeLastHeardMs: {
    option: 'max-time-last-heard',
    value: milliseconds(),
    help: 'MAX-TIME-LAST-HEARD: after how long a silence a peer is probed',
    rfc: 'RFC 5353 section 4.2',
    rsplib: 'rspregistrar -peermaxtimelastheard',
  },
  maxTimeNoResponseMs: {
    option: 'max-time-no-response',
    value: milliseconds(),
    help: 'MAX-TIME-NO-RESPONSE: how long an answer of a peer is awaited',
    rfc: 'RFC 5353 section 4.2',
    rsplib: 'rspregistrar -peermaxtimenoresponse',
  },
  mentorDiscoveryMs: {
    option: 'mentor-discovery-timeout',
    value: milliseconds(0),
    help: 'how long a mentor is listened for on the group where no peer is configured',
    rfc: 'RFC 5353 section 3.2.2.1',
    rsplib: 'rspregistrar -mentordiscoverytimeout',
  },
  mentorRetryMs: {
    option: 'mentor-retry-interval',
    value: milliseconds(),
    help: 'after how long mentors that rejected are asked again',
    rfc: 'RFC 5353 section 3.2.2.2',
  },
  tableSessionMs: {
    option: 'table-session-timeout',
    value: milliseconds(),
    help: 'how long a download of the handle table waits for its next request',
    rfc: 'RFC 5353 section 3.2.3',
  },
  takeoverExpiryMs: {
    option: 'takeover-expiry-interval',
    value: milliseconds(),
    help: 'how long a takeover by somebody else is waited for before its target is watched again',
    rfc: 'RFC 5353 section 3.5',
    rsplib: 'rspregistrar -takeoverexpiryinterval',
  },
  auditSettlingMs: {
    option: 'audit-settling-time',
    value: milliseconds(0),
    help: 'how long after a change that others told a checksum is not trusted',
    rfc: 'RFC 5353 section 3.6',
  },
  associationAttemptMs: {
    option: 'peer-association-timeout',
    value: milliseconds(),
    help: 'how long an attempt to reach a peer may take',
  },
  reconnectInitialMs: {
    option: 'reconnect-initial-interval',
    value: milliseconds(),
    help: 'the first pause before a peer that could not be reached is tried again; it doubles',
  },
  reconnectMaximumMs: {
    option: 'reconnect-maximum-interval',
    value: milliseconds(),
    help: 'the longest such pause',
  },
  reconnectDormantMs: {
    option: 'reconnect-dormant-interval',
    value: milliseconds(),
    help: 'the longest such pause for a former peer that is not configured',
  },
};

import type { AsapRegistrarTiming } from '@rserpool/asap';
import { count, fraction, milliseconds, type SettingTable } from './setting.ts';

/** Timers, thresholds and conventions towards pool elements and pool users. */
export const asapTimingSettings: SettingTable<AsapRegistrarTiming> = {
  keepAliveIntervalMs: {
    option: 'endpoint-keep-alive-interval',
    value: milliseconds(),
    help: 'the mean time between two keep-alives to an element',
    rfc: 'RFC 5352 section 3.5',
    rsplib: 'rspregistrar -endpointkeepalivetransmissioninterval',
  },
  keepAliveJitter: {
    option: 'endpoint-keep-alive-jitter',
    value: fraction(),
    help: 'by which part of itself that time varies either way',
    rfc: 'RFC 5352 section 3.5',
  },
  registrationRestartsKeepAlive: {
    option: 'registration-restarts-keep-alive',
    value: { kind: 'yesNo' },
    help: 'whether a registration counts as a sign of life and moves the next keep-alive',
    rfc: 'RFC 5352 section 3.5',
  },
  keepAliveTimeoutMs: {
    option: 'endpoint-keep-alive-timeout',
    value: milliseconds(),
    help: 'how long a keep-alive may be unanswered before the element is removed',
    rfc: 'RFC 5352 section 3.5',
    rsplib: 'rspregistrar -endpointkeepalivetimeoutinterval',
  },
  maximumBadReports: {
    option: 'max-bad-pe-report',
    value: count(),
    help: 'how many reports that an element is unreachable are tolerated although it answers',
    rfc: 'RFC 5352 section 3.5',
    rsplib: 'rspregistrar -maxbadpereports',
  },
  badReportRule: {
    option: 'bad-report-rule',
    value: { kind: 'choice', choices: ['exceeds', 'reaches'] },
    help: 'whether the element goes when the reports exceed that number or reach it',
    rfc: 'RFC 5352 section 3.5',
  },
  reportIntervalMs: {
    option: 'report-interval',
    value: milliseconds(0),
    help: 'for how long one report of a user stands for its further ones about the same element',
    rfc: 'RFC 5352 section 3.5',
  },
  probeOnReport: {
    option: 'probe-on-report',
    value: { kind: 'yesNo' },
    help: 'whether each report is answered with a keep-alive to the element',
    rfc: 'RFC 5352 section 3.5',
  },
  announceForeignRemovals: {
    option: 'announce-foreign-removals',
    value: { kind: 'yesNo' },
    help: 'whether peers are told when an element of another registrar is removed after reports',
    rfc: 'RFC 5353 section 3.3.2',
  },
  serverAnnounceIntervalMs: {
    option: 'server-announce-interval',
    value: milliseconds(),
    help: 'T6-Serverannounce: the time between two announcements',
    rfc: 'RFC 5352 section 7.1',
    rsplib: 'rspregistrar -serverannouncecycle',
  },
  serverAnnounceRule: {
    option: 'server-announce-rule',
    value: { kind: 'choice', choices: ['shared', 'each'] },
    help: 'whether the registrars of a scope share one announcement in that time, or each sends one',
    rfc: 'RFC 5352 section 3.6',
  },
  serverAnnounceJitter: {
    option: 'server-announce-jitter',
    value: fraction(0.5),
    help: 'by which part of itself that time varies either way',
  },
  registrarOutdateMs: {
    option: 'registrar-outdate-time',
    value: milliseconds(),
    help: 'T7-ENRPoutdate: how long another registrar counts after its last announcement',
    rfc: 'RFC 5352 section 7.1',
  },
  poolUpdateIntervalMs: {
    option: 'pool-update-interval',
    value: milliseconds(),
    help: 'the least time between two updates of a pool to those who subscribed to it',
    rfc: 'RFC 5352 section 2.2.5',
  },
  registrationLifeUnit: {
    option: 'registration-life-unit',
    value: { kind: 'choice', choices: ['seconds', 'milliseconds'] },
    help: 'the unit of the Registration Life field',
    rfc: 'RFC 5354 section 3.10',
  },
};

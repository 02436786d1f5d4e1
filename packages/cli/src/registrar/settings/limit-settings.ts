import type { AsapRegistrarLimits } from '@rserpool/asap';
import type { EnrpLimits } from '@rserpool/enrp';
import type { HandlespaceLimits } from '@rserpool/handlespace';
import { bytes, count, rate, type SettingTable } from './setting.ts';

/** Limits towards pool elements and pool users. */
export const asapLimitSettings: SettingTable<AsapRegistrarLimits> = {
  maximumAssociations: {
    option: 'max-associations',
    value: count(),
    help: 'associations of elements and users; further ones are aborted',
  },
  maximumAssociationsPerAddress: {
    option: 'max-associations-per-address',
    value: count(),
    help: 'those of them that come from one address',
  },
  maximumRegistrationsPerAssociation: {
    option: 'max-registrations-per-association',
    value: count(),
    help: 'own elements that one association registers; further ones are rejected',
  },
  maximumOutstandingProbes: {
    option: 'max-outstanding-probes',
    value: count(),
    help: 'unanswered keep-alives that need an association of their own; further ones wait',
  },
  maximumReportsPerSecond: {
    option: 'max-report-rate',
    value: rate,
    help: 'ASAP_ENDPOINT_UNREACHABLE of one association; further ones are dropped',
    rfc: 'RFC 5352 section 9.1',
    rsplib: 'rspregistrar -maxeurate',
  },
  maximumKeepAlivesPerSecond: {
    option: 'max-keep-alive-rate',
    value: rate,
    help: 'ASAP_ENDPOINT_KEEP_ALIVE to one element because of reports',
    rfc: 'RFC 5352 section 9.1',
  },
  maximumResolutionsPerSecond: {
    option: 'max-resolution-rate',
    value: rate,
    help: 'ASAP_HANDLE_RESOLUTION of one association; further ones are answered with Lack of Resources',
    rfc: 'RFC 5352 section 9.1',
    rsplib: 'rspregistrar -maxhrrate',
  },
  maximumSubscriptionsPerAssociation: {
    option: 'max-subscriptions-per-association',
    value: count(0),
    help: 'pools that one association subscribes to',
    rfc: 'RFC 5352 section 2.2.5',
  },
  maximumSubscriptions: {
    option: 'max-subscriptions',
    value: count(0),
    help: 'subscriptions altogether; 0 turns updates off',
    rfc: 'RFC 5352 section 2.2.5',
  },
  maximumResolutionItems: {
    option: 'max-resolution-items',
    value: count(),
    help: 'elements in an answer, however many are asked for',
    rfc: 'RFC 5352 section 3.3',
  },
  defaultResolutionItems: {
    option: 'default-resolution-items',
    value: count(),
    help: 'elements in an answer where the request does not say how many',
    rfc: 'RFC 5352 section 3.3',
    rsplib: 'rspregistrar -maxhresitems',
  },
  maximumResponseBytes: {
    option: 'max-response-bytes',
    value: bytes(256, 65_532),
    help: 'the longest answer',
  },
  maximumKnownRegistrars: {
    option: 'max-known-registrars',
    value: count(),
    help: 'other registrars whose announcements count',
  },
};

/** Limits towards peer registrars. */
export const enrpLimitSettings: SettingTable<EnrpLimits> = {
  maximumPeers: {
    option: 'max-peers',
    value: count(),
    help: 'peers; messages of further ones are discarded',
  },
  maximumReconnectEndpoints: {
    option: 'max-reconnect-endpoints',
    value: count(),
    help: 'former peers that are tried again, besides the configured ones',
  },
  maximumReconnectAttempts: {
    option: 'max-reconnect-attempts',
    value: count(),
    help: 'after how many attempts a former peer is given up that is not configured',
  },
  maximumTableSessions: {
    option: 'max-table-sessions',
    value: count(),
    help: 'downloads of the handle table that are served at the same time',
    rfc: 'RFC 5353 section 3.2.3',
  },
  maximumTableElements: {
    option: 'max-table-elements',
    value: count(),
    help: 'elements in one message of the handle table',
    rfc: 'RFC 5353 section 3.2.3',
    rsplib: 'rspregistrar -maxelementsperhtrequest',
  },
  maximumTableParts: {
    option: 'max-table-parts',
    value: count(),
    help: 'messages of one handle table; a peer that sends more is given up',
  },
  maximumMessageBytes: {
    option: 'max-list-bytes',
    value: bytes(100, 65_535),
    help: 'the longest message of the handle table or of the list of peers',
  },
  maximumResynchronizations: {
    option: 'max-resynchronizations',
    value: count(),
    help: 'resynchronizations that run at the same time',
    rfc: 'RFC 5353 section 3.6.3',
  },
  maximumMentorRounds: {
    option: 'max-mentor-rounds',
    value: count(),
    help: 'how often mentors that reject are asked again',
    rfc: 'RFC 5353 section 3.2.2.2',
  },
  maximumTakeoverAttempts: {
    option: 'max-takeover-attempts',
    value: count(),
    help: 'how often a takeover is announced before missing acknowledgements are overruled',
    rfc: 'RFC 5353 section 3.5.1',
  },
};

/** Limits of the handlespace. */
export const handlespaceLimitSettings: SettingTable<HandlespaceLimits> = {
  maximumPools: { option: 'max-pools', value: count(1, 2 ** 30), help: 'pools' },
  maximumPoolElements: {
    option: 'max-pool-elements',
    value: count(1, 2 ** 30),
    help: 'pool elements of all pools',
  },
  maximumElementsPerPool: {
    option: 'max-elements-per-pool',
    value: count(1, 2 ** 21),
    help: 'pool elements of one pool',
  },
  maximumPoolHandleBytes: {
    option: 'max-pool-handle-bytes',
    value: bytes(1, 65_531),
    help: 'the longest pool handle',
  },
  maximumPoolElementBytes: {
    option: 'max-pool-element-bytes',
    value: bytes(1, 65_535),
    help: 'the longest pool element, as a parameter of a message',
  },
};

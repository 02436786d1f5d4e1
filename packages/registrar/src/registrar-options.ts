import type { AddressScope, AsapRegistrarLimits, AsapRegistrarOptions } from '@rserpool/asap';
import type { EnrpLimits, TakeoverArbitration } from '@rserpool/enrp';
import type { HandlespaceOptions } from '@rserpool/handlespace';
import type { Clock, Transport } from '@rserpool/transport';
import type { DecodeLimits, IpAddress, RandomSource, RemoteEndpoint } from '@rserpool/wire';
import type { RegistrarProfile, RegistrarTiming } from './registrar-profile.ts';

/** An address: 4 or 16 bytes, or text such as `192.0.2.1` or `2001:db8::1`. */
export type AddressForm = string | IpAddress;

/** An endpoint: itself, or text such as `192.0.2.1:9901`; the registered port of ENRP where the text has none. */
export type PeerForm = string | RemoteEndpoint;

/** Where a registrar listens: a transport, its local addresses and a port. */
export interface ListenOptions {
  /** How the clients or peers reach it. */
  readonly transport: Transport;
  /** The local addresses; the transport's default where left out. */
  readonly addresses?: readonly AddressForm[];
  /** The port; the protocol's registered one where left out, any free one where 0. */
  readonly port?: number;
}

/** A multicast group, for scopes that have multicast; `{}` is the profile's group. */
export interface GroupOptions {
  /** The group's address; the profile's where left out. */
  readonly group?: AddressForm;
  /** The group's port, 1 .. 65535; the protocol's registered one where left out. */
  readonly port?: number;
  /** The address of the local interface, of the same family as the group; the system's choice where left out. */
  readonly interfaceAddress?: AddressForm;
  /** How many routers a datagram may cross, 0 .. 255; by default 1, and 30 in the profile `rsplib`. */
  readonly timeToLive?: number;
}

/** Limits of a registrar; each part's own defaults hold where one is left out. */
export interface RegistrarLimits {
  /** Of the ASAP side: associations, registrations, requests and reports in a second, subscriptions. */
  readonly asap?: Partial<AsapRegistrarLimits>;
  /** Of the ENRP side: peers, table sessions, sizes of pages. */
  readonly enrp?: Partial<EnrpLimits>;
  /** Of the handlespace: pools, elements. */
  readonly handlespace?: HandlespaceOptions['limits'];
  /** Of the messages that are accepted. */
  readonly decode?: Partial<DecodeLimits>;
}

/** Options of `createRegistrar`. */
export interface RegistrarOptions {
  /**
   * Where pool elements (and pool users of the same transport) are served; port 3863 by default
   * (RFC 5352 section 8.2). The transport has to carry payload protocol identifiers.
   */
  readonly asap: ListenOptions;
  /**
   * Where pool users are served over plain TCP besides, in the way of RFC 5352 section 3.3; port 3863 by default.
   * Left out: nowhere.
   */
  readonly poolUsers?: ListenOptions;
  /** Where peer registrars are served; port 9901 by default (RFC 5353 section 5.3). */
  readonly enrp: ListenOptions;
  /** Configured peers: one becomes the mentor, the others its backups (RFC 5353 section 3.2.2.1). None by default. */
  readonly peers?: readonly PeerForm[];
  /**
   * The group that ASAP_SERVER_ANNOUNCE messages go to (RFC 5352 section 3.6), from a port of the same number as that of
   * `asap`; `true` is the profile's: 224.0.1.185, or 239.0.0.50 in the profile `rsplib`. IANA has assigned FF0X::133
   * besides. Left out: no announces, clients have a configured list. The `asap` transport has to have groups.
   */
  readonly announce?: GroupOptions | true;
  /**
   * The group that presences go to, from a port of the same number as that of `enrp`; `true` is the profile's:
   * 239.0.0.51 in the profile `rsplib`, and none in the others, because RFC 5353 has none assigned. Left out: presences
   * go to each known peer. The `enrp` transport has to have groups.
   */
  readonly enrpGroup?: GroupOptions | true;
  /** The registrar's identifier, 1 .. 2^32 - 1; a random one by default, as RFC 5353 section 3.2.1 wants it. */
  readonly identifier?: number;
  /** The named set of timers, thresholds, conventions, limits and groups; `rfc` by default. */
  readonly profile?: RegistrarProfile;
  /** What differs from the profile. */
  readonly timing?: RegistrarTiming;
  /**
   * Which identifier wins where two registrars want to take over a third one: `rfc`, the larger (RFC 5353 section
   * 3.5.1), or `rsplib`, the smaller. All registrars of a scope have to agree; by default as the profile says.
   */
  readonly takeoverArbitration?: TakeoverArbitration;
  /** Whether an element's addresses have to belong to its association; `strict` by default. */
  readonly addressVerification?: NonNullable<AsapRegistrarOptions['addressVerification']>;
  /**
   * How far the addresses of elements have to reach; `loopback` by default, which all do. `site` or `global` keep
   * elements out that other hosts cannot reach.
   */
  readonly minimumAddressScope?: AddressScope;
  /**
   * Whether elements move to the registrar that suits them best (draft-dreibholz-rserpool-enrp-takeover), so that they
   * spread evenly over all registrars that have it switched on; `false` by default.
   */
  readonly takeoverSuggestion?: boolean;
  /** How far the state of a policy advances with each resolution; the policy's own rule by default. */
  readonly maximumIncrement?: number;
  /** Limits on everything. */
  readonly limits?: RegistrarLimits;
  /** Time and timers; the host's by default. */
  readonly clock?: Clock;
  /** Random numbers; the host's cryptographic source by default. */
  readonly random?: RandomSource;
  /** Gives up starting. */
  readonly signal?: AbortSignal;
}

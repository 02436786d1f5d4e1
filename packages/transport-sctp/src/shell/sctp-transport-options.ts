import type { Clock, GroupNetwork } from '@rserpool/transport';
import type { EncapsulationPort } from '../carriers/udp/encapsulation-port.ts';
import type { PathFilter } from '../carriers/filtered-carrier.ts';
import type { SctpParameters } from '../core/sctp-input.ts';

/**
 * What carries SCTP:
 * - `udp`: UDP datagrams (RFC 6951), on every platform and without privileges; both sides need it;
 * - `kernel`: the SCTP of the Linux kernel, through koffi; needs the kernel's module;
 * - `raw`: IP packets of protocol 132, through koffi on Linux; needs CAP_NET_RAW, and a kernel that does no SCTP itself.
 */
export type SctpCarrier = 'udp' | 'kernel' | 'raw';

/** Options of {@link createSctpTransport}. */
export interface SctpTransportOptions {
  /** What carries SCTP; `udp` by default. `auto` takes the kernel's SCTP where it is there, and UDP elsewhere. */
  readonly carrier?: SctpCarrier | 'auto';
  /** Which UDP ports carry SCTP, with the carrier `udp`; 9899 by default. */
  readonly encapsulationPort?: EncapsulationPort;
  /**
   * Protocol parameters that differ from RFC 9260's, for all associations. `heartbeatIntervalMs` and `maximumSilenceMs`
   * follow from the supervision that `BindOptions.heartbeat` asks for. The kernel takes the RTO values, the
   * retransmission limits, the streams and the SACK delay, and has its own for the others.
   */
  readonly parameters?: Partial<SctpParameters>;
  /** Time and timers; `realClock` by default. */
  readonly clock?: Clock;
  /** Groups to offer beside the associations; UDP multicast (`createUdpGroups`) by default, `false` for none. */
  readonly groups?: GroupNetwork | false;
  /**
   * How long a peer may take to take part in a graceful close before it is aborted, in milliseconds; 5000 by default.
   * Short frees ports early, long lets a slow peer take all that was sent.
   */
  readonly closeTimeoutMs?: number;
  /**
   * Cuts paths, for demonstrations and tests of multi-homing: packets that do not pass vanish in both directions. All
   * pass by default. The kernel's SCTP does not ask.
   */
  readonly pathFilter?: PathFilter;
}

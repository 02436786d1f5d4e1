import type { IpAddress } from '@rserpool/wire';
import { AddressScope, addressScope } from '../endpoint/address-scope.ts';
import type { SctpParameters } from '../sctp-input.ts';
import type { PathState } from '../sctp-output.ts';
import { CongestionWindow } from '../sending/congestion-window.ts';
import type { SendingPath } from '../sending/sending-path.ts';
import { RtoEstimate } from './rto-estimate.ts';

/** A timer that does not run. */
export const never: number = Number.POSITIVE_INFINITY;

/** Whoever has paths, and wants to know what became of what was sent by them. */
export interface PathOwner {
  /** DATA that was last sent by this path was acknowledged. */
  pathAcknowledged(path: Path, now: number): void;
}

/** One way to the peer: a destination address with the local address to send from (RFC 9260 section 14.3). */
export class Path implements SendingPath {
  /** Names the path in HEARTBEATs; never used again within an association. */
  readonly number: number;
  /** The peer's address. */
  readonly destination: IpAddress;
  /** The local address to send from. */
  source: IpAddress;
  /** The peer's UDP port (RFC 6951), 0 without encapsulation. */
  encapsulationPort: number;
  /** Its retransmission timeout. */
  readonly rto: RtoEstimate;
  /** Its congestion control, which belongs to the sending side. */
  readonly congestion: CongestionWindow;
  /** The largest SCTP packet, in bytes. */
  readonly mtuBytes: number;
  /** When T3-rtx expires; set by the sending side. */
  t3Deadline: number | undefined = undefined;
  /** Whether the peer was shown to be there (section 5.4). */
  isConfirmed: boolean;
  /** How reachable it is, apart from whether it was confirmed. */
  reachability: 'active' | 'potentially-failed' | 'inactive' = 'active';
  /** Timeouts in a row (section 8.2). */
  errorCount = 0;
  /** When the next HEARTBEAT is due; {@link never} where there is none. */
  heartbeatAt: number = never;
  /** When the HEARTBEAT that was sent counts as lost; {@link never} where none is out. */
  heartbeatTimeoutAt: number = never;
  /** The nonce of its HEARTBEATs (section 5.4), drawn with the first one. */
  nonceHigh = 0;
  /** Its other half; both are 0 before the first HEARTBEAT. */
  nonceLow = 0;
  /** When an acknowledgement of DATA last gave news of it; -1 before. */
  acknowledgedAt = -1;
  readonly #owner: PathOwner;

  /**
   * @param owner - The association.
   * @param number - See {@link number}.
   * @param destination - The peer's address.
   * @param source - The local address.
   * @param encapsulationPort - The peer's UDP port.
   * @param isConfirmed - See {@link isConfirmed}.
   * @param parameters - The association's parameters.
   */
  constructor(
    owner: PathOwner,
    number: number,
    destination: IpAddress,
    source: IpAddress,
    encapsulationPort: number,
    isConfirmed: boolean,
    parameters: SctpParameters,
  ) {
    this.#owner = owner;
    this.number = number;
    this.destination = destination;
    this.source = source;
    this.encapsulationPort = encapsulationPort;
    this.isConfirmed = isConfirmed;
    this.rto = new RtoEstimate(parameters);
    const isLoopback = addressScope(destination) === AddressScope.loopback;
    this.mtuBytes = isLoopback ? parameters.loopbackPacketBytes : parameters.maximumPacketBytes;
    this.congestion = new CongestionWindow(this.mtuBytes, destination.length === 16);
  }

  /** RTO in milliseconds. */
  get rtoMs(): number {
    return this.rto.rtoMs;
  }

  /** What the application is told of it. */
  get state(): PathState {
    return this.reachability === 'active' && !this.isConfirmed ? 'unconfirmed' : this.reachability;
  }

  /** Whether DATA goes there before it goes anywhere else. */
  get isGood(): boolean {
    return this.isConfirmed && this.reachability === 'active';
  }

  /** See {@link SendingPath.onAcknowledged}. */
  onAcknowledged(now: number, rttMs: number | undefined): void {
    if (rttMs !== undefined) this.rto.measured(rttMs);
    this.acknowledgedAt = now;
    this.#owner.pathAcknowledged(this, now);
  }
}

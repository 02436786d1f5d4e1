import type { AssociationId, IpAddress } from '@rserpool/wire';
import type { QueuedTimer } from '@rserpool/wire/internal';
import type { Reconfiguration } from '../address-reconfiguration/reconfiguration.ts';
import type { Authentication } from '../authentication/authentication.ts';
import type { EndpointCore } from '../endpoint/endpoint-core.ts';
import { pathAnswered } from '../path/path-failure.ts';
import type { PathSet } from '../path/path-set.ts';
import type { Path, PathOwner } from '../path/path.ts';
import type { DataReceiver } from '../receiving/data-receiver.ts';
import type { SctpParameters } from '../sctp-input.ts';
import type { DataSender } from '../sending/data-sender.ts';
import type { AuthenticationParameters } from '../wire/chunks/init.ts';
import { AssociationState } from './association-state.ts';
import { type ControlChunk, maximumControlChunks } from './control-chunk.ts';
import type { Setup } from './setup.ts';
import type { ShutdownState } from './shutdown-state.ts';

/** What is known of an association when its record (TCB, RFC 9260 section 14.2) is made. */
export interface AssociationSeed {
  readonly id: AssociationId;
  readonly inbound: boolean;
  readonly parameters: SctpParameters;
  readonly peerPort: number;
  readonly localTag: number;
  readonly localInitialTsn: number;
  /** The peer's address that counts against the limit. */
  readonly countedAddress: IpAddress;
}

/**
 * The record of an association. It holds what the procedures share, and does nothing by itself; each procedure stands
 * in a file of its own.
 */
export class Association implements QueuedTimer, PathOwner {
  timerAt = 0;
  timerOrder = 0;
  timerPlace = -1;
  /** Whether it waits in the endpoint's queue of those that may have something to send. */
  isReady = false;
  /** Its endpoint. */
  readonly core: EndpointCore;
  /** Its name. */
  readonly id: AssociationId;
  /** Whether the peer opened it. */
  readonly inbound: boolean;
  /** Its parameters. */
  readonly parameters: SctpParameters;
  /** The peer's SCTP port. */
  readonly peerPort: number;
  /** The peer's address that counts against the limit. */
  readonly countedAddress: IpAddress;
  /** Where it is in its life. */
  state: AssociationState = AssociationState.closed;
  /** The tag of packets that come in. */
  localTag: number;
  /** The tag of packets that go out; 0 while it is not known. */
  peerTag = 0;
  /** The TSN of this side's first DATA chunk. */
  localInitialTsn: number;
  /** The TSN of the peer's first DATA chunk. */
  peerInitialTsn = 0;
  /** How many streams this side sends on. */
  outboundStreams = 0;
  /** How many streams the peer sends on. */
  inboundStreams = 0;
  /** The Local Tag of the Tie-Tags (section 5.2.2); 0 until an unexpected INIT came. */
  localTieTag = 0;
  /** The Peer's Tag of the Tie-Tags. */
  peerTieTag = 0;
  /** The cookie that it was made of expires then; 0 where this side set it up. */
  cookieExpiresAt = 0;
  /** The ways to the peer. */
  paths: PathSet;
  /** The number of the next path. */
  nextPathNumber = 1;
  /** What is sent; from the INIT ACK or the COOKIE ECHO on. */
  sender: DataSender | undefined;
  /** What is received; as long as the sender. */
  receiver: DataReceiver | undefined;
  /** Only while this side sets it up. */
  setup: Setup | undefined;
  /** Only while it is shut down. */
  shutdown: ShutdownState | undefined;
  /** Whether this side's application wants it to end. */
  endsByApplication = false;
  /** What this side said about AUTH in its INIT; only while it sets the association up. */
  ownAuthentication: AuthenticationParameters | undefined;
  /** What was agreed on about AUTH; `undefined` where one side has none. */
  authentication: Authentication | undefined;
  /** Whether the chunks of the packet that is read come behind an AUTH chunk that is right. */
  isPacketAuthentic = false;
  /** The local addresses that the association has: the peer knows of them, and they may be sent from. */
  localAddresses: readonly IpAddress[];
  /** What is under way about addresses (RFC 5061); made with the first change. */
  reconfiguration: Reconfiguration | undefined;
  /** Control chunks that wait. */
  control: ControlChunk[] = [];
  /** Where SACKs go: where the latest DATA came from (section 6.4). */
  sackPath: Path;
  /** Timeouts in a row, of all paths that carry data (section 8.1). */
  errorCount = 0;
  /** When the peer was last heard of, in milliseconds. */
  heardAt = 0;
  /** How often it was asked for a sign of life since, and when for the last time. */
  silenceProbes = 0;
  /** When it was last asked. */
  silenceProbedAt = 0;
  /** When the current round of HEARTBEATs to unconfirmed addresses ends, and how many went out in it (HB.Max.Burst). */
  probeRoundEndsAt = 0;
  /** How many HEARTBEATs went to unconfirmed addresses in the current round. */
  probesInRound = 0;

  /**
   * @param core - Its endpoint.
   * @param seed - What is known already.
   * @param makePaths - Makes the paths, which know whose they are.
   */
  constructor(core: EndpointCore, seed: AssociationSeed, makePaths: (association: Association) => PathSet) {
    this.core = core;
    this.id = seed.id;
    this.inbound = seed.inbound;
    this.parameters = seed.parameters;
    this.peerPort = seed.peerPort;
    this.localTag = seed.localTag;
    this.localInitialTsn = seed.localInitialTsn;
    this.countedAddress = seed.countedAddress;
    this.localAddresses = core.addresses;
    this.paths = makePaths(this);
    this.sackPath = this.paths.primary;
  }

  /** Whether it is up, or was and is being shut down. */
  get isUp(): boolean {
    return this.state >= AssociationState.established;
  }

  /** Lets a control chunk wait for the next packet on its path. */
  queueControl(chunk: ControlChunk): void {
    if (this.control.length < maximumControlChunks) this.control.push(chunk);
    else this.core.statistics.droppedControlChunks += 1;
    this.core.touch(this);
  }

  /** Tells the application what a path is like, and lets new data take the best path. */
  pathChanged(path: Path): void {
    if (!this.isUp) return;
    this.core.emit({
      type: 'pathChanged',
      association: this.id,
      address: path.destination,
      state: path.state,
      primary: path === this.paths.primary,
    });
    this.choosePath();
  }

  /** Lets new data take the path that is the best now. */
  choosePath(): void {
    const { sender } = this;
    if (sender === undefined) return;
    sender.packetBytes = this.paths.packetBytes;
    const { forData } = this.paths;
    if (sender.dataPath !== forData) sender.dataPath = forData;
  }

  /** Sections 8.1 and 8.2: the counters are cleared. */
  pathAcknowledged(path: Path): void {
    this.errorCount = 0;
    if (pathAnswered(path)) this.pathChanged(path);
  }
}

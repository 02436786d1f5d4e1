import type { IpAddress } from '@rserpool/wire';
import { randomIdentifier } from '@rserpool/wire';
import { OutputQueue, TimerQueue } from '@rserpool/wire/internal';
import type { Association } from '../association/association.ts';
import { CookieSigner } from '../cookie/cookie-signer.ts';
import type { SctpEndpointOptions } from '../sctp-endpoint-options.ts';
import type { SctpParameters } from '../sctp-input.ts';
import type { PacketOutput, SctpOutput } from '../sctp-output.ts';
import { PacketWriter } from '../wire/packet-writer.ts';
import { AssociationTable } from './association-table.ts';
import {
  defaultMaximumAssociations,
  defaultMaximumAssociationsPerAddress,
  defaultSctpParameters,
} from './default-parameters.ts';
import { noStatistics, type SctpStatistics } from './sctp-statistics.ts';
import { UsedCookies } from './used-cookies.ts';

/** A host that moves more often than so within the life of a cookie sets its associations up anew. */
const keptFormerAddresses = 16;

/** What all procedures of one endpoint share. */
export class EndpointCore {
  /** The options as they were given. */
  readonly options: SctpEndpointOptions;
  /** The SCTP port. */
  readonly port: number;
  /** The local addresses. */
  addresses: readonly IpAddress[];
  /** The parameters of associations that have none of their own. */
  readonly parameters: SctpParameters;
  /** What waits to be polled. */
  readonly outputs: OutputQueue<SctpOutput> = new OutputQueue();
  /** Associations that may have something to send, in turn. */
  readonly ready: OutputQueue<Association> = new OutputQueue();
  /** One timer for each association: the earliest of its own ones. */
  readonly timers: TimerQueue<Association> = new TimerQueue();
  /** The associations. */
  readonly table: AssociationTable = new AssociationTable();
  /** Makes and recognizes state cookies. */
  readonly cookies: CookieSigner;
  /** Cookies that must not be used again. */
  readonly usedCookies: UsedCookies = new UsedCookies();
  /** Writes every packet. */
  readonly writer: PacketWriter;
  /** What was counted. */
  readonly statistics: SctpStatistics = noStatistics();
  /** The time of the latest input or timeout, in milliseconds. */
  now = 0;

  readonly #formerAddresses: { readonly addresses: readonly IpAddress[]; readonly until: number }[] = [];

  constructor(options: SctpEndpointOptions) {
    this.options = options;
    this.port = options.port;
    this.addresses = options.addresses;
    this.parameters = { ...defaultSctpParameters, ...options.parameters };
    this.cookies = new CookieSigner(options.hmac, options.random);
    this.writer = new PacketWriter(this.parameters.maximumPacketBytes);
  }

  /** Gives the endpoint other local addresses. */
  changeAddresses(addresses: readonly IpAddress[]): void {
    this.#formerAddresses.push({ addresses: this.addresses, until: this.now });
    if (this.#formerAddresses.length > keptFormerAddresses) this.#formerAddresses.shift();
    this.addresses = addresses.map((address) => address.slice());
  }

  /** The local addresses that an INIT ACK of that time listed: a cookie does not hold them. */
  addressesAt(time: number): readonly IpAddress[] {
    return this.#formerAddresses.find(({ until }) => time < until)?.addresses ?? this.addresses;
  }

  /** Whether the local addresses ever changed. */
  get hasMoved(): boolean {
    return this.#formerAddresses.length > 0;
  }

  /** Tells the application something. */
  emit(output: SctpOutput): void {
    this.outputs.push(output);
  }

  /** Whether there may be one more association with an address. */
  hasRoomFor(address: IpAddress): boolean {
    const { maximumAssociations, maximumAssociationsPerAddress } = this.options;
    return (
      this.table.size < (maximumAssociations ?? defaultMaximumAssociations) &&
      this.table.countOf(address) < (maximumAssociationsPerAddress ?? defaultMaximumAssociationsPerAddress)
    );
  }

  /** A verification tag that no association has (RFC 9260 section 5.3.1). */
  newTag(): number {
    for (;;) {
      const tag = randomIdentifier(this.options.random);
      if (this.table.byTag(tag) === undefined && !this.usedCookies.has(tag)) return tag;
    }
  }

  /** Looks after an association when packets are polled the next time. */
  touch(association: Association): void {
    if (association.isReady) return;
    association.isReady = true;
    this.ready.push(association);
  }

  /** Begins a packet. */
  startPacket(peerPort: number, verificationTag: number): PacketWriter {
    this.writer.start(this.port, peerPort, verificationTag);
    return this.writer;
  }

  /** The packet that was written, for a way that is given. */
  finishPacket(source: IpAddress, destination: IpAddress, encapsulationPort: number): PacketOutput {
    this.statistics.packetsSent += 1;
    return { type: 'packet', bytes: this.writer.finish(), source, destination, encapsulationPort };
  }
}

import { bytesEqual, type IpAddress, type RandomSource, RserpoolError } from '@rserpool/wire';
import type { PacketCarrier, PacketHandler } from './packet-carrier.ts';
import type { PacketSocket } from './packet-socket.ts';
import { type AcquiredSocket, acquireSocket } from './socket-registry.ts';

/** The sockets that a carrier uses. */
export interface SocketKind {
  /**
   * Whether another SCTP port may be free where a socket could not be opened because somebody else has its address: where
   * the UDP port is the SCTP port.
   */
  readonly dependsOnPort: boolean;
  /** What names the socket at a local address within the process. */
  name(address: IpAddress, port: number): string;
  /**
   * Opens one.
   *
   * @throws RserpoolError `ERR_RSERPOOL_ADDRESS_IN_USE`, `ERR_RSERPOOL_BIND_FAILED`.
   */
  open(address: IpAddress, port: number): Promise<PacketSocket>;
  /** See {@link PacketCarrier.probe}. */
  probe(destination: IpAddress, encapsulationPort: number, onRefused: () => void): () => void;
}

/** Options of {@link openSocketCarrier}. */
export interface SocketCarrierOptions {
  /** What sockets it uses. */
  readonly kind: SocketKind;
  /** The concrete local addresses, at least one. */
  readonly addresses: readonly IpAddress[];
  /** The SCTP port, or 0 for any free one. */
  readonly port: number;
  /** Chooses among free ports. */
  readonly random: RandomSource;
}

/** The ports that are chosen from where the caller wants any (RFC 6335 section 6: dynamic ports). */
const firstDynamicPort = 49_152;
const dynamicPorts = 16_384;

/** How many ports are tried: somebody else may have taken one at the second address. */
const maximumTries = 32;

/** A socket for each local address, because only so the local address of a packet is known. */
class SocketCarrier implements PacketCarrier {
  readonly port: number;
  onPacket: PacketHandler | undefined;
  readonly #kind: SocketKind;
  #sockets: readonly AcquiredSocket[] = [];
  #isClosed = false;

  constructor(port: number, kind: SocketKind) {
    this.port = port;
    this.#kind = kind;
  }

  get localAddresses(): readonly IpAddress[] {
    return this.#sockets.map(({ socket }) => socket.address);
  }

  send(bytes: Uint8Array, source: IpAddress, destination: IpAddress, encapsulationPort: number): void {
    if (this.#isClosed) return;
    this.#socketFor(source, destination)?.socket.send(bytes, destination, encapsulationPort);
  }

  probe(destination: IpAddress, encapsulationPort: number, onRefused: () => void): () => void {
    return this.#kind.probe(destination, encapsulationPort, onRefused);
  }

  async setLocalAddresses(addresses: readonly IpAddress[]): Promise<void> {
    const before = this.#sockets;
    const at = (list: readonly AcquiredSocket[], address: IpAddress): AcquiredSocket | undefined =>
      list.find(({ socket }) => bytesEqual(socket.address, address));
    const added = await this.#open(addresses.filter((address) => at(before, address) === undefined));
    const all = [...before, ...added];
    this.#sockets = addresses.flatMap((address) => at(all, address) ?? []);
    const gone = before.filter((one) => !this.#sockets.includes(one));
    await Promise.all(gone.map((one) => this.#giveUp(one)));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.all(this.#sockets.map((one) => this.#giveUp(one)));
  }

  /** Sockets at all the addresses, where the SCTP port is taken for this endpoint; or none at all. */
  async #open(addresses: readonly IpAddress[]): Promise<readonly AcquiredSocket[]> {
    const sockets: AcquiredSocket[] = [];
    try {
      for (const address of addresses) {
        const name = this.#kind.name(address, this.port);
        sockets.push(await acquireSocket(name, () => this.#kind.open(address, this.port)));
      }
      if (sockets.some(({ socket }) => socket.isTaken(this.port))) throw sctpPortTakenError(this.port);
    } catch (error) {
      await Promise.all(sockets.map(({ release }) => release()));
      throw error;
    }
    for (const { socket } of sockets) {
      socket.take(this.port, (bytes, source, destination, encapsulationPort) => {
        this.onPacket?.(bytes, source, destination, encapsulationPort);
      });
    }
    return sockets;
  }

  #giveUp({ socket, release }: AcquiredSocket): Promise<void> {
    socket.release(this.port);
    return release();
  }

  #socketFor(source: IpAddress, destination: IpAddress): AcquiredSocket | undefined {
    const sockets = this.#sockets;
    for (const one of sockets) if (one.socket.address === source) return one;
    for (const one of sockets) if (bytesEqual(one.socket.address, source)) return one;
    return sockets.find(({ socket }) => socket.address.length === destination.length);
  }
}

/**
 * Binds the sockets of an endpoint.
 *
 * @param options - Addresses and ports.
 * @throws RserpoolError `ERR_RSERPOOL_ADDRESS_IN_USE`, `ERR_RSERPOOL_BIND_FAILED`.
 */
export async function openSocketCarrier(options: SocketCarrierOptions): Promise<PacketCarrier> {
  const { addresses, port, kind, random } = options;
  for (let tries = 1; ; tries += 1) {
    const candidate = port === 0 ? firstDynamicPort + (random() % dynamicPorts) : port;
    const carrier = new SocketCarrier(candidate, kind);
    try {
      await carrier.setLocalAddresses(addresses);
      return carrier;
    } catch (error) {
      if (port !== 0 || tries === maximumTries || !mayHelp(error, kind)) throw error;
    }
  }
}

/** Whether another SCTP port may be free. */
function mayHelp(error: unknown, kind: SocketKind): boolean {
  if (!RserpoolError.is(error, 'ERR_RSERPOOL_ADDRESS_IN_USE')) return false;
  return kind.dependsOnPort || error.cause === sctpPortTaken;
}

/** Tells {@link sctpPortTakenError} from other errors. */
const sctpPortTaken: symbol = Symbol('an endpoint of this process has the SCTP port');

function sctpPortTakenError(port: number): RserpoolError {
  return new RserpoolError(
    'ERR_RSERPOOL_ADDRESS_IN_USE',
    `an endpoint of this process has SCTP port ${port} already; close it, or choose another port`,
    { cause: sctpPortTaken },
  );
}

import type { SessionNetworkInput, SessionNetworkOutput } from '@rserpool/session/machine';
import type { RemoteEndpoint } from '@rserpool/wire';
import { NumberTable } from '@rserpool/wire/internal';
import type { LinkEnd, LinkLoss, LinkOwner, Transmission } from './link-end.ts';
import type { SwitchNetwork } from './switch-network.ts';

const noReports = [] as const;

/** The associations of a user's sessions with elements. */
export class SessionLinks implements LinkOwner {
  readonly name: string;
  readonly #network: SwitchNetwork;
  readonly #local: RemoteEndpoint;
  readonly #feed: (input: SessionNetworkInput) => void;
  readonly #ends: NumberTable<LinkEnd> = new NumberTable();

  /**
   * @param network - The network.
   * @param name - The user, in traces.
   * @param local - Where it sends from.
   * @param feed - Takes what happens.
   */
  constructor(
    network: SwitchNetwork,
    name: string,
    local: RemoteEndpoint,
    feed: (input: SessionNetworkInput) => void,
  ) {
    this.#network = network;
    this.name = name;
    this.#local = local;
    this.#feed = feed;
  }

  /**
   * Does what a session wants.
   *
   * @param output - What it wants of the network.
   */
  perform(output: SessionNetworkOutput): void {
    const { association } = output;
    if (output.type === 'open') {
      const { userTransport } = output.poolElement;
      if (userTransport.protocol !== 'sctp') return;
      const { addresses, port } = userTransport;
      this.#ends.set(association, this.#network.open(this, association, this.#local, { addresses, port }));
      return;
    }
    const end = this.#ends.get(association);
    if (end === undefined) return;
    if (output.type === 'sendData') this.#network.send(end, { protocol: 'data', message: output.message });
    else if (output.type === 'sendControl') {
      this.#network.send(end, { protocol: 'asap', message: output.message });
    } else {
      this.#ends.take(association);
      this.#network.close(end, output.abort);
    }
  }

  linkUp({ id: association }: LinkEnd): void {
    this.#feed({ type: 'associationUp', association, controlChannel: true, heartbeats: true });
  }

  received({ id: association }: LinkEnd, transmission: Transmission): void {
    if (transmission.protocol === 'data') {
      this.#feed({ type: 'data', association, message: transmission.message });
    } else if (transmission.protocol === 'asap') {
      const { message } = transmission;
      this.#feed({ type: 'control', association, message, reports: noReports });
    }
  }

  linkLost({ id: association }: LinkEnd, reason: LinkLoss): void {
    this.#ends.take(association);
    this.#feed({ type: 'associationLost', association, reason });
  }
}

import type { Association } from '@rserpool/transport';
import { RandomStreams } from '../engine/random-streams.ts';
import { VirtualTime } from '../engine/virtual-time.ts';
import { type NetworkConditions, noMischief } from '../network/network-conditions.ts';
import type { SimulatedHost } from '../network/simulated-host.ts';
import { SimulatedNetwork } from '../network/simulated-network.ts';

/** A network without anything wrong: 10 ms from host to host. */
export function calmNetwork(conditions: Partial<NetworkConditions> = {}, seed = 1): SimulatedNetwork {
  return new SimulatedNetwork(new VirtualTime(), new RandomStreams(seed), {
    delay: { type: 'fixed', value: 10 },
    retransmission: 0,
    retransmissionDelayMs: 50,
    datagrams: noMischief(),
    packets: noMischief(),
    associations: noMischief(),
    sendFailure: 0,
    ...conditions,
  });
}

/** Supervision that notices silence after a second. */
export const heartbeat = { intervalMs: 500, maximumMissed: 2 };

/** What one end of an association was told. */
export interface End {
  association: Association;
  readonly got: number[];
  readonly told: string[];
}

function watched(association: Association): End {
  const end: End = { association, got: [], told: [] };
  association.handlers = {
    message: ({ data }) => end.got.push(data[0] ?? 0),
    lost: (reason) => end.told.push(reason),
    restarted: () => end.told.push('restarted'),
  };
  return end;
}

/** Two hosts with an endpoint each, and what becomes of what they open. */
export class Pair {
  readonly network: SimulatedNetwork;
  readonly client: SimulatedHost;
  readonly server: SimulatedHost;
  readonly accepted: End[] = [];
  readonly opened: End[] = [];
  readonly failed: string[] = [];

  constructor(network: SimulatedNetwork = calmNetwork()) {
    this.network = network;
    this.client = network.addHost('client', '192.0.2.1');
    this.server = network.addHost('server', '192.0.2.2');
    this.listen();
    this.client.bind(2000, heartbeat, true);
  }

  /** The server's process accepts associations. */
  listen(): void {
    this.server.bind(3863, heartbeat, true).onAssociation = (association) => {
      this.accepted.push(watched(association));
    };
  }

  /** The client opens an association; returns what gives the attempt up. */
  dial(timeoutMs = 5000): () => void {
    const endpoint = this.client.endpointAt(2000) ?? this.client.bind(2000, heartbeat, true);
    const remote = { addresses: this.server.addresses, port: 3863 };
    return endpoint.dial(remote, { timeoutMs }, (outcome) => {
      if ('association' in outcome) this.opened.push(watched(outcome.association));
      else this.failed.push((outcome.error as { code: string }).code);
    });
  }

  /** Lets time pass. */
  pass(ms: number): void {
    this.network.time.runUntil(this.network.time.now() + ms);
  }
}

/** Sends numbers. */
export function send(end: End | undefined, ...numbers: number[]): void {
  for (const number of numbers) {
    end?.association.send({ data: Uint8Array.of(number), payloadProtocolIdentifier: 11 });
  }
}

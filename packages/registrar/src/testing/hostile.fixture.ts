import {
  type Association,
  createMemoryNetwork,
  createVirtualClock,
  type Endpoint,
  type InboundMessage,
  type MemoryNetwork,
  type VirtualClock,
} from '@rserpool/transport';
import {
  type AsapMessage,
  AsapPayloadProtocolIdentifier,
  decodeAsapMessage,
  decodeEnrpMessage,
  encodeAsapMessage,
  encodeEnrpMessage,
  type EnrpMessage,
  EnrpPayloadProtocolIdentifier,
  formatPoolHandle,
  parseIpAddress,
  type PoolElement,
  poolHandleFromText,
  type RemoteEndpoint,
  seededRandom,
} from '@rserpool/wire';
import { createRegistrar, type Registrar, type RegistrarEvent, type RegistrarOptions } from '../index.ts';

/** The pool that everybody in these tests is about. */
export const pool: Uint8Array = poolHandleFromText('EchoPool');

/** An element on a host, as it registers or as a registrar describes it. */
export function elementAt(address: string, identifier: number, rest: Partial<PoolElement> = {}): PoolElement {
  const addresses = [parseIpAddress(address)];
  return {
    identifier,
    homeRegistrar: 0,
    registrationLife: 60,
    userTransport: { protocol: 'sctp', port: 7000, transportUse: 1, addresses },
    policy: { type: 'roundRobin' },
    asapTransport: { protocol: 'sctp', port: 7000, transportUse: 0, addresses },
    ...rest,
  };
}

/** Somebody who says what a test wants to be said, over one association. */
export class Speaker {
  readonly received: InboundMessage[] = [];
  readonly endpoint: Endpoint;
  readonly association: Association;
  lost: string | undefined;
  /** Reacts to what it is told. */
  react: ((message: InboundMessage) => void) | undefined;

  constructor(endpoint: Endpoint, association: Association) {
    this.endpoint = endpoint;
    this.association = association;
    association.handlers = {
      message: (message) => {
        this.received.push(message);
        this.react?.(message);
      },
      lost: (reason) => {
        this.lost = reason;
      },
    };
  }

  bytes(data: Uint8Array, payloadProtocolIdentifier: number): void {
    this.association.send({ data, payloadProtocolIdentifier });
  }

  asap(message: AsapMessage): void {
    this.bytes(encodeAsapMessage(message), AsapPayloadProtocolIdentifier);
  }

  enrp(message: EnrpMessage): void {
    this.bytes(encodeEnrpMessage(message), EnrpPayloadProtocolIdentifier);
  }

  /** What it was told since the last call, as ASAP. */
  heardAsap(): AsapMessage[] {
    return this.received.splice(0).flatMap(({ data }) => {
      const decoded = decodeAsapMessage(data);
      return decoded.ok ? [decoded.message] : [];
    });
  }

  /** What it was told since the last call, as ENRP. */
  heardEnrp(): EnrpMessage[] {
    return this.received.splice(0).flatMap(({ data }) => {
      const decoded = decodeEnrpMessage(data);
      return decoded.ok ? [decoded.message] : [];
    });
  }
}

/** One registrar in virtual time, and whoever a test lets speak to it. */
export class Scene {
  readonly clock: VirtualClock;
  readonly network: MemoryNetwork;
  readonly events: RegistrarEvent[] = [];
  readonly registrar: Registrar;

  private constructor(registrar: Registrar, clock: VirtualClock, network: MemoryNetwork) {
    this.registrar = registrar;
    this.clock = clock;
    this.network = network;
    registrar.onEvent((event) => this.events.push(event));
  }

  /** Starts the registrar, alone in its scope. */
  static async start(options: Partial<RegistrarOptions> = {}): Promise<Scene> {
    const clock = createVirtualClock();
    const network = createMemoryNetwork({ clock, random: seededRandom(3), delayMs: 1 });
    const host = network.host('10.0.0.1');
    const registrar = await createRegistrar({
      asap: { transport: host.transport },
      enrp: { transport: host.transport },
      profile: 'lan',
      clock: host.clock,
      random: seededRandom(9),
      identifier: 0x1111,
      ...options,
    });
    const scene = new Scene(registrar, clock, network);
    await clock.advance(1000);
    return scene;
  }

  /** Somebody connects from a host. */
  async connect(address: string, remote: RemoteEndpoint, port = 0): Promise<Speaker> {
    const endpoint = await this.network.transport(address).bind({ port });
    const connecting = endpoint.connect(remote);
    await this.clock.advance(10);
    return new Speaker(endpoint, await connecting);
  }

  /** An honest element: it registers, and acknowledges every keep-alive. */
  async element(address: string, identifier: number): Promise<Speaker> {
    const speaker = await this.connect(address, this.registrar.asapEndpoint, 7000);
    speaker.react = ({ data }) => {
      const decoded = decodeAsapMessage(data);
      if (!decoded.ok || decoded.message.type !== 'ASAP_ENDPOINT_KEEP_ALIVE') return;
      speaker.asap({
        type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK',
        poolHandle: pool,
        poolElementIdentifier: identifier,
      });
    };
    speaker.asap({
      type: 'ASAP_REGISTRATION',
      poolHandle: pool,
      poolElement: elementAt(address, identifier),
    });
    await this.clock.advance(10);
    return speaker;
  }

  /** What is registered, as text. */
  get handlespace(): string[] {
    return this.registrar
      .pools()
      .flatMap(({ poolHandle, policy, poolElements }) =>
        poolElements.map(
          ({ identifier, homeRegistrar, userTransport }) =>
            `${formatPoolHandle(poolHandle)}/${identifier}@${homeRegistrar} ${policy.type} ${userTransport.protocol}`,
        ),
      )
      .sort();
  }

  /** How often the registrar has tried to reach somebody. */
  get attempts(): number {
    return this.events.filter(({ type }) => type === 'associationAttempt').length;
  }
}

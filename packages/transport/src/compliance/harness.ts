import { RserpoolError, type RemoteEndpoint } from '@rserpool/wire';
import type { Association } from '../contract/association.ts';
import type { BindOptions, Endpoint } from '../contract/endpoint.ts';
import { Collector } from './collector.ts';
import type { TransportComplianceOptions, TransportFixture } from './suite.ts';

/** Two endpoints with an association between them. */
export interface Pair {
  /** The endpoint that connected. */
  readonly client: Endpoint;
  /** The endpoint that accepted. */
  readonly server: Endpoint;
  /** The end that was opened. */
  readonly opened: Collector;
  /** The end that was accepted. */
  readonly accepted: Collector;
}

/** What the tests work with. */
export class Harness {
  readonly fixture: TransportFixture;
  readonly #endpoints: Endpoint[] = [];

  constructor(fixture: TransportFixture) {
    this.fixture = fixture;
  }

  /** Lets time pass until a promise settles. */
  pass<Value>(promise: Promise<Value>): Promise<Value> {
    return this.fixture.pass === undefined ? promise : this.fixture.pass(promise);
  }

  /** Binds the accepting side. */
  bindServer(options: BindOptions = {}): Promise<Endpoint> {
    return this.#keep(this.fixture.server.bind({ ...this.fixture.serverOptions, ...options }));
  }

  /** Binds the connecting side. */
  bindClient(options: BindOptions = {}): Promise<Endpoint> {
    return this.#keep(this.fixture.client.bind({ ...this.fixture.clientOptions, ...options }));
  }

  /** Where an endpoint can be connected to. */
  remoteOf(endpoint: Endpoint): RemoteEndpoint {
    return { addresses: endpoint.localAddresses, port: endpoint.port };
  }

  /** The next association that an endpoint accepts, without handlers. */
  nextAccepted(endpoint: Endpoint): Promise<Association> {
    return new Promise((resolve) => {
      endpoint.onAssociation = resolve;
    });
  }

  /** An association with handlers at both ends. */
  async pair(options: { readonly server?: BindOptions; readonly client?: BindOptions } = {}): Promise<Pair> {
    const server = await this.bindServer(options.server);
    const client = await this.bindClient(options.client);
    const next = this.nextAccepted(server);
    const opened = await this.pass(client.connect(this.remoteOf(server)));
    const accepted = await this.pass(next);
    return { client, server, opened: new Collector(opened), accepted: new Collector(accepted) };
  }

  /** Gives the next association that an endpoint accepts its handlers. */
  collectNext(endpoint: Endpoint): { readonly promise: Promise<void>; readonly collect: () => Collector } {
    let collector: Collector | undefined;
    const promise = this.nextAccepted(endpoint).then((association) => {
      collector = new Collector(association);
    });
    return {
      promise,
      collect: () => {
        if (collector === undefined) throw new Error('no association was accepted yet');
        return collector;
      },
    };
  }

  /** Opens an association and gives it handlers. */
  connect(client: Endpoint, server: Endpoint): Promise<Collector> {
    return this.connectTo(client, this.remoteOf(server));
  }

  /** The same, to anywhere. */
  async connectTo(client: Endpoint, remote: RemoteEndpoint): Promise<Collector> {
    return new Collector(await client.connect(remote));
  }

  /** Sends everything that arrives back; the set holds the associations that were accepted. */
  echo(server: Endpoint): ReadonlySet<Association> {
    const accepted: Set<Association> = new Set();
    server.onAssociation = (association) => {
      accepted.add(association);
      association.handlers = {
        message: ({ data, payloadProtocolIdentifier }) => {
          association.send({ data, payloadProtocolIdentifier });
        },
      };
    };
    return accepted;
  }

  /** A message that the transport carries, with a payload that tells it from others. */
  message(index: number, length = 16): Uint8Array {
    const payload = new Uint8Array(length);
    payload.fill(index & 0xff);
    if (length >= 4) new DataView(payload.buffer).setUint32(0, index);
    return this.fixture.messageOf?.(payload) ?? payload;
  }

  /** The payload protocol identifier that any transport takes. */
  get ppid(): number {
    return 11;
  }

  /** Frees everything. */
  async dispose(): Promise<void> {
    await this.pass(Promise.all(this.#endpoints.map((endpoint) => endpoint.close())));
    await this.fixture.dispose?.();
  }

  async #keep(endpoint: Promise<Endpoint>): Promise<Endpoint> {
    const bound = await endpoint;
    this.#endpoints.push(bound);
    return bound;
  }
}

/** Adds a test that gets a fresh harness. */
export type AddTest = (name: string, body: (harness: Harness) => Promise<void>) => void;

/**
 * Makes the function that adds tests.
 *
 * @param options - Framework and fixture.
 */
export function testsWith(options: TransportComplianceOptions): AddTest {
  return (name, body) => {
    options.it(name, async () => {
      const harness = new Harness(await options.create());
      try {
        await body(harness);
      } finally {
        await harness.dispose();
      }
    });
  };
}

/**
 * The code of the error that an action throws or rejects with; `'none'` where it does not.
 *
 * @param action - What to try.
 */
export async function errorCode(action: () => unknown): Promise<string> {
  try {
    await action();
    return 'none';
  } catch (error) {
    return RserpoolError.is(error) ? error.code : String(error);
  }
}

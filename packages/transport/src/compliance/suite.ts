import type { IpAddress, RemoteEndpoint } from '@rserpool/wire';
import type { LossReason } from '../contract/association.ts';
import type { BindOptions, Endpoint } from '../contract/endpoint.ts';
import type { Transport } from '../contract/transport.ts';

/** What the suites need of a test framework; Vitest, Jest and others have it. */
export interface TestFramework {
  /** Groups tests. */
  readonly describe: (name: string, body: () => void) => unknown;
  /** Adds a test. */
  readonly it: (name: string, body: () => Promise<void>) => unknown;
  /** Checks a value. */
  readonly expect: (actual: unknown) => {
    toBe(expected: unknown): void;
    toEqual(expected: unknown): void;
    toContain(expected: unknown): void;
  };
}

/** A peer that goes wrong when it is told to. */
export interface FaultyPeer {
  /** Where it listens. */
  readonly remote: RemoteEndpoint;
  /** Makes it go wrong; called when an association to it is up. */
  readonly fail: () => void;
}

/** Two endpoints with several paths between them. */
export interface MultiHomedPair {
  /** Connects. */
  readonly client: Endpoint;
  /** Is connected to. */
  readonly server: Endpoint;
  /** Where the server is reached, by all of its addresses. */
  readonly remote: RemoteEndpoint;
  /** Lets nothing through from and to an address of the server, or everything again. */
  readonly setPath: (address: IpAddress, isOpen: boolean) => void;
}

/** A transport under test, with the faults that can be provoked. */
export interface TransportFixture {
  /** Binds the side that connects. */
  readonly client: Transport;
  /** Binds the side that is connected to; may be the same transport. */
  readonly server: Transport;
  /** Options for each `bind` of the client, such as addresses. */
  readonly clientOptions?: BindOptions;
  /** Options for each `bind` of the server. */
  readonly serverOptions?: BindOptions;
  /**
   * Lets time pass until a promise settles: in virtual time it advances the clock; where time passes by itself, it just
   * returns the promise, which is the default.
   */
  readonly pass?: <Value>(promise: Promise<Value>) => Promise<Value>;
  /** Makes a message that the transport can carry out of any payload, where not all bytes are one. */
  readonly messageOf?: (payload: Uint8Array) => Uint8Array;
  /**
   * Where certainly nobody listens. Without it a server is closed just before, whose port somebody else on the host may
   * have taken already.
   */
  readonly closedRemote?: RemoteEndpoint;
  /** Where somebody seems to be, but no association ever comes up; without it, what needs it is not tested. */
  readonly silentRemote?: RemoteEndpoint;
  /** A peer whose process dies; `reasons` are the losses that may be told of it. */
  readonly dyingPeer?: () => Promise<FaultyPeer & { readonly reasons: readonly LossReason[] }>;
  /** A peer that falls silent. */
  readonly hangingPeer?: () => Promise<FaultyPeer>;
  /** Two endpoints with several paths between them, which can be cut; for transports that are multi-homed. */
  readonly multiHomed?: () => Promise<MultiHomedPair>;
  /** A peer that sends back what it gets, loses its state when it is told to, and sets the association to the client up anew. */
  readonly restartingPeer?: (client: Endpoint) => Promise<FaultyPeer>;
  /** Frees what the fixture holds. */
  readonly dispose?: () => Promise<void>;
}

/** Options of {@link describeTransportCompliance}. */
export interface TransportComplianceOptions extends TestFramework {
  /** The transport's name, for the title. */
  readonly name: string;
  /** Makes a fresh fixture; called once for each test. */
  readonly create: () => Promise<TransportFixture>;
}

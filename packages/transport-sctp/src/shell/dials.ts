import type { AssociationId, IpAddress, RemoteEndpoint, RserpoolError } from '@rserpool/wire';
import type { Clock } from '@rserpool/transport';
import { connectionRefusedError, type DialOptions, endpointClosedError } from '@rserpool/transport/internal';
import type { SctpAssociation } from './sctp-association.ts';

/** How long a peer may take to answer before its host is asked whether anybody is there at all. */
const probeAfterMs = 20;

/** Asks an address whether anybody is there, where that can be known. */
export type Probe = (address: IpAddress, port: number, onRefused: () => void) => () => void;

interface Dial {
  readonly remote: RemoteEndpoint;
  readonly timeoutMs: number;
  readonly resolve: (association: SctpAssociation) => void;
  readonly reject: (error: RserpoolError) => void;
}

/** Options of {@link Dials}. */
export interface DialsOptions {
  /** For the probes. */
  readonly clock: Clock;
  /** Asks an address whether anybody is there. */
  readonly probe: Probe;
  /** Gives up an association that is being set up. */
  readonly giveUp: (association: AssociationId) => void;
}

/** The associations that an endpoint is setting up. */
export class Dials {
  readonly #options: DialsOptions;
  readonly #dials: Map<AssociationId, Dial> = new Map();

  constructor(options: DialsOptions) {
    this.#options = options;
  }

  /**
   * Begins one.
   *
   * @param id - Its name.
   * @param remote - Where to.
   * @param options - How long, and when to give up.
   * @returns What the caller of the contract waits for.
   */
  begin(id: AssociationId, remote: RemoteEndpoint, options: DialOptions): Promise<SctpAssociation> {
    return new Promise((resolve, reject) => {
      const stopProbes = this.#probeLater(id, remote);
      const onAbort = (): void => this.#refuse(id, endpointClosedError());
      const finish = (): void => {
        stopProbes();
        options.signal.removeEventListener('abort', onAbort);
      };
      options.signal.addEventListener('abort', onAbort, { once: true });
      this.#dials.set(id, {
        remote,
        timeoutMs: options.timeoutMs,
        resolve: (association) => {
          finish();
          resolve(association);
        },
        reject: (error) => {
          finish();
          reject(error);
        },
      });
    });
  }

  /**
   * Takes one off: it is up, or it is clear why not.
   *
   * @param id - Its name.
   */
  take(id: AssociationId): Dial | undefined {
    const dial = this.#dials.get(id);
    this.#dials.delete(id);
    return dial;
  }

  #refuse(id: AssociationId, error: RserpoolError): void {
    const dial = this.take(id);
    if (dial === undefined) return;
    this.#options.giveUp(id);
    dial.reject(error);
  }

  /** Where every address of the remote endpoint says that nobody is there, there is nothing to wait for. */
  #probeLater(id: AssociationId, remote: RemoteEndpoint): () => void {
    const { clock, probe } = this.#options;
    const stops: (() => void)[] = [];
    let left = remote.addresses.length;
    const onRefused = (): void => {
      left -= 1;
      if (left === 0) this.#refuse(id, connectionRefusedError(remote));
    };
    const timer = clock.setTimer(clock.now() + probeAfterMs, () => {
      for (const address of remote.addresses) stops.push(probe(address, remote.port, onRefused));
    });
    return () => {
      clock.clearTimer(timer);
      for (const stop of stops) stop();
    };
  }
}

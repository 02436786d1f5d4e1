import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { IpAddress } from '@rserpool/wire';
import type { Clock } from '../../contract/clock.ts';
import { resetSocket, secureAccepted, secureOpened } from './secure-socket.ts';
import type { TlsSettings } from './tls-settings.ts';

/** Called once: with the protected connection, or with why there is none. */
type HandshakeDone = (socket: Socket | undefined, error?: Error) => void;

/**
 * The TLS handshakes that an endpoint has under way. A peer that does not bring one to its end in time loses its
 * connection: until then it counts against the limits on associations.
 */
export class Handshakes {
  readonly #settings: TlsSettings;
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #pending: Set<TLSSocket> = new Set();

  /**
   * @param settings - How to authenticate.
   * @param clock - For the timeout.
   * @param timeoutMs - How long a handshake may take, in milliseconds.
   */
  constructor(settings: TlsSettings, clock: Clock, timeoutMs: number) {
    this.#settings = settings;
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  /** Protects a connection that was accepted. */
  accept(carrier: Socket, onDone: HandshakeDone): void {
    this.#run(secureAccepted(carrier, this.#settings), 'secure', onDone);
  }

  /**
   * Protects a connection that was opened to an address.
   *
   * @returns The protected connection; rejects where the peer is not authenticated, and when the signal gives up.
   */
  authenticate(carrier: Socket, address: IpAddress, signal: AbortSignal): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = secureOpened(carrier, address, this.#settings);
      const giveUp = (): void => resetSocket(socket);
      signal.addEventListener('abort', giveUp, { once: true });
      this.#run(socket, 'secureConnect', (secured, error) => {
        signal.removeEventListener('abort', giveUp);
        if (secured === undefined) reject(error ?? new Error('no TLS'));
        else resolve(secured);
      });
      if (signal.aborted) giveUp();
    });
  }

  /** Gives up all that is under way. */
  close(): void {
    for (const socket of this.#pending) resetSocket(socket);
  }

  #run(socket: TLSSocket, event: 'secure' | 'secureConnect', onDone: HandshakeDone): void {
    this.#pending.add(socket);
    // A socket that is given up, or between two owners, may report an error; it closes then, which is seen.
    socket.on('error', () => undefined);
    const finish = (error?: Error): void => {
      if (!this.#pending.delete(socket)) return;
      this.#clock.clearTimer(timer);
      socket.removeListener(event, onSecure);
      socket.removeListener('error', finish);
      socket.removeListener('close', onClose);
      if (error === undefined) {
        onDone(socket);
        return;
      }
      resetSocket(socket);
      onDone(undefined, error);
    };
    const onSecure = (): void => finish();
    const onClose = (): void => finish(new Error('the connection ended during the TLS handshake'));
    const timer = this.#clock.setTimer(this.#clock.now() + this.#timeoutMs, () =>
      finish(
        Object.assign(new Error(`no TLS handshake within ${this.#timeoutMs} ms`), { code: 'ETIMEDOUT' }),
      ),
    );
    socket.once(event, onSecure);
    socket.once('error', finish);
    socket.once('close', onClose);
  }
}

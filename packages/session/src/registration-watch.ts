import type { PoolElementEvent } from '@rserpool/asap';
import { formatPoolHandle, RserpoolError } from '@rserpool/wire';
import type { RegistrationState } from './local-pool-element.ts';
import { Settlers } from './settlers.ts';

/** Follows the registration through its events, for those who wait for it. */
export class RegistrationWatch {
  readonly #poolHandle: Uint8Array;
  readonly #registered: Settlers = new Settlers();
  readonly #deregistered: Settlers = new Settlers();
  #state: RegistrationState = 'registering';
  #error: RserpoolError | undefined;

  /**
   * @param poolHandle - The pool, for messages.
   */
  constructor(poolHandle: Uint8Array) {
    this.#poolHandle = poolHandle;
  }

  /** Whether the element is in its pool. */
  get state(): RegistrationState {
    return this.#state;
  }

  /** A registration is begun anew. */
  restart(): void {
    if (this.#state === 'registered') return;
    this.#state = 'registering';
    this.#error = undefined;
  }

  /**
   * Takes an event.
   *
   * @param event - What happened.
   */
  take(event: PoolElementEvent): void {
    switch (event.type) {
      case 'registered':
        this.#state = 'registered';
        this.#registered.resolve();
        break;
      case 'registrationRejected': {
        const codes = event.causes.map((cause) => `0x${cause.code.toString(16)}`).join(', ');
        if (!event.stillRegistered)
          this.#fail('ERR_RSERPOOL_REGISTRATION_REJECTED', `was rejected (error causes: ${codes})`);
        break;
      }
      case 'registrationFailed':
        this.#fail(
          'ERR_RSERPOOL_REGISTRATION_FAILED',
          event.reason === 'noRegistrar' ? 'found no registrar' : 'was not answered by any registrar',
        );
        break;
      case 'deregistered':
      case 'deregistrationFailed':
        this.#state = 'deregistered';
        this.#deregistered.resolve();
        break;
      default:
    }
  }

  /**
   * Waits until the element is in its pool.
   *
   * @param signal - Gives it up.
   */
  async registered(signal: AbortSignal | undefined): Promise<void> {
    if (this.#state === 'registered') return;
    if (this.#error !== undefined) throw this.#error;
    await this.#registered.wait(signal);
  }

  /**
   * Waits until the element has left its pool, or leaving it has failed.
   *
   * @param signal - Gives it up.
   */
  async deregistered(signal: AbortSignal | undefined): Promise<void> {
    if (this.#state === 'deregistered') return;
    await this.#deregistered.wait(signal);
  }

  /** The element is closed: nothing will happen any more. */
  close(): void {
    this.#error ??= new RserpoolError('ERR_RSERPOOL_POOL_ELEMENT_CLOSED', 'The pool element is closed.');
    this.#state = 'deregistered';
    this.#registered.reject(this.#error);
    this.#deregistered.resolve();
  }

  #fail(code: 'ERR_RSERPOOL_REGISTRATION_REJECTED' | 'ERR_RSERPOOL_REGISTRATION_FAILED', what: string): void {
    this.#state = 'failed';
    this.#error = new RserpoolError(
      code,
      `The registration in pool ${formatPoolHandle(this.#poolHandle)} ${what}: correct it, then call register().`,
    );
    this.#registered.reject(this.#error);
  }
}

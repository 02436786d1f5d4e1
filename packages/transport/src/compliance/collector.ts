import { bytesEqual, type IpAddress } from '@rserpool/wire';
import type {
  Association,
  InboundMessage,
  LossReason,
  OutboundMessage,
  PathChange,
} from '../contract/association.ts';

/** Remembers what an association's owner is told, and lets tests wait for it. */
export class Collector {
  readonly association: Association;
  readonly messages: InboundMessage[] = [];
  readonly failed: OutboundMessage[] = [];
  readonly pathChanges: PathChange[] = [];
  restarts = 0;
  lost: LossReason | undefined;
  writable = 0;
  bytes = 0;
  readonly #waiting: Set<() => void> = new Set();

  /**
   * @param association - It gets its handlers at once.
   */
  constructor(association: Association) {
    this.association = association;
    association.handlers = {
      message: (message) => {
        this.messages.push(message);
        this.bytes += message.data.length;
        this.#poke();
      },
      lost: (reason) => {
        this.lost = reason;
        this.#poke();
      },
      writable: () => {
        this.writable += 1;
        this.#poke();
      },
      sendFailed: (message) => {
        this.failed.push(message);
      },
      restarted: () => {
        this.restarts += 1;
        this.#poke();
      },
      pathChanged: (change) => {
        this.pathChanges.push(change);
        this.#poke();
      },
    };
  }

  /** All bytes that arrived, in one piece. */
  content(): Uint8Array {
    const all = new Uint8Array(this.bytes);
    let at = 0;
    for (const { data } of this.messages) {
      all.set(data, at);
      at += data.length;
    }
    return all;
  }

  /** Waits for so many bytes. */
  receivedBytes(count: number): Promise<void> {
    return this.#until(() => this.bytes >= count);
  }

  /** Waits for so many messages. */
  receivedMessages(count: number): Promise<void> {
    return this.#until(() => this.messages.length >= count);
  }

  /** Waits for the loss. */
  async gotLost(): Promise<LossReason | undefined> {
    await this.#until(() => this.lost !== undefined);
    return this.lost;
  }

  /** Waits until there is room again. */
  gotWritable(): Promise<void> {
    return this.#until(() => this.writable > 0);
  }

  /** Waits until the peer has set the association up anew. */
  gotRestarted(): Promise<void> {
    return this.#until(() => this.restarts > 0);
  }

  /** Waits until the last that was told of a path is this. */
  gotPathState(address: IpAddress, state: PathChange['state']): Promise<void> {
    const isOfPath = (change: PathChange): boolean => bytesEqual(change.address, address);
    return this.#until(() => this.pathChanges.filter(isOfPath).at(-1)?.state === state);
  }

  #poke(): void {
    for (const check of this.#waiting) check();
  }

  #until(isDone: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!isDone()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }
}

/**
 * What an application has sent that its machine has not taken yet: while a machine is being drained, inputs wait, and
 * a handler that sends until `send` returns false has to be told in time.
 */
export class SendGauge {
  #given = 0;
  #waitingBytes = 0;

  /**
   * How many bytes wait for the machine.
   *
   * @param taken - How many messages the machine has taken so far.
   */
  waitingBytes(taken: number): number {
    if (taken === this.#given) this.#waitingBytes = 0;
    return this.#waitingBytes;
  }

  /**
   * A message is given to the machine.
   *
   * @param bytes - How long it is.
   */
  give(bytes: number): void {
    this.#given += 1;
    this.#waitingBytes += bytes;
  }
}

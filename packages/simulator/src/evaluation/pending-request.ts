/** A request of a user, from its generation to its completion; times in milliseconds, work in calculations. */
export class PendingRequest {
  /** Its number in the books, which is the job id of its packets. */
  readonly id: number;
  /** Its size. */
  readonly size: number;
  /** When it was generated. */
  readonly generatedAt: number;
  /** When its user turned to it. */
  dequeuedAt = 0;
  /** When an element accepted it for the first time. */
  firstAcceptedAt: number | undefined = undefined;
  /** Its latest cookie, which a new session brings along. */
  cookie: Uint8Array | undefined = undefined;
  /** How much of it is secured. */
  secured = 0;
  /** When the last progress was secured, or it was accepted for the first time. */
  securedAt = 0;

  /**
   * @param id - Its number in the books.
   * @param size - Its size.
   * @param generatedAt - When it was generated.
   */
  constructor(id: number, size: number, generatedAt: number) {
    this.id = id;
    this.size = size;
    this.generatedAt = generatedAt;
  }
}

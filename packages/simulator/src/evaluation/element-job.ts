import type { SharedJob } from '@rserpool/services/machine';
import type { AssociationId } from '@rserpool/wire';
import type { QueuedTimer } from '@rserpool/wire/internal';
import type { Attempt } from './ledger.ts';

/** A request at an element; its timer is that of the session's keep-alives. */
export class ElementJob implements SharedJob, QueuedTimer {
  timerAt = 0;
  timerOrder = 0;
  timerPlace = -1;
  startedAt = 0;
  cookieAt: number = Infinity;
  /** Whether a keep-alive is not answered yet. */
  isProbed = false;
  /** The number of the request. */
  readonly id: number;
  readonly size: number;
  readonly from: number;
  /** The association with its user. */
  readonly association: AssociationId;
  /** Its place in the books. */
  readonly attempt: Attempt;

  /**
   * @param id - The number of the request.
   * @param size - How much is to be done altogether, in calculations.
   * @param from - How much of it was done before.
   * @param association - The association with its user.
   * @param attempt - Its place in the books.
   */
  constructor(id: number, size: number, from: number, association: AssociationId, attempt: Attempt) {
    this.id = id;
    this.size = size;
    this.from = from;
    this.association = association;
    this.attempt = attempt;
  }
}
